"""Walks along the whole chain over the audit: the one that is under way, and what the last ones found."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class CheckRow(Struct, frozen=True):
    """A walk: how far it came, who asked for it ("" for nobody), and how the chain is broken, where it is."""

    id: UUID
    begun_at: datetime
    asked_by: str | None
    position: int
    digest: bytes
    ended_at: datetime | None
    fault: str | None
    fault_position: int | None


_SELECT = """
select c.id, c.begun_at, s.name, c.position, c.digest, c.ended_at, c.fault, c.fault_position
from app.audit_check c left join app.staff s on s.force_id = $1 and s.id = c.asked_by where c.force_id = $1
"""
_RUNNING = f"{_SELECT} and c.ended_at is null"
_LATEST = f"{_SELECT} and c.ended_at is not null order by c.ended_at desc limit $2"
_WHOLE = f"{_SELECT} and c.ended_at is not null and c.fault is null order by c.ended_at desc limit 1"
_LOCK = "select id from app.audit_check where force_id = $1 and ended_at is null for update skip locked"
_IS_DUE = """
select not exists (select from app.audit_check where force_id = $1 and (ended_at is null or ended_at > now() - $2::interval))
"""
_BEGIN = """
insert into app.audit_check (force_id, id, asked_by, position, digest) values ($1, $2, $3, 0, $4)
on conflict (force_id) where ended_at is null do nothing
"""
_GO_ON = "update app.audit_check set position = $3, digest = $4 where force_id = $1 and id = $2"
_END = "update app.audit_check set ended_at = now(), fault = $3, fault_position = $4 where force_id = $1 and id = $2"


async def running(tx: ForceTx) -> CheckRow | None:
    """Return the walk that is under way, or None."""
    return await tx.one(CheckRow, _RUNNING)


async def latest(tx: ForceTx, limit: int) -> list[CheckRow]:
    """Return the walks that ended last, the last first."""
    return await tx.all(CheckRow, _LATEST, limit)


async def whole(tx: ForceTx) -> CheckRow | None:
    """Return the last walk that found everything right, or None."""
    return await tx.one(CheckRow, _WHOLE)


async def lock(tx: ForceTx) -> bool:
    """Keep the walk that is under way for this transaction; False when there is none, or somebody else has it."""
    return await tx.value(_LOCK) is not None


async def is_due(tx: ForceTx, after: timedelta) -> bool:
    """Say whether no walk is under way and the last one ended so long ago."""
    return await tx.value(_IS_DUE, after)


async def begin(tx: ForceTx, digest: bytes, asked_by: UUID | None) -> bool:
    """Begin a walk where the chain begins; False when one is under way."""
    return await tx.run(_BEGIN, ids.new(), asked_by, digest) == 1


async def go_on(tx: ForceTx, check_id: UUID, position: int, digest: bytes) -> None:
    """Write how far a walk came."""
    await tx.run(_GO_ON, check_id, position, digest)


async def end(tx: ForceTx, check_id: UUID, fault: str | None, position: int | None) -> None:
    """Write that a walk ended, and what it found broken."""
    await tx.run(_END, check_id, fault, position)
