"""Record systems that may push events, and by what each proves who it is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class ClientRow(Struct, frozen=True):
    """A record system's client."""

    id: UUID
    client_id: str
    name: str
    active: bool
    may: list[str]
    made_at: datetime
    last_used_at: datetime | None
    disabled_at: datetime | None


class KeyRow(Struct, frozen=True):
    """A secret, as its hash, or a public key as a JSON Web Key. From `ends_at` on it proves nothing."""

    id: UUID
    client_id: UUID
    kind: str
    secret_hash: bytes | None
    public_key: str | None
    made_at: datetime
    made_by: str
    ends_at: datetime | None
    last_used_at: datetime | None


_COLUMNS = "c.id, c.client_id, c.name, c.active, c.may, c.made_at, c.last_used_at, c.disabled_at"
_ADD = "insert into app.client (force_id, id, client_id, name, active, may) values ($1, $2, $3, $4, true, $5::text[])"
_BY_CLIENT_ID = f"select {_COLUMNS} from app.client c where c.force_id = $1 and client_id = $2"
_ONE = f"select {_COLUMNS} from app.client c where c.force_id = $1 and c.id = $2"
_ALL = f"select {_COLUMNS} from app.client c where c.force_id = $1 order by c.active desc, c.name, c.id limit $2"
# Who acts by a token: its client is not disabled, and the key that it came by proves something still.
_ACTING = f"""
select {_COLUMNS} from app.client c
join app.client_key k on k.force_id = $1 and k.client_id = c.id and k.id = $3
where c.force_id = $1 and c.client_id = $2 and c.active and (k.ends_at is null or k.ends_at > now())
"""
_USED = """
update app.client set last_used_at = now()
where force_id = $1 and id = $2 and (last_used_at is null or last_used_at < now() - interval '1 minute')
"""
_CHANGE = "update app.client set name = $3, may = $4::text[] where force_id = $1 and id = $2"
_SWITCH = """
update app.client set active = $3, disabled_at = case when $3 then null else now() end
where force_id = $1 and id = $2 and active <> $3
"""
_LOCK = "select id from app.client where force_id = $1 and id = $2 for update"
_KEYS = """
select k.id, k.client_id, k.kind, k.secret_hash, k.public_key, k.made_at, coalesce(s.name, ''), k.ends_at, k.last_used_at
from app.client_key k left join app.staff s on s.force_id = $1 and s.id = k.made_by
where k.force_id = $1 and k.client_id = any($2::uuid[]) and (k.ends_at is null or k.ends_at > now())
order by k.made_at desc, k.id desc
"""
_ADD_KEY = """
insert into app.client_key (force_id, id, client_id, kind, secret_hash, public_key, made_by) values ($1, $2, $3, $4, $5, $6, $7)
"""
_END_OTHERS = """
update app.client_key set ends_at = $4
where force_id = $1 and client_id = $2 and id <> $3 and (ends_at is null or ends_at > $4)
"""
_END = """
update app.client_key set ends_at = now()
where force_id = $1 and client_id = $2 and id = $3 and (ends_at is null or ends_at > now())
"""
_KEEP = "update app.client_key set ends_at = null where force_id = $1 and client_id = $2 and ends_at > now()"
_KEY_USED = "update app.client_key set last_used_at = now() where force_id = $1 and id = $2"
_ADD_PROOF = """
insert into app.client_proof (force_id, id, client_id, digest, expires_at) values ($1, $2, $3, $4, $5)
on conflict (force_id, client_id, digest) do nothing
"""
_SWEEP = "delete from app.client_proof where force_id = $1 and expires_at < now()"


async def add(tx: ForceTx, client_id: str, name: str, may: Sequence[str]) -> UUID:
    """Enter a client and return its id."""
    row_id = ids.new()
    await tx.run(_ADD, row_id, client_id, name, list(may))
    return row_id


async def by_client_id(tx: ForceTx, client_id: str) -> ClientRow | None:
    """Return a client of this force, or None."""
    return await tx.one(ClientRow, _BY_CLIENT_ID, client_id)


async def one(tx: ForceTx, row_id: UUID) -> ClientRow | None:
    """Return a client of this force by its row, or None."""
    return await tx.one(ClientRow, _ONE, row_id)


async def every(tx: ForceTx, limit: int) -> list[ClientRow]:
    """Return the force's clients, those that are not disabled first, by name."""
    return await tx.all(ClientRow, _ALL, limit)


async def acting(tx: ForceTx, client_id: str, key_id: UUID) -> ClientRow | None:
    """Return the client that this key still proves, or None."""
    return await tx.one(ClientRow, _ACTING, client_id, key_id)


async def used(tx: ForceTx, row_id: UUID) -> None:
    """Note that a client was used; once a minute is enough."""
    await tx.run(_USED, row_id)


async def change(tx: ForceTx, row_id: UUID, name: str, may: Sequence[str]) -> bool:
    """Change what a client is called and may do; say whether there is one."""
    return await tx.run(_CHANGE, row_id, name, list(may)) > 0


async def switch(tx: ForceTx, row_id: UUID, *, active: bool) -> bool:
    """Disable a client or let it in again; say whether that changed anything."""
    return await tx.run(_SWITCH, row_id, active) > 0


async def lock(tx: ForceTx, row_id: UUID) -> bool:
    """Let nobody else change a client's keys before this transaction ends; say whether there is such a client."""
    return await tx.value(_LOCK, row_id) is not None


async def keys(tx: ForceTx, row_ids: Sequence[UUID]) -> list[KeyRow]:
    """Return what proves something for these clients, the newest first."""
    return await tx.all(KeyRow, _KEYS, list(row_ids))


async def add_key(
    tx: ForceTx, row_id: UUID, kind: str, secret_hash: bytes | None, public_key: str | None, made_by: UUID | None
) -> UUID:
    """Enter a key of a client and return its id."""
    key_id = ids.new()
    await tx.run(_ADD_KEY, key_id, row_id, kind, secret_hash, public_key, made_by)
    return key_id


async def end_others(tx: ForceTx, row_id: UUID, key_id: UUID, at: datetime) -> None:
    """Let every key of a client but this one end by then, at the latest."""
    await tx.run(_END_OTHERS, row_id, key_id, at)


async def end_key(tx: ForceTx, row_id: UUID, key_id: UUID) -> bool:
    """End a key of a client at once; say whether there was one to end."""
    return await tx.run(_END, row_id, key_id) > 0


async def keep_last(tx: ForceTx, row_id: UUID) -> None:
    """Let what is left of a client's keys go on without an end."""
    await tx.run(_KEEP, row_id)


async def key_used(tx: ForceTx, key_id: UUID) -> None:
    """Note that a key was used."""
    await tx.run(_KEY_USED, key_id)


async def add_proof(tx: ForceTx, row_id: UUID, digest: bytes, expires_at: datetime) -> bool:
    """Keep what a client has signed until it expires; say whether it is new."""
    return await tx.run(_ADD_PROOF, ids.new(), row_id, digest, expires_at) > 0


async def sweep(tx: ForceTx) -> int:
    """Forget what has expired; return how many."""
    return await tx.run(_SWEEP)
