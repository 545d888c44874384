"""Inbound events, stored once."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from msgspec import Struct
from msgspec.structs import astuple

from trackmycrime.tx import ForceTx


class EventRow(Struct, frozen=True):
    """An event as it is stored; its content is sealed."""

    id: UUID
    source_id: str
    digest: bytes
    type: str
    case_id: UUID | None
    state: str
    reason: str
    content: bytes
    backfill: bool
    happened_at: datetime | None
    client_id: UUID | None = None


class WaitingRow(EventRow, frozen=True):
    """An event that waits, with what somebody corrected it to."""

    correction: bytes | None = None


_SEEN = "select source_id, digest from app.event where force_id = $1 and source_id = any($2::text[])"
_ADD = """
insert into app.event (force_id, id, source_id, digest, type, case_id, state, reason, content, backfill, happened_at, client_id)
select $1, * from unnest($2::uuid[], $3::text[], $4::bytea[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::bytea[],
                         $10::bool[], $11::timestamptz[], $12::uuid[])
on conflict (force_id, source_id, digest) do nothing
"""
COLUMNS = "id, source_id, digest, type, case_id, state, reason, content, backfill, happened_at, client_id, correction"
_HELD = f"""
select {COLUMNS} from app.event where force_id = $1 and state = 'held' and case_id = any($2::uuid[]) and reason like $3 || '%' order by id
"""
_SETTLE = """
update app.event e set state = t.state, reason = t.reason
from unnest($2::uuid[], $3::text[], $4::text[]) as t(id, state, reason) where e.force_id = $1 and e.id = t.id
"""


async def seen(tx: ForceTx, source_ids: Sequence[str]) -> dict[str, set[bytes]]:
    """Return, for each id that came before, the digests of what it said."""
    found: dict[str, set[bytes]] = {}
    for source_id, digest in await tx.pairs(_SEEN, list(source_ids)):
        found.setdefault(source_id, set()).add(digest)
    return found


async def add(tx: ForceTx, events: Sequence[EventRow]) -> None:
    """Store events, but for those that somebody else stored at the same moment."""
    ordered = sorted(events, key=attrgetter("source_id"))  # two batches never wait in a ring
    await tx.many(_ADD, [astuple(event) for event in ordered])


async def held(tx: ForceTx, case_ids: Sequence[UUID], reason: str) -> list[WaitingRow]:
    """Return the events of these cases that are held for a reason (by its name)."""
    return await tx.all(WaitingRow, _HELD, list(case_ids), reason)


async def settle(tx: ForceTx, settled: Sequence[tuple[UUID, str, str]]) -> None:
    """Write what became of events: (id, state, reason)."""
    await tx.many(_SETTLE, settled)
