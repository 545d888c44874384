"""Putting notifications into the outbox, in the transaction that gives the reason for them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from trackmycrime.domain import people, tasks
from trackmycrime.domain.people import Leave, Person
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.time import now
from trackmycrime.store import notifications as rows
from trackmycrime.store.notifications import Choice, NewNotification
from trackmycrime.tx import ForceTx

DISPATCH = "dispatch"  # the job that sends what is queued


class NoticeKind(StrEnum):
    """What a notification is for. What it says is the same for everything that happens on a case."""

    AUDIT_BROKEN = "audit_broken"
    CODE = "code"
    DEVICE = "device"
    FEED_LATE = "feed_late"
    INVITE = "invite"
    NEWS = "news"
    RESET = "reset"
    STAFF_INVITE = "staff_invite"


class Channel(StrEnum):
    """How it goes out."""

    EMAIL = "email"
    TEXT = "text"


async def news(tx: ForceTx, told: Mapping[UUID, Collection[UUID]]) -> None:
    """Tell people (by case) that there is something new to read, as they chose.

    Those at risk are told only as staff recorded that it is safe; otherwise telling them is a person's task.

    Somebody who has not registered is told nothing: there is nothing yet that they could open.
    """
    choices = await rows.choices(tx, list({person for persons in told.values() for person in persons}))
    found = await people.by_id(tx, list(choices))
    leaves = await people.leaves(tx, found.values())
    texts = configuration(tx).has(Feature.SMS)
    chosen = {
        person.id: _chosen(person, choices[person.id], leaves[person.id], texts=texts) for person in found.values()
    }
    await queue(tx, [notification for some in chosen.values() for notification in some])
    by_people = {person: why for person, leave in leaves.items() if (why := _why_a_person(leave, chosen[person]))}
    for case_id, persons in told.items():
        await tell_in_person(tx, case_id, {person: by_people[person] for person in persons if person in by_people})


async def device(tx: ForceTx, person: Person, leave: Leave) -> None:
    """Tell somebody, as they chose and as far as it is safe, that there is something to read: that a new device was used."""
    choices = await rows.choices(tx, [person.id])
    if person.id in choices:
        texts = configuration(tx).has(Feature.SMS)
        await queue(tx, _chosen(person, choices[person.id], leave, kind=NoticeKind.DEVICE, texts=texts))


def _why_a_person(leave: Leave, chosen: Sequence[NewNotification]) -> str:
    """Say why a person has to tell somebody. Whoever switched their one safe channel off is told by no other by itself."""
    return leave.refused or ("switched_off" if leave.safe and not chosen else "")


def _chosen(
    person: Person, choice: Choice, leave: Leave, *, texts: bool, kind: NoticeKind = NoticeKind.NEWS
) -> list[NewNotification]:
    if leave.refused:
        return []
    ways: dict[Channel, bool] = {
        Channel.EMAIL: choice.email_on and bool(person.contact.email),
        Channel.TEXT: texts and choice.text_on and bool(person.contact.mobile if leave.safe else choice.mobile),
    }
    return [
        NewNotification(kind, channel, person.id, not_before=_not_before(leave))
        for channel, open_to_us in ways.items()
        if open_to_us and (leave.safe is None or leave.safe.channel == channel)
    ]


def _not_before(leave: Leave) -> datetime | None:
    return leave.next_moment(now()) if leave.safe or leave.hours else None


async def tell_in_person(tx: ForceTx, case_id: UUID | None, reasons: Mapping[UUID, str]) -> None:
    """Make it a person's task to tell those whom we must not tell by ourselves, and say why."""
    if not reasons:
        return
    kind = TaskKind.TELL_IN_PERSON
    await tasks.enter(
        tx, [tasks.new(kind, case_id=case_id, person_id=person, why=[why]) for person, why in reasons.items()]
    )


def invite_channel(tx: ForceTx, person: Person, leave: Leave) -> Channel | None:
    """Return how an invitation reaches somebody: by the channel that staff recorded, else by email, else by text.

    None where they have no such address or number, or the force sends no texts.
    """
    ways = {
        Channel.EMAIL: bool(person.contact.email),
        Channel.TEXT: bool(person.contact.mobile) and configuration(tx).has(Feature.SMS),
    }
    safe = leave.safe
    return next((way for way, there in ways.items() if there and (safe is None or safe.channel == way)), None)


async def invite(tx: ForceTx, invited: Sequence[tuple[UUID, Person]], leaves: Mapping[UUID, Leave]) -> None:
    """Send invitations (its id, whom) to people of whom `leaves` says that they may be told."""
    queued: list[NewNotification] = []
    for invite_id, person in invited:
        leave = leaves[person.id]
        channel = invite_channel(tx, person, leave)
        if channel and not leave.refused:
            not_before = _not_before(leave)
            queued.append(
                NewNotification(NoticeKind.INVITE, channel, person.id, invite_id=invite_id, not_before=not_before)
            )
    await queue(tx, queued)


async def invite_staff(tx: ForceTx, staff_ids: Sequence[UUID]) -> None:
    """Send members of staff the link by which they choose a password."""
    kind, channel = NoticeKind.STAFF_INVITE, Channel.EMAIL
    await queue(tx, [NewNotification(kind, channel, staff_id=staff_id) for staff_id in staff_ids])


async def feed_is_late(tx: ForceTx, staff_ids: Sequence[UUID]) -> None:
    """Tell administrators that nothing has come from the record system for too long; the email does not say so."""
    await queue(tx, [NewNotification(NoticeKind.FEED_LATE, Channel.EMAIL, staff_id=each) for each in staff_ids])


async def audit_is_broken(tx: ForceTx, staff_ids: Sequence[UUID]) -> None:
    """Tell administrators that the record of what was done is not whole any more; the email does not say so."""
    await queue(tx, [NewNotification(NoticeKind.AUDIT_BROKEN, Channel.EMAIL, staff_id=each) for each in staff_ids])


async def queue(tx: ForceTx, queued: Sequence[NewNotification]) -> None:
    """Put these into the outbox, and wake whoever sends them."""
    if queued:
        await rows.add(tx, queued)
        tx.wake(DISPATCH)
