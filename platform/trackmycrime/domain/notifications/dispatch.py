"""Sending what is queued: claim and check, send, mark. A crash between any two of them loses nothing."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, people
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.identity import staff
from trackmycrime.domain.notifications import wording
from trackmycrime.domain.notifications.queueing import Channel, NoticeKind, tell_in_person
from trackmycrime.domain.people import Leave, Person, Risk
from trackmycrime.domain.tenancy.registry import spoken
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.senders import Senders, Undelivered
from trackmycrime.gateways.text import Text
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import now
from trackmycrime.kit.words import speaking
from trackmycrime.store import notifications as rows
from trackmycrime.store import people as people_rows
from trackmycrime.store.notifications import Choice, Due
from trackmycrime.tx import ForceDoor, ForceTx

_BATCH = 200
_AT_ONCE = 20
_LEASE = timedelta(minutes=5)  # longer than a whole batch takes while a provider swallows every message
_MOST_TRIES = 10
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
_DATABASE_AWAY_SECONDS = 0.5
_CLOCK = service("dispatch")


class Dropped(StrEnum):
    """Why somebody is not told after all; what may have changed between queueing and sending is asked again."""

    AT_RISK = "at_risk"
    OTHER_CHANNEL = "other_channel"
    NO_ADDRESS = "no_address"
    SWITCHED_OFF = "switched_off"
    INVITE_ENDED = "invite_ended"


class Ready(Struct, frozen=True):
    """A notification with what goes out, or the reason why nothing does, or `later`, when it is safe again."""

    due: Due
    what: Email | Text | None
    dropped: str = ""
    later: datetime | None = None


class Outcome(Struct, frozen=True):
    """What came of a try."""

    due: Due
    why: str = ""
    lasting: bool = False


async def waiting(tx: ForceTx) -> bool:
    """Say whether the force has anything to send now."""
    return await rows.waiting(tx)


async def dispatch(door: ForceDoor, senders: Senders) -> int:
    """Send one batch of a force's queued notifications, and return how many were claimed.

    At least once: a repeat carries the same Message-ID, and happens only where the provider's answer was lost.
    """
    until = time.monotonic() + _LEASE.total_seconds()
    async with door.open(_CLOCK) as tx:
        due = await rows.claim(tx, _BATCH, _LEASE)
        ready = await _checked(tx, due)
        await rows.end(tx, [(item.due.id, "dropped", item.dropped) for item in ready if item.dropped])
        await rows.again(tx, [(item.due.id, item.later, "safe_hours") for item in ready if item.later])
    outcomes = await _sent(senders, [item for item in ready if item.what])
    await _written(door, outcomes, until)
    return len(due)


async def _checked(tx: ForceTx, due: Sequence[Due]) -> list[Ready]:
    to_people = [item for item in due if item.person_id]
    found = await people.by_id(tx, [item.person_id for item in to_people if item.person_id])
    choices = await rows.choices(tx, list(found))
    leaves = await people.leaves(tx, found.values())
    invites = await people_rows.still_open(tx, [item.invite_id for item in to_people if item.invite_id])
    ready = [await _invite_to_staff(tx, item) for item in due if item.staff_id]
    for item in to_people:
        person = found.get(item.person_id) if item.person_id else None
        ready.append(_to_person(tx, item, person, choices, leaves, invites))
    to_known = [(person_id, item) for item in ready if (person_id := item.due.person_id) and person_id in leaves]
    refused = {
        person_id: leaves[person_id].refused or item.dropped
        for person_id, item in to_known
        if _falls_to_a_person(item, leaves[person_id])
    }
    await tell_in_person(tx, None, refused)
    return ready


def _falls_to_a_person(item: Ready, leave: Leave) -> bool:
    """Say whether a person has to do what we must not: at risk, nothing goes to another channel by itself."""
    if item.dropped in {Dropped.AT_RISK, Dropped.OTHER_CHANNEL}:
        return True
    return item.due.kind == NoticeKind.NEWS and leave.safe is not None and item.dropped != ""


async def _invite_to_staff(tx: ForceTx, due: Due) -> Ready:
    row = await staff.by_id(tx, due.staff_id) if due.staff_id else None
    if row is None or not row.email:
        return Ready(due, None, Dropped.NO_ADDRESS)
    return Ready(due, wording.staff_email(tx, due.id, row.id, row.email))


def _to_person(
    tx: ForceTx,
    due: Due,
    person: Person | None,
    choices: dict[UUID, Choice],
    leaves: dict[UUID, Leave],
    invites: dict[UUID, bool],
) -> Ready:
    if person is None:
        return Ready(due, None, Dropped.NO_ADDRESS)
    leave = leaves[person.id]
    if stopped := _stopped(due, leave, invites):
        return Ready(due, None, stopped)
    address, wanted = _address(tx, due, person, choices.get(person.id), leave)
    if not wanted:
        return Ready(due, None, Dropped.SWITCHED_OFF)
    if not address:
        return Ready(due, None, Dropped.NO_ADDRESS)
    moment = now()
    opens = leave.safe.next_moment(moment) if leave.safe else moment
    return Ready(due, None, later=opens) if opens > moment else _worded(tx, due, person, address, leave)


def _stopped(due: Due, leave: Leave, invites: dict[UUID, bool]) -> str:
    """Say what stands against telling somebody, if anything does; an invitation at risk needs its code."""
    if leave.refused:
        return Dropped.AT_RISK
    if leave.safe and due.channel != leave.safe.channel:
        return Dropped.OTHER_CHANNEL
    if due.kind == NoticeKind.INVITE:
        has_code = invites.get(due.invite_id) if due.invite_id else None
        if has_code is None:
            return Dropped.INVITE_ENDED
        return "" if leave.risk is Risk.NONE or has_code else Dropped.AT_RISK
    return ""


def _address(tx: ForceTx, due: Due, person: Person, choice: Choice | None, leave: Leave) -> tuple[str | None, bool]:
    """Return where it goes, and whether the person still wants it. At risk it goes to no number but what staff recorded."""
    if due.kind == NoticeKind.INVITE:
        return (person.contact.email if due.channel == Channel.EMAIL else person.contact.mobile), choice is None
    if choice is None:
        return None, True
    if due.channel == Channel.EMAIL:
        return person.contact.email, choice.email_on
    if leave.safe:
        return person.contact.mobile, choice.text_on
    return people.chosen_mobile(tx.keys, person, choice.mobile), choice.text_on


def _worded(tx: ForceTx, due: Due, person: Person, address: str, leave: Leave) -> Ready:
    neutral = leave.safe is not None
    with speaking(spoken(tx, person.language)):
        if due.channel == Channel.EMAIL:
            email = wording.victim_email(tx, due.id, due.kind, person.id, address, due.invite_id, neutral=neutral)
            return Ready(due, email)
        return Ready(due, wording.victim_text(tx, due.id, due.kind, address, due.invite_id, neutral=neutral))


async def _sent(senders: Senders, ready: Sequence[Ready]) -> list[Outcome]:
    limit = asyncio.Semaphore(_AT_ONCE)

    async def one(item: Ready) -> Outcome:
        async with limit:
            return await _tried(senders, item)

    return list(await asyncio.gather(*(one(item) for item in ready)))


async def _tried(senders: Senders, item: Ready) -> Outcome:
    try:
        if isinstance(item.what, Email):
            await senders.mailer.send(item.what)
        elif item.what is not None:
            await senders.texter.send(item.what)
    except Undelivered as refused:
        return Outcome(item.due, refused.why, refused.lasting)
    return Outcome(item.due)


async def _written(door: ForceDoor, outcomes: Sequence[Outcome], until: float) -> None:
    """Write what came of it; while the database is away again and again, for what is not written is sent once more."""
    while True:
        try:
            async with door.open(_CLOCK) as tx:
                await _marked(tx, outcomes)
        except Exception:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(_DATABASE_AWAY_SECONDS)
        else:
            return


async def _marked(tx: ForceTx, outcomes: Sequence[Outcome]) -> None:
    ended: list[tuple[UUID, str, str]] = []
    later: list[tuple[UUID, datetime, str]] = []
    for outcome in outcomes:
        if not outcome.why:
            ended.append((outcome.due.id, "sent", ""))
        elif outcome.lasting or outcome.due.attempts >= _MOST_TRIES:
            ended.append((outcome.due.id, "dead", outcome.why))
        else:
            later.append((outcome.due.id, now() + _wait(outcome.due.attempts), outcome.why))
    fresh = set(await rows.end(tx, ended))
    await rows.again(tx, later)
    await audit.record_all(tx, [Deed(f"notification.{state}", row_id) for row_id, state, _ in ended if row_id in fresh])


def _wait(attempts: int) -> timedelta:
    return min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (attempts - 1))
