"""What a browser has to answer on its way in, and browsers that are half way in."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.cases.links import LIVE_PART
from trackmycrime.tx import ForceTx


class HalfwayRow(Struct, frozen=True):
    """A browser that gave the right password."""

    id: UUID
    person_id: UUID
    proof: bytes
    tries_left: int
    shared: bool


_GIVE = """
insert into app.challenge (force_id, id, purpose, bound) values ($1, $2, $3, $4)
on conflict (force_id, bound, purpose) do update set id = excluded.id, made_at = now() returning id
"""
_LIVE = """
select id from app.challenge where force_id = $1 and purpose = $2 and bound = $3 and made_at > now() - $4::interval
"""
_TAKE = """
delete from app.challenge where force_id = $1 and purpose = $2 and bound = $3 and made_at > now() - $4::interval returning id
"""
_BEGIN = """
insert into app.halfway (force_id, id, person_id, cookie_hash, proof, tries_left, shared) values ($1, $2, $3, $4, $5, $6, $7)
"""
_COLUMNS = "h.id, h.person_id, h.proof, h.tries_left, h.shared"
_OPEN = f"""
h.cookie_hash = $2 and h.tries_left > 0 and h.made_at > now() - $3::interval
  and exists (select from app.case_person cp where cp.force_id = $1 and cp.person_id = h.person_id and {LIVE_PART})
"""
_HALFWAY = f"select {_COLUMNS} from app.halfway h where h.force_id = $1 and {_OPEN}"
_TRY = f"""
update app.halfway h set tries_left = h.tries_left - 1 where h.force_id = $1 and {_OPEN} returning {_COLUMNS}
"""
_END = "delete from app.halfway where force_id = $1 and id = $2"
_SWEEP_CHALLENGES = "delete from app.challenge where force_id = $1 and made_at < now() - $2::interval"
_SWEEP_HALFWAY = "delete from app.halfway where force_id = $1 and made_at < now() - $2::interval"


async def give(tx: ForceTx, purpose: str, bound: bytes) -> UUID:
    """Give a browser something to answer, in the place of what it had for this purpose; return its id."""
    return await tx.value(_GIVE, ids.new(), purpose, bound)


async def live(tx: ForceTx, purpose: str, bound: bytes, lives: timedelta) -> UUID | None:
    """Return what a browser still has to answer, or None."""
    return await tx.value(_LIVE, purpose, bound, lives)


async def take(tx: ForceTx, purpose: str, bound: bytes, lives: timedelta) -> UUID | None:
    """Return what a browser had to answer, which nobody can answer again; None when there is nothing, or it is too old."""
    return await tx.value(_TAKE, purpose, bound, lives)


async def begin_halfway(
    tx: ForceTx, person_id: UUID, cookie_hash: bytes, proof: bytes, *, tries: int, shared: bool
) -> None:
    """Note that a browser is half way in."""
    await tx.run(_BEGIN, ids.new(), person_id, cookie_hash, proof, tries, shared)


async def halfway(tx: ForceTx, cookie_hash: bytes, lives: timedelta) -> HalfwayRow | None:
    """Return how a browser is half way in, or None."""
    return await tx.one(HalfwayRow, _HALFWAY, cookie_hash, lives)


async def take_try(tx: ForceTx, cookie_hash: bytes, lives: timedelta) -> HalfwayRow | None:
    """Use up one try of a browser that is half way in, before it is looked at; None when it has none left."""
    return await tx.one(HalfwayRow, _TRY, cookie_hash, lives)


async def end_halfway(tx: ForceTx, halfway_id: UUID) -> bool:
    """Note that it is not half way in any more; False when it was not."""
    return await tx.run(_END, halfway_id) == 1


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Remove what is older than any of it may be."""
    return await tx.run(_SWEEP_CHALLENGES, older) + await tx.run(_SWEEP_HALFWAY, older)
