"""What a person must do: assess somebody's suitability, answer a message, say whom an update is for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.audit import Deed
from trackmycrime.kit.errors import Conflict, NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import tasks as rows
from trackmycrime.store.tasks import NewTask, TaskRow
from trackmycrime.tx import ForceTx


class TaskKind(StrEnum):
    """What sort of thing is to be done."""

    MESSAGE = "message"
    UPDATE_REQUEST = "update_request"
    CALL_REQUEST = "call_request"
    ASSESS_SUITABILITY = "assess_suitability"
    CONFIRM_ADDRESS = "confirm_address"
    NAME_ADDRESSEE = "name_addressee"
    MISSING_PERSON = "missing_person"
    INVITE_ENDED = "invite_ended"
    TELL_IN_PERSON = "tell_in_person"


ANSWERED_BY_REPLY = (TaskKind.MESSAGE, TaskKind.UPDATE_REQUEST)
_WITHIN = {
    TaskKind.MESSAGE: timedelta(days=1),
    TaskKind.UPDATE_REQUEST: timedelta(days=3),
    TaskKind.CALL_REQUEST: timedelta(days=1),
    TaskKind.ASSESS_SUITABILITY: timedelta(days=1),
    TaskKind.TELL_IN_PERSON: timedelta(days=1),
}
_WITHIN_OTHERWISE = timedelta(days=3)
_PAGE = 50


class Task(Struct, frozen=True):
    """An open task, as those who may do it see it."""

    id: UUID
    kind: TaskKind
    why: tuple[str, ...]
    made_at: datetime
    due_at: datetime
    owner_id: UUID | None
    owner_name: str | None
    case_id: UUID | None
    reference: str | None
    offence_group: str | None
    officer_name: str | None
    text: str | None
    language: str


def new(
    kind: TaskKind,
    *,
    case_id: UUID | None = None,
    person_id: UUID | None = None,
    entry_id: UUID | None = None,
    why: Sequence[str] = (),
) -> NewTask:
    """Return a task that is due as soon as its kind asks; the same thing about the same subject is one task."""
    subject = str(entry_id or f"{case_id} {person_id}")
    due = now() + _WITHIN.get(kind, _WITHIN_OTHERWISE)
    return NewTask(kind, subject, due, case_id, person_id, entry_id, tuple(why))


async def enter(tx: ForceTx, tasks: Sequence[NewTask]) -> None:
    """Enter tasks, once each, and record that they were entered."""
    made = await rows.add(tx, tasks)
    await audit.record_all(tx, [Deed("task.entered", task_id) for task_id in made])


async def waiting(tx: ForceTx, *, page: int = 1) -> list[Task]:
    """Return a page of everything that waits in the force, the most urgent first."""
    return [_task(tx, row) for row in await rows.waiting(tx, _PAGE, (max(1, page) - 1) * _PAGE)]


async def mine(tx: ForceTx) -> list[Task]:
    """Return what waits for this member of staff: what they took or were given, and what concerns their own cases."""
    return [_task(tx, row) for row in await rows.mine(tx, tx.actor.id, _PAGE)]


async def on_case(tx: ForceTx, case_id: UUID) -> list[Task]:
    """Return what waits on a case."""
    return [_task(tx, row) for row in await rows.on_case(tx, case_id)]


async def number_waiting(tx: ForceTx) -> int:
    """Return how many tasks wait in the force."""
    return await rows.count(tx)


def _task(tx: ForceTx, row: TaskRow) -> Task:
    text = None
    if row.body is not None and row.data_key is not None and row.entry_id is not None:
        text = tx.keys.unwrap(row.data_key).open(row.body, b"entry " + row.entry_id.bytes).decode()
    return Task(
        row.id,
        TaskKind(row.kind),
        tuple(row.why),
        row.made_at,
        row.due_at,
        row.owner_id,
        row.owner_name,
        row.case_id,
        row.reference,
        row.offence_group,
        row.officer_name,
        text,
        row.language or "en",
    )


async def claim(tx: ForceTx, task_id: UUID) -> None:
    """Take a task. Raises Conflict when somebody else has it or it is done."""
    if not await rows.claim(tx, task_id, tx.actor.id):
        raise Conflict(_("Somebody else has taken this, or it is done."))
    await audit.record(tx, "task.claimed", subject_id=task_id)


async def give(tx: ForceTx, task_id: UUID, staff_id: UUID) -> None:
    """Forward a task to somebody. Raises NotFound when it is done or was never there."""
    if not await rows.give(tx, task_id, staff_id):
        raise NotFound(_("This is done already."))
    await audit.record(tx, "task.forwarded", subject_id=task_id, to=str(staff_id))


async def holds_one(tx: ForceTx, case_id: UUID) -> bool:
    """Say whether this member of staff has an open task on a case."""
    return await rows.holds(tx, case_id, tx.actor.id)


async def finish(tx: ForceTx, task_id: UUID) -> None:
    """Mark a task as done. Raises NotFound when it is done already."""
    if not await rows.finish(tx, task_id, tx.actor.id):
        raise NotFound(_("This is done already."))
    await audit.record(tx, "task.done", subject_id=task_id)


async def answered(tx: ForceTx, case_id: UUID) -> None:
    """Mark what a reply answers as done: the messages and requests that wait on the case."""
    await rows.finish_kinds(tx, case_id, tx.actor.id, ANSWERED_BY_REPLY)
