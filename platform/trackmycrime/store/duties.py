"""Duties: what is owed to a victim by a date."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class DutyRow(Struct, frozen=True):
    """Something owed since a moment, until a moment, and when and by which entry it was met."""

    case_id: UUID
    what: str
    why: str
    since: datetime
    due_at: datetime
    met_at: datetime | None
    met_by: UUID | None


class History(Struct, frozen=True):
    """What decides a case's regular updates: when it was reported, whether it is closed, and one update."""

    case_id: UUID
    reported_at: datetime
    closed: bool
    told_at: datetime | None
    entry_id: UUID | None


# Only what victims can read keeps the promise: an internal note does not.
_HISTORY = """
select c.id, c.reported_at, c.closed, e.happened_at, e.id
from app.case c
left join app.timeline_entry e on e.force_id = $1 and e.case_id = c.id and e.kind in ('update', 'reply') and e.audience <> 'staff'
where c.force_id = $1 and c.id = any($2::uuid[]) and c.known and c.reported_at is not null
order by c.id, e.happened_at, e.id
"""
_SAVE = """
insert into app.duty (force_id, id, case_id, what, why, since, due_at, met_at, met_by)
select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::uuid[])
on conflict (force_id, case_id, what, since) do update
set why = excluded.why, due_at = excluded.due_at, met_at = excluded.met_at, met_by = excluded.met_by
"""
_CLEAR = """
delete from app.duty d where d.force_id = $1 and d.what = $2 and d.case_id = any($3::uuid[])
  and not exists (select from unnest($4::uuid[], $5::timestamptz[]) as kept(case_id, since)
                  where kept.case_id = d.case_id and kept.since = d.since)
"""
_LATE = "select count(*) from app.duty where force_id = $1 and met_at is null and due_at < now()"


async def histories(tx: ForceTx, case_ids: Sequence[UUID]) -> list[History]:
    """Return, for each case in order, every update its victims could read (one empty row for none)."""
    return await tx.all(History, _HISTORY, list(case_ids))


async def replace(tx: ForceTx, what: str, case_ids: Sequence[UUID], duties: Sequence[DutyRow]) -> None:
    """Let these be the duties of a kind on these cases."""
    await tx.run(_CLEAR, what, list(case_ids), [d.case_id for d in duties], [d.since for d in duties])
    rows = [(ids.new(), d.case_id, d.what, d.why, d.since, d.due_at, d.met_at, d.met_by) for d in duties]
    await tx.many(_SAVE, rows)


async def late(tx: ForceTx) -> int:
    """Return how many duties have passed their date unkept."""
    return await tx.value(_LATE)
