"""What a person must do: assess somebody's suitability, answer a message, say whom an update is for."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.identity import deputies, staff
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.domain.task_kinds import TaskKind, within
from trackmycrime.kit.actor import Actor
from trackmycrime.kit.errors import Conflict, Forbidden, NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import tasks as rows
from trackmycrime.store.identity.staff import StaffRow
from trackmycrime.store.tasks import NewTask, TaskRow
from trackmycrime.tx import ForceTx

WORKERS = frozenset({StaffRole.OFFICER, StaffRole.SUPERVISOR, StaffRole.HUB})  # administrators have no cases
_TRIAGE = frozenset({StaffRole.SUPERVISOR, StaffRole.HUB})
ANSWERED_BY_REPLY = (TaskKind.MESSAGE, TaskKind.UPDATE_REQUEST)
FOR_SUPERVISORS = frozenset({TaskKind.BROKEN_PROMISE})  # theirs to close; anybody who works on cases may see to it
PAGE = 25
_TOP = 5
_MOST_TO_CHOOSE = 100


class Task(Struct, frozen=True):
    """An open task, as those who may do it see it.

    `unit` reads it first; "" is the contact team. `away` says that its reader acts for whoever has it.
    """

    id: UUID
    kind: TaskKind
    why: tuple[str, ...]
    urgent: bool
    made_at: datetime
    due_at: datetime
    owner_id: UUID | None
    owner_name: str | None
    case_id: UUID | None
    person_id: UUID | None
    reference: str | None
    offence_group: str | None
    officer_name: str | None
    unit: str
    text: str | None
    language: str
    away: bool = False


def new(
    kind: TaskKind,
    *,
    case_id: UUID | None = None,
    person_id: UUID | None = None,
    entry_id: UUID | None = None,
    why: Sequence[str] = (),
    urgent: bool = False,
    subject: str = "",
) -> NewTask:
    """Return a task that is due as soon as its kind asks, or at once when it is `urgent`.

    The same thing about the same subject is one task; the subject is the entry, else the person on the case.
    """
    about = subject or str(entry_id or f"{case_id} {person_id}")
    due = now() if urgent else now() + within(kind)
    return NewTask(kind, about, due, case_id, person_id, entry_id, tuple(why), urgent)


async def waits_for(tx: ForceTx, kind: TaskKind, case_id: UUID) -> bool:
    """Say whether something this victim asked for on a case still waits for somebody."""
    return await rows.is_open(tx, kind, case_id, tx.actor.id)


async def enter(tx: ForceTx, tasks: Sequence[NewTask], *, after: Sequence[Deed] = ()) -> None:
    """Enter tasks, once each, and record that they were entered, with the deeds `after` which they are to be done."""
    made = await rows.add(tx, tasks)
    await audit.record_all(tx, [*after, *(Deed("task.entered", task_id) for task_id in made)])


def triages(tx: ForceTx) -> bool:
    """Say whether this member of staff works on everything that waits, or only on what is theirs."""
    return tx.actor.role in _TRIAGE


class Only(Struct, frozen=True):
    """Which part of everything that waits is looked at: of one unit ("" is the contact team), or what nobody opened in time."""

    unit: str | None = None
    escalated: bool = False


EVERYTHING = Only()


async def inbox(tx: ForceTx, *, page: int = 1, only: Only = EVERYTHING) -> list[Task]:
    """Return a page of what waits for this member of staff, the most urgent first.

    The hub and supervisors see everything in the force, or `only` a part of it; an officer what they took or were given, and
    what nobody has taken on their own cases and of their own unit, and the same of whom they act for. Whose words were shown
    is recorded (Data Protection Act 2018, section 62).
    """
    offset = (max(1, page) - 1) * PAGE
    found = await (
        rows.waiting(tx, PAGE, offset, unit=only.unit, escalated=only.escalated)
        if triages(tx)
        else rows.mine(tx, tx.actor.id, PAGE, offset)
    )
    shown = [str(row.entry_id) for row in found if row.body is not None]
    if shown:
        await audit.record(tx, "inbox.read", entries=shown)
    return await _tasks(tx, found)


async def number_in_inbox(tx: ForceTx, *, only: Only = EVERYTHING) -> int:
    """Return how many tasks wait for this member of staff."""
    return await (
        rows.count(tx, unit=only.unit, escalated=only.escalated) if triages(tx) else rows.count_mine(tx, tx.actor.id)
    )


async def most_urgent(tx: ForceTx) -> list[Task]:
    """Return the few tasks that this member of staff should look at first, without anybody's words."""
    found = await (rows.waiting(tx, _TOP, 0) if triages(tx) else rows.mine(tx, tx.actor.id, _TOP, 0))
    return await _tasks(tx, [msgspec.structs.replace(row, body=None) for row in found])


async def on_case(tx: ForceTx, case_id: UUID) -> list[Task]:
    """Return what waits on a case."""
    return await _tasks(tx, await rows.on_case(tx, case_id))


async def number_waiting(tx: ForceTx) -> int:
    """Return how many tasks wait in the force."""
    return await rows.count(tx)


async def _tasks(tx: ForceTx, found: Sequence[TaskRow]) -> list[Task]:
    others = any(row.owner_id not in {None, tx.actor.id} for row in found)
    away = await deputies.absent(tx) if others else frozenset[UUID]()
    return [msgspec.structs.replace(_task(tx, row), away=row.owner_id in away) for row in found]


