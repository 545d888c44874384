"""The second step of staff who sign in here: what they have set up, and browsers that are half way in."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class StepRow(Struct, frozen=True):
    """An app or a passkey, its content still sealed."""

    id: UUID
    staff_id: UUID
    kind: str
    content: bytes
    counter: int


class HalfwayRow(Struct, frozen=True):
    """A browser that gave the right password."""

    id: UUID
    staff_id: UUID
    proof: bytes
    tries_left: int


_COLUMNS = "f.id, f.staff_id, f.kind, f.content, f.counter"
_OF_STAFF = (
    f"select {_COLUMNS} from app.staff_factor f where f.force_id = $1 and f.staff_id = $2 order by f.made_at, f.id"
)
_BY_HANDLE = f"select {_COLUMNS} from app.staff_factor f where f.force_id = $1 and f.handle = $2"
_ADD = """
insert into app.staff_factor (force_id, id, staff_id, kind, content, handle, counter) values ($1, $2, $3, $4, $5, $6, $7)
on conflict do nothing
"""
_MOVE_ON = """
update app.staff_factor set counter = $3, used_at = now()
where force_id = $1 and id = $2 and (counter < $3 or $4::bool and counter = 0)
"""
_REMOVE = "delete from app.staff_factor where force_id = $1 and staff_id = $2"
_BEGIN = """
insert into app.staff_halfway (force_id, id, staff_id, cookie_hash, proof, tries_left) values ($1, $2, $3, $4, $5, $6)
"""
_HALFWAY_COLUMNS = "h.id, h.staff_id, h.proof, h.tries_left"
_OPEN = "h.cookie_hash = $2 and h.tries_left > 0 and h.made_at > now() - $3::interval"
_HALFWAY = f"select {_HALFWAY_COLUMNS} from app.staff_halfway h where h.force_id = $1 and {_OPEN}"
_TRY = f"""
update app.staff_halfway h set tries_left = h.tries_left - 1 where h.force_id = $1 and {_OPEN} returning {_HALFWAY_COLUMNS}
"""
_END = "delete from app.staff_halfway where force_id = $1 and id = $2"
_END_ALL = "delete from app.staff_halfway where force_id = $1 and staff_id = $2"
_SWEEP = "delete from app.staff_halfway where force_id = $1 and made_at < now() - $2::interval"
_WAIVE = "update app.staff set second_step_waived = true where force_id = $1 and id = $2"
_IS_WAIVED = "select second_step_waived from app.staff where force_id = $1 and id = $2"


def new_id() -> UUID:
    """Return the id of something that is about to be written, and whose content is sealed for it."""
    return ids.new()


async def of_staff(tx: ForceTx, staff_id: UUID) -> list[StepRow]:
    """Return what somebody has set up."""
    return await tx.all(StepRow, _OF_STAFF, staff_id)


async def by_handle(tx: ForceTx, handle: bytes) -> StepRow | None:
    """Return the passkey with this keyed hash, or None."""
    return await tx.one(StepRow, _BY_HANDLE, handle)


async def add(tx: ForceTx, row: StepRow, handle: bytes | None) -> bool:
    """Write an app or a passkey; False when there is such a one already."""
    return await tx.run(_ADD, row.id, row.staff_id, row.kind, row.content, handle, row.counter) == 1


async def move_on(tx: ForceTx, row_id: UUID, counter: int, *, uncounted: bool = False) -> bool:
    """Note that something was used, at this step or count; False when it has been at it, or further, before."""
    return await tx.run(_MOVE_ON, row_id, counter, uncounted) == 1


async def remove(tx: ForceTx, staff_id: UUID) -> int:
    """Remove all that somebody has set up, and return how much it was; who is half way in begins again."""
    await tx.run(_END_ALL, staff_id)
    return await tx.run(_REMOVE, staff_id)


async def begin(tx: ForceTx, staff_id: UUID, cookie_hash: bytes, proof: bytes, *, tries: int) -> None:
    """Note that a browser is half way in."""
    await tx.run(_BEGIN, ids.new(), staff_id, cookie_hash, proof, tries)


async def halfway(tx: ForceTx, cookie_hash: bytes, lives: timedelta) -> HalfwayRow | None:
    """Return how a browser is half way in, or None."""
    return await tx.one(HalfwayRow, _HALFWAY, cookie_hash, lives)


async def take_try(tx: ForceTx, cookie_hash: bytes, lives: timedelta) -> HalfwayRow | None:
    """Use up one try of a browser that is half way in, before it is looked at; None when it has none left."""
    return await tx.one(HalfwayRow, _TRY, cookie_hash, lives)


async def end(tx: ForceTx, halfway_id: UUID) -> bool:
    """Note that it is not half way in any more; False when it was not."""
    return await tx.run(_END, halfway_id) == 1


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Remove what nobody can finish any more."""
    return await tx.run(_SWEEP, older)


async def waive(tx: ForceTx, staff_id: UUID) -> None:
    """Note that somebody of the demonstration is asked for no second step."""
    await tx.run(_WAIVE, staff_id)


async def is_waived(tx: ForceTx, staff_id: UUID) -> bool:
    """Say whether somebody is of the demonstration."""
    return await tx.value(_IS_WAIVED, staff_id)
