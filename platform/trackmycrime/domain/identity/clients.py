"""Record systems: their clients, and the tokens that let them push events for ten minutes."""

import hashlib
import hmac
import secrets
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.store.identity import clients as rows
from trackmycrime.store.identity.clients import ClientRow
from trackmycrime.tx import ForceTx

_LONGEST_NAME = 80


class NewClient(Struct, frozen=True):
    """A client that was just made; its secret is told once and not kept."""

    id: UUID
    client_id: str
    client_secret: str


async def make(tx: ForceTx, name: str) -> NewClient:
    """Make a client for a record system. Its secret is 256 random bits, stored as a SHA-256."""
    if not 0 < len(name.strip()) <= _LONGEST_NAME:
        raise Invalid({"name": _("Enter a name of up to %(number)s characters", number=_LONGEST_NAME)})
    client_id, secret = f"{tx.force.slug}-{secrets.token_hex(8)}", secrets.token_urlsafe(32)
    row_id = await rows.add(tx, client_id, name.strip(), hashed(secret))
    await audit.record(tx, "client.made", subject_id=row_id)
    return NewClient(row_id, client_id, secret)


def hashed(secret: str) -> bytes:
    """Return what is stored of a secret. It is random and long, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).digest()


def proves(client: ClientRow, secret: str) -> bool:
    """Say whether this is the client's secret."""
    return hmac.compare_digest(client.secret_hash, hashed(secret))


async def find(tx: ForceTx, client_id: str) -> ClientRow | None:
    """Return an active client of this force, or None."""
    row = await rows.by_client_id(tx, client_id)
    return row if row and row.active else None


async def acting(tx: ForceTx, client_id: str) -> Actor | None:
    """Return the record system that acts by a token of this client, or None when the client was disabled since."""
    row = await find(tx, client_id)
    if row is None:
        return None
    await rows.used(tx, row.id)
    return Actor(Kind.RECORD_SYSTEM, row.id, role="record_system", name=row.name)
