"""Tasks: what a person must do."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.identity.deputies import ACTS_FOR
from trackmycrime.tx import ForceTx


class NewTask(Struct, frozen=True):
    """Something a person must do by `due_at`; two open tasks of a kind and `subject` are one, and urgent ones come first.

    It goes to a `unit`, or to the contact team, and on from there at `silent_at` unless somebody has opened it.
    """

    kind: str
    subject: str
    due_at: datetime
    case_id: UUID | None = None
    person_id: UUID | None = None
    entry_id: UUID | None = None
    why: tuple[str, ...] = ()
    urgent: bool = False
    unit: str = ""
    silent_at: datetime | None = None


class TaskRow(Struct, frozen=True):
    """An open task as the inbox shows it; a message's text is still sealed."""

    id: UUID
    kind: str
    why: list[str]
    urgent: bool
    made_at: datetime
    due_at: datetime
    owner_id: UUID | None
    owner_name: str | None
    case_id: UUID | None
    person_id: UUID | None
    reference: str | None
    offence_group: str | None
    officer_id: UUID | None
    officer_name: str | None
    entry_id: UUID | None
    unit: str
    escalated_at: datetime | None
    body: bytes | None
    language: str | None
    data_key: bytes | None


_ADD = """
insert into app.task (force_id, id, kind, subject, case_id, person_id, entry_id, why, urgent, due_at, unit, silent_at)
select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::jsonb[], $9::bool[],
                         $10::timestamptz[], $11::text[], $12::timestamptz[])
on conflict (force_id, kind, subject) where done_at is null do nothing returning id
"""
_OPEN = """
select t.id, t.kind, t.why, t.urgent, t.made_at, t.due_at, t.owner_id, o.name, t.case_id, t.person_id, c.reference, c.offence_group,
       c.officer_id, f.name, t.entry_id, t.unit, t.escalated_at, e.body, e.language, c.data_key
from app.task t
left join app.case c on c.force_id = $1 and c.id = t.case_id
left join app.staff f on f.force_id = $1 and f.id = c.officer_id
left join app.staff o on o.force_id = $1 and o.id = t.owner_id
left join app.timeline_entry e on e.force_id = $1 and e.id = t.entry_id
where t.force_id = $1 and t.done_at is null
"""
# Danger first, then what nobody opened in time.
_ORDER = "order by t.urgent desc, (t.escalated_at is null), t.due_at, t.id"
_ONLY = "($2::text is null or t.unit = $2) and (not $3::bool or t.escalated_at is not null)"
_WAITING = f"{_OPEN} and {_ONLY} {_ORDER} limit $4 offset $5"
_OWN_UNIT = "t.unit <> '' and t.unit = (select s.unit from app.staff s where s.force_id = $1 and s.id = $2)"
_ACTED = f"(t.owner_id in ({ACTS_FOR}) or (t.owner_id is null and c.officer_id in ({ACTS_FOR})))"
_OWN = f"(t.owner_id = $2 or (t.owner_id is null and (c.officer_id = $2 or ({_OWN_UNIT}))) or {_ACTED})"
_MINE = f"{_OPEN} and {_OWN} {_ORDER} limit $3 offset $4"
_ONE = f"{_OPEN} and t.id = $2"
_ON_CASE = f"{_OPEN} and t.case_id = $2 {_ORDER}"
_IS_OPEN = """
select exists (select from app.task
               where force_id = $1 and kind = $2 and case_id = $3 and person_id = $4 and done_at is null)
"""
_COUNT = f"select count(*) from app.task t where t.force_id = $1 and t.done_at is null and {_ONLY}"
_COUNT_MINE = f"""
select count(*) from app.task t left join app.case c on c.force_id = $1 and c.id = t.case_id
where t.force_id = $1 and t.done_at is null and {_OWN}
"""
_CLAIM = f"""
update app.task set owner_id = $3 where force_id = $1 and id = $2 and done_at is null
  and (owner_id is null or owner_id = $3 or owner_id in ({ACTS_FOR.replace("$2", "$3")}))
"""
_GIVE = "update app.task set owner_id = $3 where force_id = $1 and id = $2 and done_at is null"
_HELD = (
    "select exists (select from app.task where force_id = $1 and case_id = $2 and owner_id = $3 and done_at is null)"
)
_FINISH = """
update app.task set done_at = now(), done_by = $3
where force_id = $1 and id = $2 and done_at is null and (owner_id is null or owner_id = $3)
"""
_FINISH_KINDS = """
update app.task set done_at = now(), done_by = $3
where force_id = $1 and case_id = $2 and done_at is null and kind = any($4::text[]) and person_id = any($5::uuid[])
returning id
"""

_FINISH_ON_CASE = """
update app.task set done_at = now(), done_by = $2
where force_id = $1 and kind = $3 and case_id = $4 and done_at is null returning id
"""
_FINISH_ABOUT = """
update app.task set done_at = now(), done_by = $2
where force_id = $1 and done_at is null and kind = any($3::text[]) and person_id = $4 and ($5::uuid is null or case_id = $5)
returning id, case_id
"""

