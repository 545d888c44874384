"""What the page of figures shows: twelve months of the force, and its units in a few of them, as far as they may be shown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from trackmycrime.domain.figures import names
from trackmycrime.domain.figures.counting import month_before, this_month
from trackmycrime.domain.figures.finding import Finding, finding
from trackmycrime.domain.figures.names import Figure
from trackmycrime.domain.figures.suppression import Hidden, Line, Row, Table, alone, joined, table
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.store import figures as rows
from trackmycrime.store.figures import Count
from trackmycrime.tx import ForceTx

MONTHS = 12


class Period(StrEnum):
    """Of which months the parts are shown: the last whole one, this one so far, or the last three whole ones."""

    LAST = "last"
    THIS = "this"
    THREE = "three"


class By(StrEnum):
    """What a figure is told apart by."""

    UNIT = "unit"
    CHANNEL = "channel"
    REASON = "reason"


class Month(Struct, frozen=True):
    """A figure in a month that begins on a day.

    `again` says for how many of those who registered one invitation was enough, None where that cannot be shown; `wait` is
    the typical wait for a reply in working days, 0 where there is none to say.
    """

    begins: date
    line: Line
    again: Line | None
    wait: int


class Parts(Struct, frozen=True):
    """A figure told apart; `waits` is the typical wait in each row, where there is one to say."""

    by: By
    table: Table
    waits: Mapping[str, int]


class Measure(Struct, frozen=True):
    """A figure: its months, the oldest first and this one last; what the newest month to speak of says; and its parts."""

    figure: Figure
    months: tuple[Month, ...]
    spoken: Month
    before: Month
    finding: Finding
    parts: tuple[Parts, ...]


class Overview(Struct, frozen=True):
    """All figures, the worst first. `counted_at` is None before the first count; `usual` is the force's time for replies."""

    measures: tuple[Measure, ...]
    period: Period
    counted_at: datetime | None
    interval_days: int
    usual: int


type _Counts = Mapping[str, int]


async def overview(tx: ForceTx, period: Period) -> Overview:
    """Return the figures of the force, told apart in a period."""
    months = year_to(this_month())
    counts = await rows.totals(tx, months[0]), await rows.by_unit(tx, chosen(months, period))
    own = configuration(tx)
    return Overview(
        measures(months, period, *counts),
        period,
        await rows.counted_at(tx, months[-1]),
        own.update_interval_days,
        own.routing.reply_working_days,
    )


def year_to(month: date) -> list[date]:
    """Return the first days of the months that are shown, of which this is the last."""
    return [month_before(month, number) for number in reversed(range(MONTHS))]


def chosen(months: Sequence[date], period: Period) -> Sequence[date]:
    """Return the months of a period."""
    return {Period.LAST: months[-2:-1], Period.THIS: months[-1:], Period.THREE: months[-4:-1]}[period]


def measures(
    months: Sequence[date], period: Period, totals: Iterable[Count], by_unit: Iterable[Count]
) -> tuple[Measure, ...]:
    """Return what may be shown of these counts, the worst first: those of the whole force, and by unit those of a period."""
    force = {month: units.get("", {}) for month, units in _by(totals).items()}
    units = _by(by_unit)
    told_apart = chosen(months, period)
    found = [_measure(figure, months, force, _parts(figure, told_apart, force, units)) for figure in Figure]
    return tuple(sorted(found, key=_share))


def _by(counts: Iterable[Count]) -> dict[date, dict[str, dict[str, int]]]:
    """Return counts by month, by unit and by name."""
    found: dict[date, dict[str, dict[str, int]]] = {}
    for row in counts:
        found.setdefault(row.month, {}).setdefault(row.unit, {})[row.name] = row.number
    return found


def _measure(
    figure: Figure, months: Sequence[date], force: Mapping[date, _Counts], parts: tuple[Parts, ...]
) -> Measure:
    shown = tuple(_month(figure, begins, force.get(begins, {})) for begins in months)
    # A month that is not over says little, unless there is no other.
    last = -1 if shown[-2].line.of == 0 else -2
    spoken, before = shown[last], shown[last - 1]
    return Measure(figure, shown, spoken, before, finding(spoken.line, before.line), parts)


def _month(figure: Figure, begins: date, counts: _Counts) -> Month:
    line = alone(figure.row("", counts))
    is_open = line.share is not None
    more = alone(names.again(counts)) if is_open and figure is Figure.REGISTERED else None
    wait = names.typical_wait(counts) if is_open and figure is Figure.REPLY else 0
    return Month(begins, line, more, wait)


def _parts(
    figure: Figure,
    months: Sequence[date],
    force: Mapping[date, _Counts],
    by_unit: Mapping[date, Mapping[str, _Counts]],
) -> tuple[Parts, ...]:
    if figure is Figure.DELIVERED:
        whole = [force.get(month, {}) for month in months]
        by_channel = joined([table(names.channels(counts)) for counts in whole])
        by_reason = joined([_reasons(counts) for counts in whole])
        return Parts(By.CHANNEL, by_channel, {}), Parts(By.REASON, by_reason, {})
    units = [by_unit.get(month, {}) for month in months]
    shown = joined([table(_rows(figure, each)) for each in units])
    return (Parts(By.UNIT, shown, _waits(shown, units) if figure is Figure.REPLY else {}),)


def _reasons(counts: _Counts) -> Table:
    """Return why notices were not sent; nothing where even their number cannot be shown, for the reasons add up to it."""
    if isinstance(alone(Figure.DELIVERED.row("", counts)).missed, Hidden):
        return Table(Line("", Hidden.UNSAID, Hidden.UNSAID, Hidden.UNSAID))
    return table(names.reasons(counts))


def _rows(figure: Figure, units: Mapping[str, _Counts]) -> list[Row]:
    return [figure.row(unit, counts) for unit, counts in units.items()]


def _waits(shown: Table, units: Sequence[Mapping[str, _Counts]]) -> dict[str, int]:
    waits: dict[str, int] = {}
    for line in shown.rows:
        together = Counter[str]()
        for each in units:
            together.update(each.get(line.name, {}))
        waits[line.name] = names.typical_wait(together)
    return waits


def _share(measure: Measure) -> int:
    return 101 if measure.spoken.line.share is None else measure.spoken.line.share
