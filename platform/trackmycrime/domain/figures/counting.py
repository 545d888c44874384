"""Counting: the force's own job writes what came of each month into a table of counts, which is all that the page reads.

This month and the last are counted anew each time. A month before them stays as it was counted, whatever is deleted since.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from trackmycrime.domain.figures.names import KEPT, LONGEST_WAIT, MADE, Figure, Part, notice, waited
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit import ids, working_days
from trackmycrime.kit.time import LONDON, now, today
from trackmycrime.store import figures as rows
from trackmycrime.store.figures import Count, DutyCount, InviteCount, NoticeCount, Span, WaitCount
from trackmycrime.tx import ForceTx

_EVERY = timedelta(hours=1)
_DAY = timedelta(days=1)
_LONGEST_PROMISE = timedelta(days=28)  # no force promises less than an update every 28 days (kinds.UpdateInterval)
_LATE_IDS = timedelta(days=1)  # an id may be a little older than its row


async def count(tx: ForceTx) -> None:
    """Count this month and the last one, at most once an hour. Counting again writes the same."""
    counted_at = await rows.counted_at(tx, this_month())
    if counted_at is None or counted_at + _EVERY <= now():
        await recount(tx)


def this_month() -> date:
    """Return the first day of the month that it is in London."""
    return today().replace(day=1)


def month_before(month: date, number: int = 1) -> date:
    """Return the first day of the month that is so many months before the one that begins on a day."""
    years, index = divmod(month.year * 12 + month.month - 1 - number, 12)
    return date(years, index + 1, 1)


async def recount(tx: ForceTx) -> None:
    """Count this month and the last one."""
    month = this_month()
    first = month_before(month)
    span = Span(_begins(first), now())
    found = [Count(month, "", MADE, 1)]
    found += _told(await rows.duties(tx, span, ids.before(span.since - _LONGEST_PROMISE - _LATE_IDS)))
    after = ids.before(span.since - _LATE_IDS)
    found += _replied(tx, await rows.waits(tx, span, after, *_calendar(first), most=LONGEST_WAIT))
    found += _registered(await rows.invites(tx, span, after))
    found += _delivered(await rows.notices(tx, span, after))
    months = sorted({first, month} - await rows.having(tx, KEPT))
    await rows.write(tx, months, _together(row for row in found if row.month in months))


async def keep(tx: ForceTx, counts: Sequence[Count]) -> None:
    """Keep counts of whole months from elsewhere: these months are not counted here."""
    months = sorted({row.month for row in counts} - {this_month()})
    kept = [row for row in counts if row.month in months]
    await rows.write(tx, months, _together([*kept, *(Count(month, "", KEPT, 1) for month in months)]))


def _begins(month: date) -> datetime:
    return datetime.combine(month, time(), LONDON)


def _calendar(first: date) -> tuple[Sequence[date], Sequence[int]]:
    """Return every day from the first to today, and how many working days there were up to it."""
    days = [first + _DAY * number for number in range((today() - first).days + 1)]
    return days, list(accumulate(working_days.is_working(day) for day in days))


def _told(counted: Sequence[DutyCount]) -> Iterable[Count]:
    """Of the updates that fell due, what came in time (`duties.RULE`: the service's promise of 2015, which keeps the Victims' Code, right 6)."""
    for row in counted:
        yield Count(row.month, row.unit, Figure.TOLD.of(Part.KEPT), row.kept)
        yield Count(row.month, row.unit, Figure.TOLD.of(Part.MISSED), row.number - row.kept)


def _replied(tx: ForceTx, counted: Sequence[WaitCount]) -> Iterable[Count]:
    """Of the messages, what was answered within the force's usual time; what may still be answered in time does not count yet."""
    usual = configuration(tx).routing.reply_working_days
    for row in counted:
        yield Count(row.month, row.unit, waited(row.days, answered=row.answered), row.number)
        if row.answered or row.days > usual:
            part = Part.KEPT if row.days <= usual else Part.MISSED
            yield Count(row.month, row.unit, Figure.REPLY.of(part), row.number)


def _registered(counted: Sequence[InviteCount]) -> Iterable[Count]:
    """Of the people who were invited for the first time, who registered, and for how many it took another invitation."""
    for row in counted:
        yield Count(row.month, row.unit, Figure.REGISTERED.of(Part.KEPT), row.registered)
        yield Count(row.month, row.unit, Figure.REGISTERED.of(Part.MISSED), row.number - row.registered)
        yield Count(row.month, row.unit, Figure.REGISTERED.of(Part.AGAIN), row.again)


def _delivered(counted: Sequence[NoticeCount]) -> Iterable[Count]:
    """Of the notices to people, what was sent and what not, and why. They belong to people, not to units."""
    for row in counted:
        yield Count(row.month, "", notice(row.channel, row.came_of), row.number)


def _together(found: Iterable[Count]) -> list[Count]:
    numbers: Counter[tuple[date, str, str]] = Counter()
    for row in found:
        numbers[row.month, row.unit, row.name] += row.number
    return [Count(*key, number) for key, number in sorted(numbers.items()) if number]
