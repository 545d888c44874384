"""Record systems that may push events."""

from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class ClientRow(Struct, frozen=True):
    """A record system's client."""

    id: UUID
    client_id: str
    name: str
    secret_hash: bytes
    active: bool


_ADD = "insert into app.client (force_id, id, client_id, name, secret_hash, active) values ($1, $2, $3, $4, $5, true)"
_BY_CLIENT_ID = "select id, client_id, name, secret_hash, active from app.client where force_id = $1 and client_id = $2"
_USED = """
update app.client set last_used_at = now()
where force_id = $1 and id = $2 and (last_used_at is null or last_used_at < now() - interval '1 minute')
"""


async def add(tx: ForceTx, client_id: str, name: str, secret_hash: bytes) -> UUID:
    """Enter a client and return its id."""
    row_id = ids.new()
    await tx.run(_ADD, row_id, client_id, name, secret_hash)
    return row_id


async def by_client_id(tx: ForceTx, client_id: str) -> ClientRow | None:
    """Return a client of this force, or None."""
    return await tx.one(ClientRow, _BY_CLIENT_ID, client_id)


async def used(tx: ForceTx, row_id: UUID) -> None:
    """Note that a client was used; once a minute is enough."""
    await tx.run(_USED, row_id)
