"""What a signed-in person does with their account: a new password, let nobody in, ask to withdraw, stop using it."""

from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, feed, people, tasks
from trackmycrime.domain.cases import factors, proof
from trackmycrime.domain.cases.access import Case
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.identity import passwords, sessions
from trackmycrime.domain.identity.sessions import Begun, BrowserKind, Session
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import accounts, resets
from trackmycrime.store.cases import links as parts
from trackmycrime.tx import ForceDoor, ForceTx


class Shut(StrEnum):
    """Why nobody gets into an account any more. The words are stored."""

    FROZEN = "frozen"
    CLOSED = "closed"


class Changed(Struct, frozen=True):
    """The session that takes the place of the one before; `device` is what the cookie of a known device is to name."""

    begun: Begun
    device: UUID


async def change_password(
    door: ForceDoor, session: Session, by: Browser, old: str, password: str, repeated: str
) -> Changed:
    """Set a new password, for whoever knows the old one. They stay signed in here alone, and no device is known any more.

    Raises Invalid and Slower.
    """
    async with door.open(session.actor) as tx:
        person = (await people.by_id(tx, [session.actor.id]))[session.actor.id]
        shortest = await factors.shortest_password(tx, person.id)
    known = person.identity
    own = passwords.own_facts(known.date_of_birth, known.given_names, known.last_name, door.force.slug)
    passwords.require_good(password, repeated, own, shortest=shortest)
    await proof.prove(door, session, old, by, field="current_password")
    hashed = await passwords.hashed(password)
    async with door.open(session.actor) as tx:
        return await _changed(tx, session, hashed, by.kind)


async def _changed(tx: ForceTx, session: Session, hashed: str, kind: BrowserKind) -> Changed:
    person_id = session.actor.id
    devices = await accounts.set_password(tx, person_id, hashed)
    if devices is None:  # it was shut meanwhile
        raise NotFound(_("Page not found"))
    await resets.withdraw(tx, person_id)
    await sessions.end_all(tx, person_id)
    await audit.record(tx, "password.changed", subject_id=person_id)
    begun = await sessions.begin(tx, session.actor.kind, person_id, shared=session.shared, browser=kind)
    if session.followed is not None:
        await sessions.choose_case(tx, begun.session, session.followed.id)
    return Changed(begun, devices)


async def freeze(tx: ForceTx, session: Session) -> None:
    """Let nobody in and send nothing, because somebody else may be reading; a person calls them now.

    They are known by the case that they look at, and who has none to look at by the newest that concerns them.
    """
    await _shut(tx, Shut.FROZEN)
    case_id = session.followed.id if session.followed else await parts.nearest(tx, tx.actor.id)
    await tasks.enter(tx, [tasks.new(TaskKind.ACCOUNT_FROZEN, case_id=case_id, person_id=tx.actor.id)])
    await feed.tell(tx, [Fact("account.frozen", case_id, tx.actor.id)])


async def close(tx: ForceTx) -> None:
    """Stop using the service: nobody gets in, nothing is sent, and what the victim has a right to hear a person tells."""
    await _shut(tx, Shut.CLOSED)
    await feed.tell(tx, [Fact("account.closed", None, tx.actor.id)])


async def _shut(tx: ForceTx, why: Shut) -> None:
    if not await accounts.shut(tx, tx.actor.id, why):
        raise NotFound(_("Page not found"))
    await resets.withdraw(tx, tx.actor.id)
    await sessions.end_all(tx, tx.actor.id)
    await audit.record(tx, f"account.{why}", subject_id=tx.actor.id)


async def ask_to_withdraw(tx: ForceTx, case: Case) -> None:
    """Ask a person to call about withdrawing. Nothing else changes: it may not be the victim's own wish, or not for good."""
    await tasks.enter(tx, [tasks.new(TaskKind.WITHDRAWAL, case_id=case.id, person_id=tx.actor.id)])
    await audit.record(tx, "withdrawal.asked", subject_id=tx.actor.id, case_id=case.id)
    await feed.tell(tx, [Fact("withdrawal.asked", case.id, tx.actor.id)])