def _task(tx: ForceTx, row: TaskRow) -> Task:
    text = None
    if row.body is not None and row.data_key is not None and row.entry_id is not None:
        text = tx.keys.unwrap(row.data_key).open(row.body, b"entry " + row.entry_id.bytes).decode()
    return Task(
        row.id,
        TaskKind(row.kind),
        tuple(row.why),
        row.urgent,
        row.made_at,
        row.due_at,
        row.owner_id,
        row.owner_name,
        row.case_id,
        row.person_id,
        row.reference,
        row.offence_group,
        row.officer_name,
        row.unit,
        text,
        row.language or "en",
    )


async def claim(tx: ForceTx, task_id: UUID) -> Task:
    """Take a task and return it. Raises Conflict when somebody else has it, NotFound when it is done or not theirs to take."""
    task = await workable(tx, task_id)
    if not await rows.claim(tx, task_id, tx.actor.id):
        raise Conflict(_("Somebody else has taken this."))
    await audit.record(tx, "task.claimed", subject_id=task_id, case_id=task.case_id)
    return task


async def workable(tx: ForceTx, task_id: UUID) -> Task:
    """Return an open task that this member of staff may work on.

    Taking one gives access to its case, so an officer gets only what was given to them, or concerns their own cases or those
    of whom they act for, or waits for their own unit.
    """
    row = await rows.one(tx, task_id)
    if row is None or not (
        triages(tx) or await _is_theirs(tx, {row.owner_id, row.officer_id}) or await _waits_for_own_unit(tx, row)
    ):
        raise NotFound(_("This is not there, or it is done already."))
    return _task(tx, row)


async def _waits_for_own_unit(tx: ForceTx, row: TaskRow) -> bool:
    return bool(row.unit) and row.owner_id is None and row.unit == (await staff.by_id(tx, tx.actor.id)).unit


async def _is_theirs(tx: ForceTx, concerned: set[UUID | None]) -> bool:
    return tx.actor.id in concerned or not concerned.isdisjoint(await deputies.absent(tx))


async def give(tx: ForceTx, task_id: UUID, staff_id: UUID) -> Task:
    """Forward a task to somebody and return it. Raises NotFound when it is done, or they cannot work on cases."""
    task = await workable(tx, task_id)
    to = await staff.by_id(tx, staff_id)
    if not to.active or to.role not in WORKERS or not await rows.give(tx, task_id, staff_id):
        raise NotFound(_("This cannot be forwarded to them, or it is done already."))
    await audit.record(tx, "task.forwarded", subject_id=task_id, case_id=task.case_id, to=str(staff_id))
    return task


async def workers(tx: ForceTx) -> list[StaffRow]:
    """Return everyone to whom a task can be forwarded, by name; nobody where they are too many to choose from."""
    found = await staff.active(tx, sorted(WORKERS), most=_MOST_TO_CHOOSE + 1)
    return found if len(found) <= _MOST_TO_CHOOSE else []


async def worker(tx: ForceTx, said: str) -> UUID | None:
    """Return to whom a task shall be forwarded, as somebody says it: by id or by email address. None for nobody."""
    try:
        return UUID(said)
    except ValueError:
        found = await staff.by_email(tx, said) if said.strip() else None
    return found.id if found else None


async def holds_one(tx: ForceTx, case_id: UUID) -> bool:
    """Say whether this member of staff has an open task on a case."""
    return await rows.holds(tx, case_id, tx.actor.id)


def may_close(task: Task, actor: Actor) -> bool:
    """Say whether somebody of this role may close a task of this kind; a broken promise is a supervisor's to close."""
    return task.kind not in FOR_SUPERVISORS or actor.role == StaffRole.SUPERVISOR


async def finish(tx: ForceTx, task_id: UUID) -> Task:
    """Mark a task as done and return it.

    Raises Conflict when somebody else has it, NotFound when it is done already, Forbidden for what a supervisor has to close.
    """
    task = await workable(tx, task_id)
    if not may_close(task, tx.actor):
        raise Forbidden(
            _("A supervisor has to close this. Writing to the victim keeps the promise, and closes it too.")
        )
    if not await rows.finish(tx, task_id, tx.actor.id):
        raise Conflict(_("Somebody else has taken this."))
    await audit.record(tx, "task.done", subject_id=task_id, case_id=task.case_id)
    return task


async def settle(tx: ForceTx, kinds: Sequence[TaskKind], person_id: UUID, *, case_id: UUID | None = None) -> None:
    """Mark what waits about somebody as done by what was just done: on one case, or wherever it waits."""
    done = await rows.finish_about(tx, tx.actor.id, kinds, person_id, case_id)
    await audit.record_all(tx, [Deed("task.done", task_id, of_case) for task_id, of_case in done])


async def answered(tx: ForceTx, case_id: UUID, persons: Sequence[UUID]) -> None:
    """Mark what a reply to these people answers as done: their messages and requests that wait on the case."""
    await settled(tx, case_id, ANSWERED_BY_REPLY, persons)


async def settled(tx: ForceTx, case_id: UUID, kinds: Sequence[TaskKind], persons: Sequence[UUID]) -> None:
    """Mark what waits on the case of these kinds and about these people as done by this member of staff."""
    done = await rows.finish_kinds(tx, case_id, tx.actor.id, kinds, persons)
    await audit.record_all(tx, [Deed("task.done", task_id, case_id) for task_id in done])


async def settle_on_case(tx: ForceTx, kind: TaskKind, case_id: UUID) -> None:
    """Mark what waits of a kind on a case as done by what was just done, about whomever it is."""
    done = await rows.finish_on_case(tx, tx.actor.id, kind, case_id)
    await audit.record_all(tx, [Deed("task.done", task_id, case_id) for task_id in done])
