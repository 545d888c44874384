"""Duties: what is owed to a victim by a date."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import astuple

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class DutyRow(Struct, frozen=True):
    """Something owed since a moment, until a moment, and when and by which entry it was met; by none where its case was closed."""

    case_id: UUID
    since: datetime
    due_at: datetime
    met_at: datetime | None
    met_by: UUID | None


class StandingRow(Struct, frozen=True):
    """A duty that is written down, and the rule by which it is owed."""

    id: UUID
    why: str
    duty: DutyRow


class Late(Struct, frozen=True):
    """A row about a promise, and its case."""

    id: UUID
    case_id: UUID


class History(Struct, frozen=True):
    """What decides a case's regular updates: when it was reported, whether it is closed, and one update."""

    case_id: UUID
    reported_at: datetime
    closed: bool
    closed_at: datetime | None
    told_at: datetime | None
    entry_id: UUID | None


# Only what victims can read keeps the promise: an internal note does not.
_HISTORY = """
select c.id, c.reported_at, c.closed, c.closed_at, e.happened_at, e.id
from app.case c
left join app.timeline_entry e on e.force_id = $1 and e.case_id = c.id and e.kind in ('update', 'reply') and e.audience <> 'staff'
where c.force_id = $1 and c.id = any($2::uuid[]) and c.known and c.reported_at is not null
order by c.id, e.happened_at, e.id
"""
_STANDING = """
select id, why, case_id, since, due_at, met_at, met_by from app.duty
where force_id = $1 and what = $2 and case_id = any($3::uuid[])
"""
_CLEAR = "delete from app.duty where force_id = $1 and id = any($2::uuid[])"
_SAVE = """
insert into app.duty (force_id, id, case_id, what, why, since, due_at, met_at, met_by)
select $1, id, case_id, $8::text, $9::text, since, due_at, met_at, met_by
from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::uuid[])
  as t(id, case_id, since, due_at, met_at, met_by)
on conflict (force_id, case_id, what, since) do update
set why = excluded.why, due_at = excluded.due_at, met_at = excluded.met_at, met_by = excluded.met_by,
    told_at = case when duty.due_at = excluded.due_at then duty.told_at end
"""
_TELL = """
update app.duty d set told_at = now()
from app.case c
where d.force_id = $1 and d.met_at is null and d.due_at < now() and d.told_at is null
  and c.force_id = $1 and c.id = d.case_id and c.known and not c.closed
returning d.id, d.case_id
"""
# A promise that was counted anew is another row: the one that was told of is gone then, and so is what it was about.
_KEPT = """
update app.task t set done_at = now()
where t.force_id = $1 and t.kind = $2 and t.done_at is null
  and not exists (select from app.duty d where d.force_id = $1 and d.case_id = t.case_id and d.id::text = t.subject
                    and d.met_at is null and d.due_at < now())
returning t.id, t.case_id
"""
_LATE = "select count(*) from app.duty where force_id = $1 and met_at is null and due_at < now()"


async def histories(tx: ForceTx, case_ids: Sequence[UUID]) -> list[History]:
    """Return, for each case in order, every update its victims could read (one empty row for none)."""
    return await tx.all(History, _HISTORY, list(case_ids))


async def replace(tx: ForceTx, what: str, why: str, case_ids: Sequence[UUID], duties: Sequence[DutyRow]) -> None:
    """Let these be the duties of a kind, owed by this rule, on these cases. Of a long case only what changed is written."""
    standing = await tx.all(_standing, _STANDING, what, list(case_ids))
    if standing:
        owed = {(duty.case_id, duty.since) for duty in duties}
        gone = [row.id for row in standing if (row.duty.case_id, row.duty.since) not in owed]
        await tx.run(_CLEAR, gone)
        unchanged = {row.duty for row in standing if row.why == why}
        duties = [duty for duty in duties if duty not in unchanged]
    await tx.many(_SAVE, [(ids.new(), *astuple(duty)) for duty in duties], what, why)


def _standing(duty_id: UUID, why: str, *duty: Any) -> StandingRow:  # noqa: ANN401 - the columns of a duty, as they come
    return StandingRow(duty_id, why, DutyRow(*duty))


async def tell_of_late(tx: ForceTx) -> list[Late]:
    """Note on the promises that have passed their date unkept that somebody is told now, and return those nobody was told of."""
    return await tx.all(Late, _TELL)


async def finish_kept(tx: ForceTx, kind: str) -> list[Late]:
    """Mark the open tasks of this kind, each about a promise, as done where it has been kept, and return them."""
    return await tx.all(Late, _KEPT, kind)


async def late(tx: ForceTx) -> int:
    """Return how many duties have passed their date unkept."""
    return await tx.value(_LATE)
