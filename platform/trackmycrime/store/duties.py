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
# "Not in" is looked up in a hash table; "not exists" may become a loop over all of them for each row. What stands stays as it is.
_REPLACE = """
with owed as (select * from unnest($5::uuid[], $6::uuid[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::uuid[])
                as t(id, case_id, since, due_at, met_at, met_by)),
gone as (delete from app.duty d where d.force_id = $1 and d.what = $2 and d.case_id = any($4::uuid[])
           and (d.case_id, d.since) not in (select case_id, since from owed))
insert into app.duty as d (force_id, id, case_id, what, why, since, due_at, met_at, met_by)
select $1, id, case_id, $2, $3, since, due_at, met_at, met_by from owed
on conflict (force_id, case_id, what, since) do update
set why = excluded.why, due_at = excluded.due_at, met_at = excluded.met_at, met_by = excluded.met_by
where (d.why, d.due_at, d.met_at, d.met_by) is distinct from (excluded.why, excluded.due_at, excluded.met_at, excluded.met_by)
"""
_LATE = "select count(*) from app.duty where force_id = $1 and met_at is null and due_at < now()"


async def histories(tx: ForceTx, case_ids: Sequence[UUID]) -> list[History]:
    """Return, for each case in order, every update its victims could read (one empty row for none)."""
    return await tx.all(History, _HISTORY, list(case_ids))


async def replace(tx: ForceTx, what: str, why: str, case_ids: Sequence[UUID], duties: Sequence[DutyRow]) -> None:
    """Let these be the duties of a kind, owed by this rule, on these cases."""
    await tx.run(
        _REPLACE,
        what,
        why,
        list(case_ids),
        [ids.new() for _ in duties],
        [duty.case_id for duty in duties],
        [duty.since for duty in duties],
        [duty.due_at for duty in duties],
        [duty.met_at for duty in duties],
        [duty.met_by for duty in duties],
    )


async def late(tx: ForceTx) -> int:
    """Return how many duties have passed their date unkept."""
    return await tx.value(_LATE)
