"""Record systems: their clients, what each may do, and the tokens that let them in for ten minutes."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.identity import public_keys
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store.identity import clients as rows
from trackmycrime.store.identity.clients import ClientRow, KeyRow
from trackmycrime.tx import ForceTx

LONGEST_NAME = 80
MOST = 50
MOST_KEYS = 2
OVERLAP = timedelta(days=30)
"""How long what a client had before stays good beside what is new, at the latest."""


class May(StrEnum):
    """What a client is for. The words are stored with it."""

    SEND = "send"
    COLLECT = "collect"
    READ = "read"


class KeyKind(StrEnum):
    """By what a client proves who it is."""

    SECRET = "secret"  # noqa: S105 - the name of a kind
    PUBLIC_KEY = "public_key"


class NewClient(Struct, frozen=True):
    """A client that was just made; its secret is told once and not kept, and "" where it signs with a key of its own."""

    id: UUID
    client_id: str
    client_secret: str
    key_id: UUID


class Client(Struct, frozen=True):
    """A client, with what proves something for it now."""

    row: ClientRow
    keys: tuple[KeyRow, ...]


class Acting(Struct, frozen=True):
    """The record system that acts by a token, and what it may do."""

    actor: Actor
    may: frozenset[str]


async def make(
    tx: ForceTx, name: str, *, may: Collection[May] = tuple(May), public_key: str | None = None
) -> NewClient:
    """Make a client for a record system: with a `public_key` (PEM or JSON Web Key), or else with a secret.

    A secret is 256 random bits, stored as a SHA-256. Raises Invalid.
    """
    called, allowed = _described(name, may)
    key = public_keys.read(public_key) if public_key is not None else None
    if len(await rows.every(tx, MOST)) >= MOST:
        raise Conflict(_("Your force has %(number)s connections, and cannot have more.", number=MOST))
    client_id = f"{tx.force.slug}-{secrets.token_hex(8)}"
    row_id = await rows.add(tx, client_id, called, allowed)
    secret, key_id = await _new_key(tx, row_id, key)
    await audit.record(tx, "client.made", subject_id=row_id, may=allowed)
    return NewClient(row_id, client_id, secret, key_id)


def _described(name: str, may: Collection[May]) -> tuple[str, list[str]]:
    problems: dict[str, str] = {}
    if not 0 < len(name.strip()) <= LONGEST_NAME or not name.strip().isprintable():
        problems["name"] = _("Enter a name of up to %(number)s characters", number=LONGEST_NAME)
    if not may:
        problems["may"] = _("Choose what this connection may do")
    if problems:
        raise Invalid(problems)
    return name.strip(), [each for each in May if each in may]


async def _new_key(tx: ForceTx, row_id: UUID, public_key: str | None) -> tuple[str, UUID]:
    made_by = tx.actor.id if tx.actor.kind is Kind.STAFF else None
    if public_key is not None:
        return "", await rows.add_key(tx, row_id, KeyKind.PUBLIC_KEY, None, public_key, made_by)
    secret = secrets.token_urlsafe(32)
    return secret, await rows.add_key(tx, row_id, KeyKind.SECRET, hashed(secret), None, made_by)


def hashed(secret: str) -> bytes:
    """Return what is stored of a secret. It is random and long, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).digest()


async def every(tx: ForceTx) -> list[ClientRow]:
    """Return the force's clients, those that are not disabled first."""
    return await rows.every(tx, MOST)


async def one(tx: ForceTx, row_id: UUID) -> Client:
    """Return a client with its keys. Raises NotFound."""
    row = await rows.one(tx, row_id)
    if row is None:
        raise NotFound(_("Page not found"))
    return Client(row, tuple(await rows.keys(tx, [row_id])))


async def change(tx: ForceTx, row_id: UUID, name: str, may: Collection[May]) -> None:
    """Change what a client is called and may do, from its next request on. Raises Invalid and NotFound."""
    called, allowed = _described(name, may)
    if not await rows.change(tx, row_id, called, allowed):
        raise NotFound(_("Page not found"))
    await audit.record(tx, "client.changed", subject_id=row_id, may=allowed)


async def rotate(tx: ForceTx, row_id: UUID, *, public_key: str | None = None) -> str:
    """Give a client something new to prove itself by, and return the secret if it is one: told once and not kept.

    What it had stays good beside it until somebody ends it, for 30 days at the latest. Raises Invalid for what is no public
    key, Conflict while there are two, and NotFound.
    """
    key = public_keys.read(public_key) if public_key is not None else None
    if not await rows.lock(tx, row_id):
        raise NotFound(_("Page not found"))
    if len(await rows.keys(tx, [row_id])) >= MOST_KEYS:
        raise Conflict(_("This connection has two ways in already. End the old one first."))
    secret, key_id = await _new_key(tx, row_id, key)
    await rows.end_others(tx, row_id, key_id, now() + OVERLAP)
    await audit.record(tx, "client.key_added", subject_id=row_id, key=str(key_id))
    return secret


async def end_key(tx: ForceTx, row_id: UUID, key_id: UUID) -> None:
    """End one of a client's two keys at once, and every token that came by it; the other goes on without an end.

    Raises Conflict for the only one, and NotFound.
    """
    if not await rows.lock(tx, row_id):
        raise NotFound(_("Page not found"))
    keys = await rows.keys(tx, [row_id])
    if key_id not in {key.id for key in keys}:
        raise NotFound(_("Page not found"))
    if len(keys) == 1:
        raise Conflict(_("This is the only way in. Add a new one first, or stop the connection."))
    await rows.end_key(tx, row_id, key_id)
    await rows.keep_last(tx, row_id)
    await audit.record(tx, "client.key_ended", subject_id=row_id, key=str(key_id))


async def switch(tx: ForceTx, row_id: UUID, *, active: bool) -> None:
    """Disable a client at once, with every token it has, or let it in again. Raises NotFound."""
    if await rows.one(tx, row_id) is None:
        raise NotFound(_("Page not found"))
    if await rows.switch(tx, row_id, active=active):
        await audit.record(tx, "client.enabled" if active else "client.disabled", subject_id=row_id)


async def find(tx: ForceTx, client_id: str) -> Client | None:
    """Return an active client of this force with its keys, or None."""
    row = await rows.by_client_id(tx, client_id)
    return Client(row, tuple(await rows.keys(tx, [row.id]))) if row and row.active else None


def proven(client: Client, secret: str) -> UUID | None:
    """Return the key whose secret this is, or None."""
    given, found = hashed(secret), None
    for key in client.keys:
        if hmac.compare_digest(key.secret_hash or b"", given):
            found = key.id
    return found


async def entered(tx: ForceTx, key_id: UUID) -> None:
    """Note by which key a client got in."""
    await rows.key_used(tx, key_id)


async def acting(tx: ForceTx, client_id: str, key_id: UUID) -> Acting | None:
    """Return the record system that acts by a token, or None when its client was disabled or its key ended since."""
    row = await rows.acting(tx, client_id, key_id)
    if row is None:
        return None
    await rows.used(tx, row.id)
    return Acting(Actor(Kind.RECORD_SYSTEM, row.id, role="record_system", name=row.name), frozenset(row.may))
