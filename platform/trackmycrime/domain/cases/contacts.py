"""Changing an email address or mobile number: only staff can, and for somebody at risk it takes two of them."""

from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit, feed, people, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases.access import Case
from trackmycrime.domain.cases.assessments import concerned
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.identity.staff import clean_email
from trackmycrime.domain.people import Contact, Person, Risk, telephone
from trackmycrime.domain.people.person import sealed
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.sealing import Keyring
from trackmycrime.kit.words import _
from trackmycrime.store import contacts as rows
from trackmycrime.store import invites
from trackmycrime.tx import ForceTx


class NothingWaits(Conflict):
    """What was to be confirmed is not what waits now, or nothing does."""

    def __init__(self) -> None:
        super().__init__(_("The new contact details have changed, or were dealt with already. Look at the page again."))


class SecondPerson(Conflict):
    """Somebody may not confirm what they put forward themselves."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has to confirm this. They are at risk, so two people look at every change."))


def mark(keys: Keyring, person: Person) -> str:
    """Return what tells one pending change from another, so that nobody confirms what they have not seen."""
    told = msgspec.json.encode(person.pending_contact)
    return keys.sign("pending contact", person.id.bytes + told).hex()[:32] if person.pending_contact else ""


async def change(tx: ForceTx, case_id: UUID, person_id: UUID, email: str, number: str) -> bool:
    """Change how somebody is reached, and say whether it is done: at risk, it waits for a second person.

    Raises NotFound when the case does not concern them, Invalid for an address or number that nobody can reach.
    """
    told = clean(email, number)
    case, _link = await concerned(tx, case_id, person_id)
    person, risk = await _person(tx, person_id)
    if told in {person.contact, _as_told(person.contact)}:
        raise Invalid({"email": _("This is what we have already. Change the email address or the mobile number")})
    if risk is Risk.NONE:
        await _apply(tx, case, person, told)
        return True
    await rows.save_pending(tx, person.id, sealed(tx.keys, person, "contact", told), tx.actor.id)
    await _ask_second(tx, case, person)
    return False


def clean(email: str, number: str) -> Contact:
    """Return an address and a number as they are kept. Raises Invalid for what nobody can reach, and for neither."""
    wrong: dict[str, str] = {}
    address = told = ""
    try:
        address = clean_email(email) if email.strip() else ""
    except Invalid as refusal:
        wrong |= refusal.fields
    try:
        told = telephone.mobile(number)
    except Invalid as refusal:
        wrong |= refusal.fields
    if not wrong and not address and not told:
        wrong["email"] = _("Enter an email address, a mobile number, or both")
    if wrong:
        raise Invalid(wrong)
    return Contact(address or None, told or None)


def _as_told(known: Contact) -> Contact:
    """Return what the feed wrote as staff would have: the same number in another form is no change."""
    try:
        return clean(known.email or "", known.mobile or "")
    except Invalid:
        return known


async def _person(tx: ForceTx, person_id: UUID) -> tuple[Person, Risk]:
    person = (await people.by_id(tx, [person_id]))[person_id]
    return person, (await people.risks(tx, [person]))[person_id]


async def _ask_second(tx: ForceTx, case: Case, person: Person) -> None:
    await tasks.settle(tx, [TaskKind.CONFIRM_ADDRESS], person.id)
    task = tasks.new(TaskKind.CONFIRM_ADDRESS, case_id=case.id, person_id=person.id, why=["second_person"])
    await tasks.enter(tx, [task])
    await audit.record(tx, "contact.proposed", subject_id=person.id, case_id=case.id)


async def confirm(tx: ForceTx, case_id: UUID, person_id: UUID, seen: str) -> bool:
    """Put what waits into use, and say whether it is done; `seen` is the mark of what the member of staff saw.

    For somebody at risk the feed's change needs two people, and nobody confirms their own. Raises NothingWaits and SecondPerson.
    """
    case, _link = await concerned(tx, case_id, person_id)
    person, risk = await _person(tx, person_id)
    pending = person.pending_contact
    if pending is None or seen != mark(tx.keys, person):
        raise NothingWaits
    if risk is not Risk.NONE and person.pending_by == tx.actor.id:
        raise SecondPerson
    if risk is not Risk.NONE and person.pending_by is None:
        await rows.save_pending(tx, person.id, sealed(tx.keys, person, "contact", pending), tx.actor.id)
        await _ask_second(tx, case, person)
        return False
    await _apply(tx, case, person, pending)
    return True


async def _apply(tx: ForceTx, case: Case, person: Person, told: Contact) -> None:
    await rows.save_contact(tx, person.id, sealed(tx.keys, person, "contact", told))
    await tasks.settle(tx, [TaskKind.CONFIRM_ADDRESS], person.id)
    # An invitation that went to the old address must not open anything for whoever reads it there.
    ended = await invites.replace(tx, person.id)
    await audit.record_all(tx, [Deed("invite.withdrawn", invite_id, case.id) for invite_id in ended])
    changed: dict[str, object] = {
        "email": told.email != person.contact.email,
        "mobile": told.mobile != person.contact.mobile,
    }
    await audit.record_all(tx, [Deed("contact.changed", person.id, case.id, detail=changed)])
    await feed.tell(tx, [Fact("contact.changed", case.id, person.id, detail=changed)])


async def keep(tx: ForceTx, case_id: UUID, person_id: UUID, seen: str) -> None:
    """Leave somebody's contact as it is: what waits is dropped. Raises NothingWaits."""
    case, _link = await concerned(tx, case_id, person_id)
    person, _risk = await _person(tx, person_id)
    if person.pending_contact is None or seen != mark(tx.keys, person):
        raise NothingWaits
    await rows.save_pending(tx, person.id, None, None)
    await tasks.settle(tx, [TaskKind.CONFIRM_ADDRESS], person.id)
    await audit.record(tx, "contact.kept", subject_id=person.id, case_id=case.id)


class Pending(Struct, frozen=True):
    """Who put forward what waits to be confirmed (None for the feed), and its mark; empty when nothing waits."""

    by: UUID | None
    mark: str


async def pending(tx: ForceTx, person_id: UUID) -> Pending:
    """Say what a page needs to let a member of staff confirm what waits about somebody whom they see."""
    person, _risk = await _person(tx, person_id)
    return Pending(person.pending_by, mark(tx.keys, person))
