"""How events arrive, and the one alarm when they do not: administrators are told once, within office hours."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from trackmycrime.domain import audit, notifications
from trackmycrime.domain.identity import staff
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit import working_days
from trackmycrime.kit.time import LONDON, now
from trackmycrime.store import arrivals as rows
from trackmycrime.store.arrivals import ClientHourRow, HourRow
from trackmycrime.tx import ForceTx

OFFICE_BEGINS, OFFICE_ENDS = 8, 18  # hours in London
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_MOST_TOLD = 50  # administrators: no force has more
_LONGEST = timedelta(days=60)  # longer silence is late whatever was set


class Arrivals(Struct, frozen=True):
    """How events arrived in the last day. The lags are medians in seconds, None where nothing came."""

    last: datetime | None
    late_since: datetime | None
    lag_hour: float | None
    lag_day: float | None
    hours: list[HourRow]
    clients: list[ClientHourRow]


async def lately(tx: ForceTx) -> Arrivals:
    """Return how events arrived in the last day."""
    moment = now()
    since = moment - DAY
    return Arrivals(
        await rows.last(tx),
        await late_since(tx),
        await rows.median(tx, moment - HOUR),
        await rows.median(tx, since),
        await rows.hours(tx, since),
        await rows.clients(tx, since),
    )


async def late_since(tx: ForceTx) -> datetime | None:
    """Return when the last event came, where that was too long ago; None where all is well."""
    known = await rows.alert(tx)
    return known.last_event_at if known else None


async def watch(tx: ForceTx) -> bool:
    """Begin or end the alarm, and say whether it was begun now: each administrator gets one email for each time without events.

    A force from which nothing ever came has nothing to be late.
    """
    last, known = await rows.last(tx), await rows.alert(tx)
    if last is None:
        return False
    if known is not None:
        if last > known.last_event_at:
            await rows.end_alert(tx, known.id)
            await audit.record(tx, "feed.back", subject_id=known.id)
        return False
    moment = now()
    if not is_late(last, moment, configuration(tx).records_late_hours) or not await rows.raise_alert(tx, last):
        return False
    await audit.record(tx, "feed.late")
    await notifications.feed_is_late(tx, [row.id for row in await staff.active(tx, [StaffRole.ADMIN], most=_MOST_TOLD)])
    return True


def is_late(last: datetime, moment: datetime, hours: int) -> bool:
    """Say whether it is time to ask where the events are: more than so many hours of working days, and somebody is at work."""
    local = moment.astimezone(LONDON)
    at_work = working_days.is_working(local.date()) and OFFICE_BEGINS <= local.hour < OFFICE_ENDS
    return at_work and (moment - last > _LONGEST or worked(last, moment) > timedelta(hours=hours))


def worked(begins: datetime, ends: datetime) -> timedelta:
    """Return how much of a time lay on working days, in London."""
    found, at = timedelta(), begins
    while at < ends:
        midnight = _midnight(at, LONDON)
        until = min(midnight, ends)
        if working_days.is_working(at.astimezone(LONDON).date()):
            found += until - at
        at = until
    return found


def _midnight(at: datetime, zone: ZoneInfo) -> datetime:
    following = at.astimezone(zone).date() + DAY
    return datetime(following.year, following.month, following.day, tzinfo=zone).astimezone(at.tzinfo)
