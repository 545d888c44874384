"""Somebody who wants to know a small count: they have the pages and files of every period, and know every unit by name.

What they read is a system of equations; what has one solution only, they know. A cell is one number of a figure: in a month, of
a unit, a way, a reason or the whole force (""), and which of its numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from trackmycrime.domain.figures import Overview, Period
from trackmycrime.domain.figures.names import Figure
from trackmycrime.domain.figures.reading import chosen, measures
from trackmycrime.store.figures import Count
from trackmycrime.web.admin import figures_file, figures_words
from trackmycrime.web.common import dates

type Cell = tuple[Figure, date, str, str]
type Sum = dict[Cell, int]
_FORCE, _MOST = "", 100_000
_NUMBERS = ("of", "kept", "missed")
_WAYS = {"Email": "email", "Text message": "text"}
_NAMES = {name: figure for figure, name in figures_words.figures().items()}


def files(months: Sequence[date], counts: Sequence[Count]) -> Iterator[tuple[Period, list[tuple[str, ...]]]]:
    """Yield the file of each period, as it is downloaded."""
    for period in Period:
        of_period = [row for row in counts if row.month in chosen(months, period)]
        totals: dict[tuple[date, str], int] = {}
        for row in counts:
            totals[row.month, row.name] = totals.get((row.month, row.name), 0) + row.number
        force = [Count(month, "", name, number) for (month, name), number in totals.items()]
        found = Overview(measures(months, period, force, of_period), period, None, 28, 3)
        yield period, list(figures_file.rows(found))


class Attack:
    """What somebody knows: bounds of every cell, and sums that they know."""

    def __init__(self, months: Sequence[date], units: Sequence[str], reasons: Sequence[str]) -> None:
        self.months = months
        self.bounds: dict[Cell, tuple[int, int]] = {}
        self.sums: list[tuple[Sum, int]] = []
        self.names = {
            figure: [figures_words.part(figures_words.By.UNIT, unit) for unit in units]
            for figure in (Figure.TOLD, Figure.REPLY, Figure.REGISTERED)
        }
        self.reasons = [figures_words.part(figures_words.By.REASON, reason) for reason in reasons]
        for month in months:
            self._how_numbers_hang_together(month)

    def _how_numbers_hang_together(self, month: date) -> None:
        parts = {**self.names, Figure.DELIVERED: list(_WAYS)}
        for figure, names in parts.items():
            for name in (_FORCE, *names):
                self._equal((figure, month, name, "of"), [(figure, month, name, part) for part in ("kept", "missed")])
            for number in ("kept", "missed"):
                self._equal((figure, month, _FORCE, number), [(figure, month, name, number) for name in names])
        late = (Figure.DELIVERED, month, _FORCE, "missed")
        self._equal(late, [(Figure.DELIVERED, month, reason, "of") for reason in self.reasons])
        registered = Figure.REGISTERED, month, _FORCE
        self._equal((*registered, "kept"), [(*registered, "again"), (*registered, "at once")])

    def _equal(self, whole: Cell, parts: Iterable[Cell]) -> None:
        self._known({whole: -1} | dict.fromkeys(parts, 1), 0)

    def _known(self, what: Sum, number: int) -> None:
        self.sums.append((what, number))
        for cell in what:
            self.bounds.setdefault(cell, (0, _MOST))

    def read(self, period: Period, rows: Iterable[Sequence[str]]) -> None:
        """Read a file. Who stands nowhere, although others do, has nothing."""
        seen: dict[tuple[Figure, str], set[str]] = {}
        for name, apart, when, which, of, kept, missed, _share, _wait, again in rows:
            figure, said = _NAMES[name], dict(zip(_NUMBERS, (of, kept, missed), strict=True))
            if apart == "By month":
                (month,) = (month for month in self.months if dates.month(month) == when)
                for number, text in (*said.items(), ("again", again)):
                    self._told([(figure, month, _FORCE, number)], text)
            else:
                names = which.split("; ")
                seen.setdefault((figure, apart), set()).update(names)
                for number, text in said.items():
                    cells = [(figure, m, each, number) for m in chosen(self.months, period) for each in names]
                    self._told(cells, text)
        for (figure, apart), shown in seen.items():
            every = self.reasons if apart.startswith("Why") else self.names.get(figure, list(_WAYS))
            for name in set(every) - shown:
                self._told([(figure, month, name, "of") for month in chosen(self.months, period)], "0")

    def _told(self, cells: Sequence[Cell], text: str) -> None:
        if text == "Fewer than 5":
            (cell,) = cells
            self.bounds[cell] = 1, 4
        elif text not in {"Not shown", ""}:
            self._known(dict.fromkeys(cells, 1), int(text.replace(",", "")))

    def solve(self) -> dict[Cell, int]:
        """Return every cell that can have one value only."""
        self._narrow()
        found = {cell: low for cell, (low, high) in self.bounds.items() if low == high}
        return found | self._eliminated(found)

    def _narrow(self) -> None:
        while sum(self._narrowed(what, number) for what, number in self.sums):
            pass

    def _narrowed(self, what: Mapping[Cell, int], number: int) -> bool:
        ends = {cell: sorted(sign * end for end in self.bounds[cell]) for cell, sign in what.items()}
        lows, highs = sum(low for low, _ in ends.values()), sum(high for _, high in ends.values())
        changed = False
        for cell, sign in what.items():
            low, high = ends[cell]
            reach = sorted(sign * end for end in (number - (highs - high), number - (lows - low)))
            before = self.bounds[cell]
            after = max(before[0], reach[0]), min(before[1], reach[1])
            assert after[0] <= after[1], f"what is shown contradicts itself at {cell}"
            self.bounds[cell] = after
            changed = changed or after != before
        return changed

    def _eliminated(self, found: Mapping[Cell, int]) -> dict[Cell, int]:
        """Return what elimination finds besides: each known sum without what is found, solved for one cell after another."""
        solved: dict[Cell, tuple[dict[Cell, Fraction], Fraction]] = {}
        for what, number in self.sums:
            row = {cell: Fraction(sign) for cell, sign in what.items() if cell not in found}
            right = Fraction(number - sum(sign * found[cell] for cell, sign in what.items() if cell in found))
            row, right = _without(row, right, solved)
            if row:
                cell = min(row)
                row, right = {each: part / row[cell] for each, part in row.items()}, right / row[cell]
                for other, (its, value) in list(solved.items()):
                    if cell in its:
                        solved[other] = _minus(its, value, its[cell], row, right)
                solved[cell] = row, right
        return {cell: int(right) for cell, (row, right) in solved.items() if len(row) == 1}


def _without(
    row: dict[Cell, Fraction], right: Fraction, solved: Mapping[Cell, tuple[dict[Cell, Fraction], Fraction]]
) -> tuple[dict[Cell, Fraction], Fraction]:
    for cell in list(row):
        if cell in solved and cell in row:
            row, right = _minus(row, right, row[cell], *solved[cell])
    return row, right


def _minus(
    row: Mapping[Cell, Fraction], right: Fraction, times: Fraction, other: Mapping[Cell, Fraction], its: Fraction
) -> tuple[dict[Cell, Fraction], Fraction]:
    left = {
        cell: row.get(cell, Fraction(0)) - times * other.get(cell, Fraction(0)) for cell in row.keys() | other.keys()
    }
    return {cell: part for cell, part in left.items() if part}, right - times * its
