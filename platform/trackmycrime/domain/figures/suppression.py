"""What may be shown of small counts: nothing from which a count of 1 to 4 of anybody can be worked out again.

A count of 1 to 4 says something about one person. Hiding it is not enough where the others and their total are shown. So units
with such a count are put together with the smallest of the others into one line, until that line has no such count itself. Who
knows a line of several units, at least one of them with a small count and one without, and even how it was made, cannot tell
which is which: the same is shown when two of them change places. Where that would take every unit, none is shown.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from msgspec import Struct

FEWEST = 5  # a count below this says more about one person than about the force
_TELLING = 2 * FEWEST - 1  # of so many, one side can be called small: the other is not small too


class Row(Struct, frozen=True):
    """What was counted of a unit, or of anything else that adds up: what was kept, and what was not."""

    name: str
    kept: int
    missed: int

    @property
    def of(self) -> int:
        """How many there were."""
        return self.kept + self.missed


class Hidden(StrEnum):
    """What is said in the place of a number: that it is 1 to 4, or nothing at all."""

    FEW = "few"
    UNSAID = "unsaid"


type Number = int | Hidden


class Line(Struct, frozen=True):
    """A row as it may be shown."""

    name: str
    of: Number
    kept: Number
    missed: Number

    @property
    def share(self) -> int | None:
        """How many of a hundred were kept, 100 and 0 only for all and none; None where that cannot be said."""
        if isinstance(self.of, Hidden) or isinstance(self.kept, Hidden) or not self.of:
            return None
        return 100 * self.kept // self.of if self.kept in {0, self.of} else _within(round(100 * self.kept / self.of))


def _within(share: int) -> int:
    return min(99, max(1, share))


class Table(Struct, frozen=True):
    """Rows as they may be shown, the worst first. Without `rows` and `others` the parts of the total cannot be shown.

    `others` is one line for the rows named in `merged`.
    """

    total: Line
    rows: tuple[Line, ...] = ()
    others: Line | None = None
    merged: tuple[str, ...] = ()

    @property
    def withheld(self) -> bool:
        """Whether there is something of which the parts cannot be shown."""
        return self.total.of != 0 and not self.rows and self.others is None


def table(rows: Iterable[Row]) -> Table:
    """Return what may be shown of these rows, whose total is shown too. Rows of nothing are left out."""
    counted = [row for row in rows if row.of]
    total, merged = alone(_sum(counted)), _merged(counted)
    if len(merged) == len(counted):
        return Table(total)
    shown = tuple(_open(row) for row in counted if row not in merged)
    others = _open(_sum(merged)) if merged else None
    return Table(total, worst_first(shown), others, tuple(sorted(row.name for row in merged)))


def alone(row: Row) -> Line:
    """Return what may be shown of a row whose parts are not shown. Where one side is 1 to 4, the other would give it away."""
    if _is_safe(row):
        return _open(row)
    if row.of < FEWEST:
        return Line(row.name, Hidden.FEW, Hidden.UNSAID, Hidden.UNSAID)
    if row.of < _TELLING:
        return Line(row.name, row.of, Hidden.UNSAID, Hidden.UNSAID)
    if row.kept < FEWEST:
        return Line(row.name, row.of, Hidden.FEW, Hidden.UNSAID)
    return Line(row.name, row.of, Hidden.UNSAID, Hidden.FEW)


def _is_safe(row: Row) -> bool:
    return not any(0 < count < FEWEST for count in (row.of, row.kept, row.missed))


def _open(row: Row) -> Line:
    return Line(row.name, row.of, row.kept, row.missed)


def _sum(rows: Sequence[Row]) -> Row:
    return Row("", sum(row.kept for row in rows), sum(row.missed for row in rows))


def _merged(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that are shown as one. Rows of one size go together, so that no name decides what is shown."""
    merged = [row for row in rows if not _is_safe(row)]
    if not merged:
        return []
    others = sorted((row for row in rows if _is_safe(row)), key=attrgetter("of"))
    for _size, same in groupby(others, key=attrgetter("of")):
        merged += same
        if _is_safe(_sum(merged)):
            return merged
    return list(rows)


def worst_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines in the order in which they need somebody: the smallest share first."""
    return tuple(sorted(lines, key=lambda line: (101 if line.share is None else line.share, line.name)))


def joined(tables: Sequence[Table]) -> Table:
    """Return the tables of several months as one, made of nothing but what each of them shows."""
    total = _added("", [one.total for one in tables])
    if any(one.withheld for one in tables):
        return Table(total)
    apart = {name for one in tables for name in one.merged}
    shown = [line for one in tables for line in one.rows]
    rest = [one.others for one in tables if one.others] + [line for line in shown if line.name in apart]
    names = {line.name for line in shown} - apart
    rows = worst_first(_added(name, [line for line in shown if line.name == name]) for name in names)
    return Table(total, rows, _added("", rest) if rest else None, tuple(sorted(apart)))


def _added(name: str, lines: Sequence[Line]) -> Line:
    def add(numbers: Sequence[Number]) -> Number:
        known = [number for number in numbers if not isinstance(number, Hidden)]
        return sum(known) if len(known) == len(numbers) else Hidden.UNSAID

    return Line(
        name, add([line.of for line in lines]), add([line.kept for line in lines]), add([line.missed for line in lines])
    )
