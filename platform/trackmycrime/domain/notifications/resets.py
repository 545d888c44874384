"""The link to a new password: to the address on record alone, and at risk only where a person has made sure that it is safe."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import people, tasks
from trackmycrime.domain.notifications import wording
from trackmycrime.domain.notifications.queueing import Channel, NoticeKind, invite_channel, queue
from trackmycrime.domain.notifications.ready import Dropped, Ready
from trackmycrime.domain.people import Contact, Leave, Person, Risk
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.store import resets as rows
from trackmycrime.store.notifications import Choice, Due, NewNotification
from trackmycrime.store.resets import ResetRow
from trackmycrime.tx import ForceTx

LIVES = timedelta(minutes=30)
"""How long a link is good for, from when it may go out."""


class _Asked(Struct, frozen=True):
    """An open request of somebody, and what they may be told."""

    row: ResetRow
    leave: Leave


async def reset(tx: ForceTx, person: Person | None, leave: Leave | None = None) -> None:
    """Send somebody the link to a new password. For nobody the same is queued, so that it takes as long; it goes nowhere.

    Whether it is safe is asked when it is sent, out of sight of whoever asked for it. Where a member of staff sends it,
    `leave` says by which channel that may be.
    """
    channel = invite_channel(tx, person, leave) if person and leave else None
    queued = NewNotification(NoticeKind.RESET, channel or _on_record(tx, person), person.id if person else None)
    await queue(tx, [queued])


def _on_record(tx: ForceTx, person: Person | None) -> Channel:
    contact = person.contact if person else Contact()
    by_text = not contact.email and contact.mobile and configuration(tx).has(Feature.SMS)
    return Channel.TEXT if by_text else Channel.EMAIL


async def checked(
    tx: ForceTx, due: Sequence[Due], found: Mapping[UUID, Person], choices: Mapping[UUID, Choice]
) -> list[Ready]:
    """Return what goes out to those who asked for a link; whoever it is not safe for is helped by a person."""
    if not due:
        return []
    asked = await _asked(tx, [found[each] for item in due if (each := item.person_id) and each in choices])
    ready = [_checked(tx, item, found.get(item.person_id), asked.get(item.person_id)) for item in due if item.person_id]
    await rows.keep(
        tx, {asked[p].row.id: item.later + LIVES for item in ready if item.later and (p := item.due.person_id)}
    )
    unsafe = [item for item in ready if item.dropped in {Dropped.AT_RISK, Dropped.OTHER_CHANNEL}]
    await _help(
        tx, {p: (asked[p].row.case_id, _why(item, asked[p].leave)) for item in unsafe if (p := item.due.person_id)}
    )
    return ready


async def _asked(tx: ForceTx, persons: Sequence[Person]) -> dict[UUID, _Asked]:
    """Return what these people asked for. With whom a person has spoken, that they shut their account stands in no way."""
    opened = await rows.of_people(tx, [person.id for person in persons])
    sure = {person_id for person_id, row in opened.items() if row.confirmed_by}
    leaves = await people.leaves(tx, [person for person in persons if person.id not in sure])
    leaves |= await people.leaves(tx, [person for person in persons if person.id in sure], returning=True)
    return {person_id: _Asked(row, leaves[person_id]) for person_id, row in opened.items()}


def _checked(tx: ForceTx, due: Due, person: Person | None, asked: _Asked | None) -> Ready:
    """Send the link where it is safe, whatever else somebody has switched off."""
    if person is None or asked is None:
        return Ready(due, None, Dropped.NO_ADDRESS if person is None else Dropped.RESET_ENDED)
    if stopped := _stopped(due, asked):
        return Ready(due, None, stopped)
    address = person.contact.email if due.channel == Channel.EMAIL else person.contact.mobile
    if not address:
        return Ready(due, None, Dropped.NO_ADDRESS)
    return wording.to_victim(tx, due, person, address, asked.leave, asked.row.id)


def _stopped(due: Due, asked: _Asked) -> str:
    leave = asked.leave
    if leave.refused or (leave.risk is not Risk.NONE and asked.row.confirmed_by is None):
        return Dropped.AT_RISK
    return Dropped.OTHER_CHANNEL if leave.safe and due.channel != leave.safe.channel else ""


def _why(item: Ready, leave: Leave) -> str:
    return item.dropped if item.dropped == Dropped.OTHER_CHANNEL else leave.refused or leave.risk


async def _help(tx: ForceTx, asked: Mapping[UUID, tuple[UUID | None, str]]) -> None:
    """Make it a person's task to help somebody (on a case, and why) to a new password."""
    kind = TaskKind.PASSWORD_HELP
    entered = [tasks.new(kind, case_id=case, person_id=person, why=[why]) for person, (case, why) in asked.items()]
    if entered:
        await tasks.enter(tx, entered)
