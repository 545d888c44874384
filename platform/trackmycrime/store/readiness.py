"""What a force still has to do before it goes live, as far as its tables say it."""

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class StandingRow(Struct, frozen=True):
    """Counts: who can sign in by role, connections that can send, connections that have sent, and events that came."""

    administrators: int
    readers: int
    officers: int
    connections: int
    used: int


_STANDING = """
select count(*) filter (where role = 'admin'), count(*) filter (where role in ('hub', 'supervisor')),
       count(*) filter (where role in ('officer', 'supervisor')),
       (select count(*) from app.client c where c.force_id = $1 and c.active),
       (select count(*) from app.client c where c.force_id = $1 and c.active and c.last_used_at is not null)
from app.staff where force_id = $1 and active and password_hash is not null
"""
_LOOKED = "select part from app.looked_at where force_id = $1"
_LOOK = """
insert into app.looked_at (force_id, id, part, looked_by) values ($1, $2, $3, $4) on conflict (force_id, part) do nothing
"""
_LOOK_AGAIN = "delete from app.looked_at where force_id = $1 and part = $2"


async def standing(tx: ForceTx) -> StandingRow:
    """Count who and what is there."""
    found = await tx.one(StandingRow, _STANDING)
    return found or StandingRow(0, 0, 0, 0, 0)


async def looked_at(tx: ForceTx) -> set[str]:
    """Return the parts that administrators have looked at."""
    return set(await tx.column(_LOOKED))


async def look(tx: ForceTx, part: str) -> bool:
    """Note that the administrator who acts has looked at a part; False when somebody had."""
    return await tx.run(_LOOK, ids.new(), part, tx.actor.id) == 1


async def look_again(tx: ForceTx, part: str) -> bool:
    """Forget that somebody has looked at a part; False when nobody had."""
    return await tx.run(_LOOK_AGAIN, part) == 1
