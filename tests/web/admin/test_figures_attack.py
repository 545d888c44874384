"""From all pages and files of the figures together nobody works out a count of 1 to 4: not of a unit, a reason or a month."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.admin.figures_attack import Attack, Cell, files
from trackmycrime.domain.figures import reading
from trackmycrime.domain.figures.names import Figure, Part, notice
from trackmycrime.domain.figures.reading import year_to
from trackmycrime.domain.figures.suppression import Hidden, Line, Row, Table
from trackmycrime.domain.notifications.ready import Dropped
from trackmycrime.store.figures import Count

MONTHS = year_to(date(2025, 11, 1))
UNITS = ("", "Harbour", "Mill", "Moor")
REASONS = ("failed", Dropped.AT_RISK, Dropped.NO_ADDRESS, Dropped.SWITCHED_OFF)
_NUMBER = st.one_of(st.integers(0, 5), st.integers(0, 12), st.integers(5, 200))
_UNIT_NAMES = (
    *(figure.of(part) for figure in (Figure.TOLD, Figure.REPLY) for part in (Part.KEPT, Part.MISSED)),
    Figure.REGISTERED.of(Part.MISSED),
)
_AGAIN, _KEPT = Figure.REGISTERED.of(Part.AGAIN), Figure.REGISTERED.of(Part.KEPT)


@st.composite
def year(draw: st.DrawFn) -> list[Count]:
    """Return the counts of the four months that are told apart, of a few units."""
    counts: list[Count] = []
    units = UNITS[: draw(st.integers(1, len(UNITS)))]
    for month in MONTHS[-4:]:
        for unit in units:
            counts += [Count(month, unit, name, draw(_NUMBER)) for name in _UNIT_NAMES]
            again, at_once = draw(_NUMBER), draw(_NUMBER)
            counts += [Count(month, unit, _AGAIN, again), Count(month, unit, _KEPT, again + at_once)]
        for channel in ("email", "text"):
            counts += [Count(month, "", notice(channel, why), draw(_NUMBER)) for why in ("sent", *REASONS)]
    return counts


def truth(attack: Attack, counts: Sequence[Count]) -> dict[Cell, int]:
    """Return the true value of every cell."""
    of: dict[Cell, int] = dict.fromkeys(attack.bounds, 0)

    def more(figure: Figure, month: date, name: str, numbers: tuple[str, ...], count: int) -> None:
        for number in numbers:
            of[figure, month, name, number] += count

    for row in counts:
        figure, _dot, part = row.name.partition(".")
        if figure == "notice":
            channel, why = part.split(".")
            way, sent = {"email": "Email", "text": "Text message"}[channel], why == "sent"
            for name in ("", way):
                more(Figure.DELIVERED, row.month, name, ("of", "kept" if sent else "missed"), row.number)
            if not sent:
                reason = attack.reasons[REASONS.index(why)]
                more(Figure.DELIVERED, row.month, reason, ("of",), row.number)
        elif part == Part.AGAIN:
            more(Figure.REGISTERED, row.month, "", ("again",), row.number)
            more(Figure.REGISTERED, row.month, "", ("at once",), -row.number)
        else:
            unit = row.unit or "No unit yet"
            for name in ("", unit):
                more(Figure(figure), row.month, name, ("of", part), row.number)
            if row.name == _KEPT:
                more(Figure.REGISTERED, row.month, "", ("at once",), row.number)
    return of


def attacked(counts: Sequence[Count]) -> tuple[dict[Cell, int], dict[Cell, int]]:
    """Return what somebody works out who has the files of every period, and the truth."""
    attack = Attack(MONTHS[-4:], UNITS, REASONS)
    for period, rows in files(MONTHS, counts):
        attack.read(period, [row for row in rows if row[1] != "By month" or row[2].split()[0] in _TOLD_APART])
    return attack.solve(), truth(attack, counts)


_TOLD_APART = ("August", "September", "October", "November")


@settings(max_examples=150, deadline=None)
@given(year())
def test_no_small_count_can_be_worked_out_from_all_that_is_shown(counts: list[Count]) -> None:
    found, true = attacked(counts)
    assert {cell: (found[cell], true[cell]) for cell in found if found[cell] != true[cell]} == {}, "all of it is true"
    assert {cell: number for cell, number in found.items() if 0 < number < 5} == {}


def _naive(rows: Sequence[Row]) -> Table:
    """Hide each small count, and nothing else."""

    def shown(row: Row) -> Line:
        numbers = (Hidden.FEW if 0 < number < 5 else number for number in (row.of, row.kept, row.missed))
        return Line(row.name, *numbers)

    counted = [row for row in rows if row.of]
    whole = Row("", sum(row.kept for row in counted), sum(row.missed for row in counted))
    return Table(shown(whole), tuple(map(shown, counted)))


def test_who_hides_no_more_than_the_small_counts_gives_them_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "table", _naive)
    month = MONTHS[-2]
    counts = [
        Count(month, unit, Figure.TOLD.of(part), number)
        for unit, kept, missed in (("Harbour", 20, 3), ("Mill", 40, 10))
        for part, number in ((Part.KEPT, kept), (Part.MISSED, missed))
    ]
    found, _true = attacked(counts)
    assert found[Figure.TOLD, month, "Harbour", "missed"] == 3
