"""Inbound events that wait, as staff look at them and settle them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.ingest import COLUMNS, WaitingRow
from trackmycrime.tx import ForceTx


class CountRow(Struct, frozen=True):
    """How many events of a type wait for a reason (by its name), and since when the first does."""

    reason: str
    type: str
    number: int
    since: datetime


class ListedRow(Struct, frozen=True):
    """An event in a list. `folded_reference` is None where it belongs to no case, `case_id` where its crime is not known."""

    id: UUID
    source_id: str
    type: str
    reason: str
    received_at: datetime
    state: str
    reference: str | None
    folded_reference: str | None
    case_id: UUID | None


class _Reference(Struct, frozen=True):
    id: UUID
    folded: str
    written: str


class SettledRow(Struct, frozen=True):
    """Who settled an event, when, and why, sealed."""

    at: datetime | None
    name: str
    why: bytes | None


_COUNTS = """
select split_part(reason, ':', 1), type, count(*), min(received_at) from app.event
where force_id = $1 and state = 'held' group by 1, 2 order by 3 desc, 1, 2 limit $2
"""
_LISTED = """
select e.id, e.source_id, e.type, e.reason, e.received_at, e.state, c.reference, c.folded_reference,
       case when c.known then c.id end
from app.event e left join app.case c on c.force_id = $1 and c.id = e.case_id
"""
_MATCHING = "e.state = $2 and ($3 = '' or split_part(e.reason, ':', 1) = $3)"
_PAGE = f"{_LISTED} where e.force_id = $1 and {_MATCHING} order by e.id limit $4 offset $5"
_NUMBER = f"select count(*) from app.event e where e.force_id = $1 and {_MATCHING}"
_ONE_LISTED = f"{_LISTED} where e.force_id = $1 and e.id = $2 and e.state in ('held', 'dismissed')"
_ONE = f"select {COLUMNS} from app.event where force_id = $1 and id = $2 and state = 'held'"
_SETTLED = """
select e.settled_at, coalesce(s.name, ''), e.why from app.event e
left join app.staff s on s.force_id = $1 and s.id = e.settled_by where e.force_id = $1 and e.id = $2
"""
# What waits for its crime or its people goes on by itself when they come; looking at it again finds what was missed.
_SOME = f"""
select {COLUMNS} from app.event where force_id = $1 and state = 'held' and id > $2 and id < $3
  and ($4 = '' or split_part(reason, ':', 1) = $4) and ($5::uuid is null or id = $5) order by id limit $6
"""
_REFERENCES = "select id, folded_reference, reference from app.case where force_id = $1 and id = any($2::uuid[])"
_STILL = (
    "select id from app.event where force_id = $1 and id = any($2::uuid[]) and state = 'held' order by id for update"
)
_CORRECT = """
update app.event set correction = $3, content = $4, case_id = $5, happened_at = $6, settled_at = now(), settled_by = $7
where force_id = $1 and id = $2
"""
_DISMISS = """
update app.event set state = 'dismissed', why = $3, settled_at = now(), settled_by = $4
where force_id = $1 and id = $2 and state = 'held'
"""
_BRING_BACK = """
update app.event set state = 'held', why = null
where force_id = $1 and id = $2 and state = 'dismissed' and content is not null
"""

_WAITS_ON_CASE = """
select exists (select from app.event where force_id = $1 and case_id = $2 and state = 'held' and reason like $3 || '%')
"""


async def counts(tx: ForceTx, limit: int) -> list[CountRow]:
    """Return how much waits, by reason and type."""
    return await tx.all(CountRow, _COUNTS, limit)


async def page(tx: ForceTx, state: str, reason: str, limit: int, offset: int) -> list[ListedRow]:
    """Return events in this state, the oldest first, for a reason (by its name) or for any ("")."""
    return await tx.all(ListedRow, _PAGE, state, reason, limit, offset)


async def number(tx: ForceTx, state: str, reason: str) -> int:
    """Return how many events `page` goes through."""
    return await tx.value(_NUMBER, state, reason)


async def listed(tx: ForceTx, event_id: UUID) -> ListedRow | None:
    """Return an event that waits or was dismissed, or None."""
    return await tx.one(ListedRow, _ONE_LISTED, event_id)


async def one(tx: ForceTx, event_id: UUID) -> WaitingRow | None:
    """Return an event that waits, or None."""
    return await tx.one(WaitingRow, _ONE, event_id)


async def content(tx: ForceTx, event_id: UUID) -> WaitingRow | None:
    """Return an event whatever its state, or None."""
    sql = f"select {COLUMNS} from app.event where force_id = $1 and id = $2"
    return await tx.one(WaitingRow, sql, event_id)


async def settled(tx: ForceTx, event_id: UUID) -> SettledRow | None:
    """Return who settled an event, or None where there is none."""
    return await tx.one(SettledRow, _SETTLED, event_id)


async def some(
    tx: ForceTx,
    limit: int,
    *,
    since: datetime,
    before: datetime,
    reason: str = "",
    event_id: UUID | None = None,
    after: UUID | None = None,
) -> list[WaitingRow]:
    """Return what waits and came in this time, in the order in which it came, behind the event `after`."""
    first = max(after or ids.before(since), ids.before(since))
    return await tx.all(WaitingRow, _SOME, first, ids.before(before), reason, event_id, limit)


async def references(tx: ForceTx, case_ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return the reference of each case, folded and as written."""
    rows = await tx.all(_Reference, _REFERENCES, list(case_ids))
    return {row.id: (row.folded, row.written) for row in rows}


async def still(tx: ForceTx, event_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these events still wait, and let nobody else settle them before this transaction ends."""
    return set(await tx.column(_STILL, list(event_ids)))


async def correct(
    tx: ForceTx,
    event_id: UUID,
    correction: bytes,
    content: bytes,
    case_id: UUID | None,
    happened_at: datetime | None,
    by: UUID,
) -> None:
    """Write what an event was corrected to, sealed as what came is."""
    await tx.run(_CORRECT, event_id, correction, content, case_id, happened_at, by)


async def dismiss(tx: ForceTx, event_id: UUID, why: bytes, by: UUID) -> bool:
    """Dismiss an event that waits; say whether it did."""
    return await tx.run(_DISMISS, event_id, why, by) > 0


async def bring_back(tx: ForceTx, event_id: UUID) -> bool:
    """Let a dismissed event wait again; say whether it was dismissed."""
    return await tx.run(_BRING_BACK, event_id) > 0


async def waits_on_case(tx: ForceTx, case_id: UUID, reason: str) -> bool:
    """Say whether something still waits on a case for this reason."""
    return await tx.value(_WAITS_ON_CASE, case_id, reason)
