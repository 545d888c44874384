"""Somebody lost their phone or card: staff who spoke with them remove every way to sign in beside the password."""

from uuid import UUID

from trackmycrime.domain import audit, people, tasks
from trackmycrime.domain.cases import factors, own_notices
from trackmycrime.domain.cases.access import Case
from trackmycrime.domain.cases.assessments import concerned
from trackmycrime.domain.cases.contacts import SecondPerson
from trackmycrime.domain.cases.resets import clean_reason
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.people import Person, Risk
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit.errors import Conflict, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import accounts
from trackmycrime.store import factors as rows
from trackmycrime.tx import ForceTx

_FIELD = "loss_reason"


class NothingLost(Conflict):
    """Somebody has no way to sign in but their password."""

    def __init__(self) -> None:
        super().__init__(_("They have nothing but their password. Send them a link for a new one."))


async def remove(tx: ForceTx, case_id: UUID, person_id: UUID, reason: str) -> bool:
    """Remove all ways to sign in of somebody on a case, and say whether it is done: at risk, it waits for a second person.

    They are signed out everywhere, no device is known any more, and they are told. Raises Invalid without a reason,
    NothingLost, SecondPerson when this one put it forward themselves, NotFound for anybody else.
    """
    told = clean_reason(_FIELD, reason)
    case, _link = await concerned(tx, case_id, person_id)
    person = (await people.by_id(tx, [person_id]))[person_id]
    if not person.registered:
        raise NotFound(_("Page not found"))
    if not await rows.of_person(tx, person.id):
        raise NothingLost
    sealed = case.key(tx).seal(told.encode(), audit.reason_place(case.id))
    if await _needs_another(tx, person):
        await _propose(tx, case, person, sealed)
        return False
    await _remove(tx, case, person, sealed)
    return True


async def _needs_another(tx: ForceTx, person: Person) -> bool:
    if (await people.risks(tx, [person]))[person.id] is Risk.NONE:
        return False
    first = await accounts.factors_lost_by(tx, person.id)
    if first == tx.actor.id:
        raise SecondPerson
    return first is None


async def _propose(tx: ForceTx, case: Case, person: Person, sealed: bytes) -> None:
    await accounts.put_forward_loss(tx, person.id, tx.actor.id)
    task = tasks.new(TaskKind.FACTORS_LOST, case_id=case.id, person_id=person.id, why=["second_person"])
    await tasks.enter(tx, [task])
    await audit.record(tx, "factors.loss_proposed", subject_id=person.id, case_id=case.id, reason=sealed)


async def _remove(tx: ForceTx, case: Case, person: Person, sealed: bytes) -> None:
    await factors.remove_all(tx, person.id)
    await accounts.forget_devices(tx, person.id)
    await sessions.end_all(tx, person.id)
    await tasks.settle(tx, [TaskKind.FACTORS_LOST], person.id)
    await audit.record(tx, "factors.lost", subject_id=person.id, case_id=case.id, reason=sealed)
    await own_notices.tell(tx, case.id, "factor_removed", person_id=person.id)
