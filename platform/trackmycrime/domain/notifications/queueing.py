"""Putting notifications into the outbox, in the transaction that gives the reason for them."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from trackmycrime.domain import people, tasks
from trackmycrime.domain.people import Person, Risk
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.store import notifications as rows
from trackmycrime.store.notifications import Choice, NewNotification
from trackmycrime.tx import ForceTx

DISPATCH = "dispatch"  # the job that sends what is queued


class NoticeKind(StrEnum):
    """What a notification is for. What it says is the same for everything that happens on a case."""

    INVITE = "invite"
    NEWS = "news"
    STAFF_INVITE = "staff_invite"


class Channel(StrEnum):
    """How it goes out."""

    EMAIL = "email"
    TEXT = "text"


async def news(tx: ForceTx, told: Mapping[UUID, Collection[UUID]]) -> None:
    """Tell people (by case) that there is something new to read, as they chose; for those at risk it is a person's task.

    Somebody who has not registered is told nothing: there is nothing yet that they could open.
    """
    choices = await rows.choices(tx, list({person for persons in told.values() for person in persons}))
    found = await people.by_id(tx, list(choices))
    risks = await people.risks(tx, found.values())
    texts = configuration(tx).has(Feature.SMS)
    safe = [person for person in found.values() if risks[person.id] is Risk.NONE]
    await _queue(tx, [n for person in safe for n in _chosen(person, choices[person.id], texts=texts)])
    for case_id, persons in told.items():
        at_risk = {person: risks[person] for person in persons if risks.get(person, Risk.NONE) is not Risk.NONE}
        await tell_in_person(tx, case_id, at_risk)


def _chosen(person: Person, choice: Choice, *, texts: bool) -> list[NewNotification]:
    found: list[NewNotification] = []
    if choice.email_on and person.contact.email:
        found.append(NewNotification(NoticeKind.NEWS, Channel.EMAIL, person.id))
    if texts and choice.text_on and choice.mobile:
        found.append(NewNotification(NoticeKind.NEWS, Channel.TEXT, person.id))
    return found


async def tell_in_person(tx: ForceTx, case_id: UUID | None, risks: Mapping[UUID, Risk]) -> None:
    """Make it a person's task to tell those whom we must not tell by ourselves."""
    if not risks:
        return
    kind = TaskKind.TELL_IN_PERSON
    await tasks.enter(
        tx, [tasks.new(kind, case_id=case_id, person_id=person, why=[risk]) for person, risk in risks.items()]
    )


async def invite(tx: ForceTx, invited: Sequence[tuple[UUID, Person]]) -> None:
    """Send invitations (its id, whom): by email, else by text where the force sends texts."""
    texts = configuration(tx).has(Feature.SMS)
    queued: list[NewNotification] = []
    for invite_id, person in invited:
        if person.contact.email:
            queued.append(NewNotification(NoticeKind.INVITE, Channel.EMAIL, person.id, invite_id=invite_id))
        elif person.contact.mobile and texts:
            queued.append(NewNotification(NoticeKind.INVITE, Channel.TEXT, person.id, invite_id=invite_id))
    await _queue(tx, queued)


async def invite_staff(tx: ForceTx, staff_id: UUID) -> None:
    """Send a member of staff the link by which they choose a password."""
    await _queue(tx, [NewNotification(NoticeKind.STAFF_INVITE, Channel.EMAIL, staff_id=staff_id)])


async def _queue(tx: ForceTx, queued: Sequence[NewNotification]) -> None:
    if queued:
        await rows.add(tx, queued)
        tx.wake(DISPATCH)