# Opened is what somebody has taken, or read on its case. What goes on to its own unit goes on to supervisors.
_ESCALATE = """
update app.task t
set escalated_at = now(), due_at = least(t.due_at, t.silent_at),
    unit = case when $2 = '' then t.unit else $2 end,
    why = t.why || case when $2 in ('', t.unit) then '["silent_supervisors"]'::jsonb else '["silent_team"]'::jsonb end
where t.force_id = $1 and t.done_at is null and t.escalated_at is null and t.silent_at <= now() and t.owner_id is null
  and not exists (select from app.read_mark r
                  where r.force_id = $1 and r.entry_id = t.entry_id and r.reader_kind = 'staff')
returning t.id, t.case_id
"""


async def is_open(tx: ForceTx, kind: str, case_id: UUID, person_id: UUID) -> bool:
    """Say whether a task of this kind about somebody on a case is open."""
    return await tx.value(_IS_OPEN, kind, case_id, person_id)


async def add(tx: ForceTx, tasks: Sequence[NewTask]) -> list[UUID]:
    """Enter tasks; one that is open already is not entered again. Returns the ids of the new ones."""
    ordered = sorted(tasks, key=lambda task: (task.kind, task.subject))  # two batches never wait in a ring
    return await tx.many(_ADD, [_values(task) for task in ordered])


def _values(task: NewTask) -> tuple[object, ...]:
    why = msgspec.json.encode(task.why).decode()
    return (
        ids.new(),
        task.kind,
        task.subject,
        task.case_id,
        task.person_id,
        task.entry_id,
        why,
        task.urgent,
        task.due_at,
        task.unit,
        task.silent_at,
    )


async def waiting(
    tx: ForceTx, limit: int, offset: int, *, unit: str | None = None, escalated: bool = False
) -> list[TaskRow]:
    """Return open tasks, the most urgent first: all, those of one unit, or those that nobody opened in time."""
    return await tx.all(TaskRow, _WAITING, unit, escalated, limit, offset)


async def mine(tx: ForceTx, staff_id: UUID, limit: int, offset: int) -> list[TaskRow]:
    """Return open tasks that somebody has, or that concern their cases and nobody has, and the same of whom they act for."""
    return await tx.all(TaskRow, _MINE, staff_id, limit, offset)


async def one(tx: ForceTx, task_id: UUID) -> TaskRow | None:
    """Return an open task, or None."""
    return await tx.one(TaskRow, _ONE, task_id)


async def on_case(tx: ForceTx, case_id: UUID) -> list[TaskRow]:
    """Return the open tasks of a case."""
    return await tx.all(TaskRow, _ON_CASE, case_id)


async def count(tx: ForceTx, *, unit: str | None = None, escalated: bool = False) -> int:
    """Return how many tasks `waiting` would return without its limit."""
    return await tx.value(_COUNT, unit, escalated)


async def escalate(tx: ForceTx, unit: str) -> list[tuple[UUID, UUID | None]]:
    """Send on to a unit, or with "" to supervisors, what nobody has opened in time; return each with its case."""
    return await tx.pairs(_ESCALATE, unit)


async def count_mine(tx: ForceTx, staff_id: UUID) -> int:
    """Return how many tasks `mine` would return without its limit."""
    return await tx.value(_COUNT_MINE, staff_id)


async def claim(tx: ForceTx, task_id: UUID, staff_id: UUID) -> bool:
    """Take a task that nobody else has but whom they act for; False when somebody has it or it is done."""
    return await tx.run(_CLAIM, task_id, staff_id) == 1


async def give(tx: ForceTx, task_id: UUID, staff_id: UUID) -> bool:
    """Give a task to somebody; False when it is done."""
    return await tx.run(_GIVE, task_id, staff_id) == 1


async def holds(tx: ForceTx, case_id: UUID, staff_id: UUID) -> bool:
    """Say whether somebody has an open task on a case."""
    return await tx.value(_HELD, case_id, staff_id)


async def finish(tx: ForceTx, task_id: UUID, staff_id: UUID) -> bool:
    """Mark a task as done; False when it was, or when somebody else has it."""
    return await tx.run(_FINISH, task_id, staff_id) == 1


async def finish_kinds(
    tx: ForceTx, case_id: UUID, staff_id: UUID, kinds: Sequence[str], persons: Sequence[UUID]
) -> list[UUID]:
    """Mark the open tasks of these kinds that come from these people on a case as done, and return their ids."""
    return await tx.column(_FINISH_KINDS, case_id, staff_id, list(kinds), list(persons))


async def finish_about(
    tx: ForceTx, staff_id: UUID, kinds: Sequence[str], person_id: UUID, case_id: UUID | None
) -> list[tuple[UUID, UUID | None]]:
    """Mark the open tasks of these kinds about somebody as done, on one case or on all; return each with its case."""
    return await tx.pairs(_FINISH_ABOUT, staff_id, list(kinds), person_id, case_id)


async def finish_on_case(tx: ForceTx, staff_id: UUID, kind: str, case_id: UUID) -> list[UUID]:
    """Mark the open tasks of this kind on a case as done, and return their ids."""
    return await tx.column(_FINISH_ON_CASE, staff_id, kind, case_id)
