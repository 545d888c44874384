"""The few ways to a case. Not there and not yours are the same refusal, so that nobody can learn what exists."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.identity import deputies
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.sealing import Key
from trackmycrime.kit.words import _
from trackmycrime.store.cases import rows
from trackmycrime.store.cases.rows import ListedRow, SeenRow
from trackmycrime.tx import ForceTx

Listed = ListedRow

SHIFT = timedelta(hours=12)  # an opening holds as long as a staff session may last
_LIST = 100
_SHORTEST_REASON, _LONGEST_REASON = 5, 300


class Officer(Struct, frozen=True):
    """The officer in the case."""

    id: UUID
    name: str
    title: str
    unit: str
    collar_number: str
    next_on_duty: date | None


class Case(Struct, frozen=True):
    """A case that its reader may see; `told_late` says that a supervisor was told of a date that passed unkept."""

    id: UUID
    reference: str
    offence_title: str
    offence_group: str
    area: str
    stage: str
    outcome: int | None
    closed: bool
    closed_at: datetime | None
    reported_at: datetime | None
    officer: Officer | None
    due_at: datetime | None
    told_late: bool
    data_key: bytes | None
    has_property: bool
    of_cases: int

    def key(self, tx: ForceTx) -> Key:
        """Return the key under which this case's texts are sealed."""
        return tx.keys.unwrap(self.data_key or b"")


class Basis(StrEnum):
    """What a member of staff's sight of a case rests on. The words are stored in the audit."""

    ASSIGNED = "assigned"
    CLAIMED = "claimed"
    ACTING = "acting"  # for somebody who is away
    OPENED = "opened"


class Ground(Struct, frozen=True):
    """What a member of staff's sight of a case rests on; whose it is, where they act for somebody who is away."""

    basis: Basis
    acting_for: UUID | None = None


class NotOpened(NotFound):
    """A member of staff has to open the case first, and say why."""


def _missing() -> NotFound:
    return NotFound(_("Page not found"))


async def seen_by_actor(tx: ForceTx, case_id: UUID) -> Case:
    """Return a case that this actor may see.

    A victim or proxy sees their own. Staff see a case that is assigned to them, of which they hold a task, which somebody has
    in such a way for whom they act, or which they opened with a reason during their shift; otherwise NotOpened. Everybody
    else: NotFound, as for no case at all.
    """
    if tx.actor.kind is Kind.VICTIM:
        row = await rows.seen_by_person(tx, case_id, tx.actor.id, _months(tx))
    else:
        row, _ground = await _seen_by_staff(tx, case_id)
    if row is None:
        raise _missing()
    return _case(row)


def _months(tx: ForceTx) -> int:
    """For how long after its closing a case is its victims' to read."""
    return configuration(tx).retention.access_months


async def _seen_by_staff(tx: ForceTx, case_id: UUID) -> tuple[SeenRow | None, Ground]:
    row = await rows.seen(tx, case_id) if _has_cases(tx) else None
    if row is None or row.officer_id == tx.actor.id:
        return row, Ground(Basis.ASSIGNED)
    if await tasks.holds_one(tx, case_id):
        return row, Ground(Basis.CLAIMED)
    if absent := await deputies.absent_on(tx, row.officer_id, case_id):
        return row, Ground(Basis.ACTING, absent)
    if not await rows.opened(tx, tx.actor.id, case_id, SHIFT):
        raise NotOpened(_("Open this case first, and say why."))
    return row, Ground(Basis.OPENED)


def _has_cases(tx: ForceTx) -> bool:
    return tx.actor.kind is Kind.STAFF and tx.actor.role in tasks.WORKERS


async def read_by_staff(tx: ForceTx, case_id: UUID) -> Case:
    """Return a case to a member of staff who looks at it, on the terms of `seen_by_actor`.

    Every look is a row of the audit, with what it rests on (Data Protection Act 2018, section 62).
    """
    row, ground = await _seen_by_staff(tx, case_id)
    if row is None:
        raise _missing()
    rests_on: dict[str, object] = {"basis": ground.basis}
    if ground.acting_for:
        rests_on["acting_for"] = str(ground.acting_for)
    await audit.record_all(tx, [Deed("case.read", case_id, case_id, detail=rests_on)])
    return _case(row)


async def listed(tx: ForceTx, case_id: UUID) -> Listed:
    """Return what staff may know of a case before they open it: no more than a list says."""
    row = await rows.listed(tx, case_id) if _has_cases(tx) else None
    if row is None:
        raise _missing()
    return row


def _case(row: SeenRow) -> Case:
    officer = None
    if row.officer_id is not None:
        officer = Officer(
            row.officer_id,
            row.officer_name or "",
            row.officer_title or "",
            row.officer_unit or "",
            row.officer_collar or "",
            row.officer_next_on_duty,
        )
    return Case(
        row.id,
        row.reference,
        row.offence_title,
        row.offence_group,
        row.area,
        row.stage,
        row.outcome,
        row.closed,
        row.closed_at,
        row.reported_at,
        officer,
        row.due_at,
        row.told_late,
        row.data_key,
        row.has_property,
        row.of_cases,
    )


async def open_with_reason(tx: ForceTx, case_id: UUID, reason: str) -> None:
    """Open a case for a shift; the reason goes into the audit (Data Protection Act 2018, section 62).

    Raises Invalid without a reason, NotFound for a case that is not there or a role that has no cases.
    """
    row = await rows.seen(tx, case_id)
    if row is None or not _has_cases(tx):
        raise _missing()
    told = reason.strip()
    if not _SHORTEST_REASON <= len(told) <= _LONGEST_REASON:
        raise Invalid(
            {"reason": _("Say why you are opening this case, in up to %(number)s characters", number=_LONGEST_REASON)}
        )
    await rows.open_case(tx, tx.actor.id, case_id)
    sealed = _case(row).key(tx).seal(told.encode(), audit.reason_place(case_id))
    await audit.record(tx, "case.opened", subject_id=case_id, case_id=case_id, reason=sealed)


async def of_actor(tx: ForceTx) -> list[Listed]:
    """Return the victim's own cases, or the cases assigned to the officer and to those for whom they act."""
    if tx.actor.kind is Kind.VICTIM:
        return await rows.of_person(tx, tx.actor.id, _months(tx))
    return await rows.of_officer(tx, tx.actor.id, _LIST)


def followed(session: Session) -> Case:
    """Return the case that the signed-in victim looks at: the one they chose, else their newest open one."""
    if session.followed is None:
        raise NotFound(_("There is no case for you to follow at this moment."))
    return _case(session.followed)


async def found_by_staff(tx: ForceTx, reference: str) -> list[Listed]:
    """Return cases for staff to choose from: those whose reference begins so, else those whose promise is due first."""
    if not _has_cases(tx):
        raise _missing()
    folded = fold(reference).upper()
    return await rows.found(tx, folded, _LIST) if folded else await rows.latest(tx, _LIST)
