"""How events arrive: when the last came, how many in each hour and how late, and whether the feed is known to be late."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class HourRow(Struct, frozen=True):
    """What arrived within an hour. `lag` is the median of the seconds between what happened and its arrival, None where nothing says."""

    begins: datetime
    number: int
    waiting: int
    lag: float | None


class ClientHourRow(Struct, frozen=True):
    """What a client sent in a time. `client_id` is None for what came by no client that was kept."""

    client_id: UUID | None
    number: int
    waiting: int
    last: datetime
    lag: float | None


class AlertRow(Struct, frozen=True):
    """A time in which nothing came for too long, that has not ended."""

    id: UUID
    last_event_at: datetime
    made_at: datetime


# The newest id is the newest event: ids sort by time, and the key finds them.
_LAST = "select received_at from app.event where force_id = $1 order by id desc limit 1"
_LAG = """percentile_cont(0.5) within group (order by greatest(0, extract(epoch from received_at - happened_at)))
          filter (where happened_at is not null and not backfill)"""
_HOURS = f"""
select date_trunc('hour', received_at), count(*), count(*) filter (where state = 'held'), {_LAG}
from app.event where force_id = $1 and id > $2 group by 1 order by 1 desc
"""
_CLIENTS = f"""
select client_id, count(*), count(*) filter (where state = 'held'), max(received_at), {_LAG}
from app.event where force_id = $1 and id > $2 group by 1 order by 2 desc
"""
_MEDIAN = f"select {_LAG} from app.event where force_id = $1 and id > $2"
_ALERT = "select id, last_event_at, made_at from app.feed_alert where force_id = $1 and ended_at is null"
_RAISE = """
insert into app.feed_alert (force_id, id, last_event_at) values ($1, $2, $3)
on conflict (force_id) where ended_at is null do nothing
"""
_END = "update app.feed_alert set ended_at = now() where force_id = $1 and id = $2 and ended_at is null"


async def last(tx: ForceTx) -> datetime | None:
    """Return when the last event came, or None where none ever did."""
    return await tx.value(_LAST)


async def hours(tx: ForceTx, since: datetime) -> list[HourRow]:
    """Return what arrived in each hour since then, the newest first; hours without events are not there."""
    return await tx.all(HourRow, _HOURS, ids.before(since))


async def clients(tx: ForceTx, since: datetime) -> list[ClientHourRow]:
    """Return what each client sent since then."""
    return await tx.all(ClientHourRow, _CLIENTS, ids.before(since))


async def median(tx: ForceTx, since: datetime) -> float | None:
    """Return the median of the seconds between what happened and its arrival, of what arrived since then."""
    return await tx.value(_MEDIAN, ids.before(since))


async def alert(tx: ForceTx) -> AlertRow | None:
    """Return the time without events that goes on, or None."""
    return await tx.one(AlertRow, _ALERT)


async def raise_alert(tx: ForceTx, last_event_at: datetime) -> bool:
    """Begin a time without events; say whether it was not known before."""
    return await tx.run(_RAISE, ids.new(), last_event_at) > 0


async def end_alert(tx: ForceTx, alert_id: UUID) -> None:
    """End a time without events."""
    await tx.run(_END, alert_id)
