"""The audit of a force: rows written with the deed, and the chain over them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class Deed(Struct, frozen=True):
    """What was done, to what."""

    what: str
    subject_id: UUID | None = None
    case_id: UUID | None = None
    reason: bytes | None = None
    detail: dict[str, object] = {}


class AuditRow(Struct, frozen=True):
    """A row of the audit, in the order in which it is sealed."""

    id: UUID
    at: datetime
    actor_kind: str
    actor_id: UUID
    what: str
    subject_id: UUID | None
    case_id: UUID | None
    reason: bytes | None
    detail: dict[str, object]


class Seal(Struct, frozen=True):
    """One link of the chain."""

    position: int
    audit_id: UUID
    audit_at: datetime
    digest: bytes


_LONGEST = timedelta(hours=1)  # no transaction is open for longer: nothing can still appear further back
_ADD = """
insert into app.audit (force_id, id, actor_kind, actor_id, what, subject_id, case_id, reason, detail)
select $1, id, $8::text, $9::uuid, what, subject_id, case_id, reason, detail::jsonb
from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::bytea[], $7::text[]) as t(id, what, subject_id, case_id, reason, detail)
"""
_COLUMNS = "a.id, a.at, a.actor_kind, a.actor_id, a.what, a.subject_id, a.case_id, a.reason, a.detail"
_FROM = f"""
select {_COLUMNS} from app.audit a
where a.force_id = $1
  and a.at >= coalesce((select s.audit_at from app.audit_seal s where s.force_id = $1 order by s.position desc limit 1),
                       '-infinity'::timestamptz) - $3::interval
"""
_ITS_SEAL = "(select s.id from app.audit_seal s where s.force_id = $1 and s.audit_id = a.id limit 1)"
_IN_ORDER = "order by a.at, a.id limit $2"
# What comes next is asked for row by row, and the asking ends with enough of them; in a whole window most are sealed, and
# comparing all with all costs a quarter of asking one by one.
_NEXT = f"{_FROM} and {_ITS_SEAL} is null {_IN_ORDER}"
_LATE = f"{_FROM} and not exists {_ITS_SEAL} {_IN_ORDER}"
_HEAD = (
    "select position, audit_id, audit_at, digest from app.audit_seal where force_id = $1 order by position desc limit 1"
)
_SEAL = """
insert into app.audit_seal (force_id, id, position, audit_id, audit_at, digest)
select $1, * from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::timestamptz[], $6::bytea[])
"""
_CHAIN = """
select position, audit_id, audit_at, digest from app.audit_seal
where force_id = $1 and position > $2 order by position limit $3
"""
_LINK = "select position, audit_id, audit_at, digest from app.audit_seal where force_id = $1 and audit_id = $2"
_ROWS = f"select {_COLUMNS} from app.audit a where a.force_id = $1 and a.id = any($2::uuid[])"
_LOCK = "select pg_advisory_xact_lock(hashtextextended($1::uuid::text || ' audit', 0))"


async def add(tx: ForceTx, deeds: Sequence[Deed]) -> None:
    """Write what the actor did, in the transaction that did it."""
    rows = [(ids.new(), deed.what, deed.subject_id, deed.case_id, deed.reason, _detail(deed)) for deed in deeds]
    await tx.append(_ADD, rows, tx.actor.kind, tx.actor.id)


def _detail(deed: Deed) -> str:
    return msgspec.json.encode(deed.detail).decode()


async def unsealed(tx: ForceTx, limit: int) -> list[AuditRow]:
    """Return rows that are not in the chain yet, oldest first. One sealer at a time works on a force.

    While there is plenty behind the newest sealed row, what came late, out of a longer transaction, can wait.
    """
    await tx.run(_LOCK)
    found = await tx.all(AuditRow, _NEXT, limit, timedelta())
    return found if len(found) == limit else await tx.all(AuditRow, _LATE, limit, _LONGEST)


async def head(tx: ForceTx) -> Seal | None:
    """Return the newest link of the chain."""
    return await tx.one(Seal, _HEAD)


async def seal(tx: ForceTx, seals: Sequence[Seal]) -> None:
    """Add links to the chain."""
    await tx.many(_SEAL, [(ids.new(), link.position, link.audit_id, link.audit_at, link.digest) for link in seals])


async def chain(tx: ForceTx, after: int, limit: int) -> list[Seal]:
    """Return links in order, from the one behind position `after`."""
    return await tx.all(Seal, _CHAIN, after, limit)


async def link(tx: ForceTx, audit_id: UUID) -> Seal | None:
    """Return the link of a row, or None while it is not in the chain."""
    return await tx.one(Seal, _LINK, audit_id)


async def rows(tx: ForceTx, audit_ids: Sequence[UUID]) -> dict[UUID, AuditRow]:
    """Return audit rows by id; one that was removed is not there."""
    return {row.id: row for row in await tx.all(AuditRow, _ROWS, list(audit_ids))}
