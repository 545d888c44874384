"""Ways to sign in beside a password: which somebody has, and adding or removing one behind the password."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit, people
from trackmycrime.domain.cases import own_notices, proof
from trackmycrime.domain.identity import passwords
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit import ids
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import factors as rows
from trackmycrime.store import people as people_rows
from trackmycrime.store.factors import FactorRow, NewFactor
from trackmycrime.tx import ForceDoor, ForceTx

LONGEST_NAME = 60


class FactorKind(StrEnum):
    """What sort of way it is. The words are stored."""

    PASSKEY = "passkey"
    AUTHENTICATOR = "authenticator"
    CARD = "card"
    TEXT = "text"


class Content(Struct, frozen=True):
    """What is sealed of a way to sign in: what its owner calls it, its secret or public key, and the id of a passkey."""

    name: str
    secret: bytes
    credential: bytes = b""


class Factor(Struct, frozen=True):
    """A way to sign in, as its owner sees it. `left` counts the codes of a card that still work."""

    id: UUID
    kind: FactorKind
    name: str
    made_at: datetime
    used_at: datetime | None
    left: int


class HasOne(Conflict):
    """There is one already, of which there can be one."""

    def __init__(self) -> None:
        super().__init__(_("You have set this up already. Remove the old one first."))


def place(factor_id: UUID) -> bytes:
    """Return the place that the content of a way to sign in is bound to."""
    return b"factor " + factor_id.bytes


def opened(tx: ForceTx, row: FactorRow) -> Content:
    """Return what is sealed of a way to sign in."""
    return msgspec.json.decode(tx.keys.unwrap(row.data_key).open(row.content, place(row.id)), type=Content)


def _factor(tx: ForceTx, row: FactorRow) -> Factor:
    return Factor(row.id, FactorKind(row.kind), opened(tx, row).name, row.made_at, row.used_at, row.left)


async def own(tx: ForceTx) -> list[Factor]:
    """Return the ways in which the signed-in victim can sign in beside their password, the oldest first."""
    return [_factor(tx, row) for row in await rows.of_person(tx, tx.actor.id)]


async def one(tx: ForceTx, factor_id: UUID) -> Factor:
    """Return one of the signed-in victim's own. Raises NotFound when it is not theirs, or gone."""
    row = await rows.one(tx, factor_id, tx.actor.id)
    if row is None:
        raise NotFound(_("Page not found"))
    return _factor(tx, row)


async def require_none(tx: ForceTx, kind: FactorKind) -> None:
    """Raise HasOne when the signed-in victim has one of this kind."""
    if await rows.of_kind(tx, tx.actor.id, kind) is not None:
        raise HasOne


async def add(
    tx: ForceTx,
    session: Session,
    kind: FactorKind,
    content: Content,
    *,
    handle: bytes | None = None,
    counter: int = 0,
) -> UUID:
    """Write a way to sign in for the signed-in victim, who has proved themselves for it, and tell them; return its id.

    Raises HasOne when there is one already, or their account was shut meanwhile.
    """
    factor_id, person = ids.new(), (await people.by_id(tx, [tx.actor.id]))[tx.actor.id]
    sealed = tx.keys.unwrap(person.data_key or b"").seal(msgspec.json.encode(content), place(factor_id))
    if not await rows.add(tx, NewFactor(factor_id, person.id, kind, sealed, handle, counter)):
        raise HasOne
    await audit.record(tx, "factor.added", subject_id=person.id, factor=str(factor_id), kind=kind)
    await own_notices.tell_owner(tx, session, "factor_added", what=kind)
    return factor_id


async def remove(door: ForceDoor, session: Session, factor_id: UUID, password: str, by: Browser) -> None:
    """Remove one of the signed-in victim's own, for whoever knows the password; they are told.

    Raises NotFound when it is not theirs, Invalid and Slower for a wrong password, and Invalid where the password would be
    too short to stand alone (NIST SP 800-63B-4, 3.1.1.1).
    """
    async with door.open(session.actor) as tx:
        factor = await one(tx, factor_id)
    await proof.prove(door, session, password, by)
    if factor.kind is FactorKind.AUTHENTICATOR and len(password) < passwords.SHORTEST:
        raise Invalid({"password": _("Your password is short. Change it to a longer one before you remove this.")})
    async with door.open(session.actor) as tx:
        await one(tx, factor_id)
        await rows.remove(tx, tx.actor.id, [factor_id])
        await audit.record(tx, "factor.removed", subject_id=tx.actor.id, factor=str(factor_id), kind=factor.kind)
        await own_notices.tell_owner(tx, session, "factor_removed", what=factor.kind)


async def remove_all(tx: ForceTx, person_id: UUID) -> int:
    """Remove all that somebody has, because it is lost or may be somebody else's; return how many. It is audited."""
    found = [row.id for row in await rows.of_person(tx, person_id)]
    if found:
        await rows.remove(tx, person_id, found)
        await audit.record(tx, "factors.removed", subject_id=person_id, number=len(found))
    return len(found)


async def shortest_password(tx: ForceTx, person_id: UUID) -> int:
    """Return how long somebody's password has to be: shorter where a second step is asked for (NIST SP 800-63B-4)."""
    account = await people_rows.account(tx, person_id)
    return passwords.SHORTEST_OF_TWO if account and account.stepped else passwords.SHORTEST
