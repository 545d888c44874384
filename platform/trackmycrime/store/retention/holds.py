"""Legal holds: nothing of a case may be deleted while one stands."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class HoldRow(Struct, frozen=True):
    """A hold on a case; why it was placed, and why it was lifted, is sealed."""

    id: UUID
    reference: str
    why: bytes
    placed_by: str
    placed_at: datetime
    lifting: bytes | None
    lifted_by: str
    lifted_at: datetime | None


_CASE = "select id, reference from app.case where force_id = $1 and folded_reference = $2 and known for update"
_ADD = """
insert into app.legal_hold (force_id, id, case_id, why, placed_by) values ($1, $2, $3, $4, $5)
on conflict (force_id, case_id) where lifted_at is null do nothing
"""
_HOLD = """
select h.id, c.reference, h.why, p.name, h.placed_at, h.lifting, coalesce(l.name, ''), h.lifted_at
from app.legal_hold h join app.case c on c.force_id = $1 and c.id = h.case_id and c.known
join app.staff p on p.force_id = $1 and p.id = h.placed_by left join app.staff l on l.force_id = $1 and l.id = h.lifted_by
where h.force_id = $1
"""
_LISTED = f"{_HOLD} order by h.lifted_at desc nulls first, h.placed_at desc, h.id limit $2 offset $3"
_ONE = f"{_HOLD} and h.id = $2"
_NUMBER = "select count(*) from app.legal_hold where force_id = $1"
_STANDING = "select count(*) from app.legal_hold where force_id = $1 and lifted_at is null"
_LIFT = """
update app.legal_hold set lifting = $3, lifted_by = $4, lifted_at = now()
where force_id = $1 and id = $2 and lifted_at is null returning case_id
"""
_ON_PERSON = """
select exists (select from app.legal_hold h join app.case_person cp on cp.force_id = $1 and cp.case_id = h.case_id
               where h.force_id = $1 and h.lifted_at is null and cp.person_id = $2)
"""


async def case(tx: ForceTx, folded_reference: str) -> tuple[UUID, str] | None:
    """Return the id and the reference of a case, and lock it, or None."""
    found = await tx.pairs(_CASE, folded_reference)
    return found[0] if found else None


async def add(tx: ForceTx, hold_id: UUID, case_id: UUID, why: bytes, staff_id: UUID) -> bool:
    """Place a hold; False where one stands."""
    return await tx.run(_ADD, hold_id, case_id, why, staff_id) == 1


async def listed(tx: ForceTx, limit: int, offset: int) -> list[HoldRow]:
    """Return holds: those that stand first, the newest first."""
    return await tx.all(HoldRow, _LISTED, limit, offset)


async def number(tx: ForceTx) -> int:
    """Return how many holds there are, lifted ones too."""
    return await tx.value(_NUMBER)


async def standing(tx: ForceTx) -> int:
    """Return how many holds stand."""
    return await tx.value(_STANDING)


async def one(tx: ForceTx, hold_id: UUID) -> HoldRow | None:
    """Return a hold, or None."""
    return await tx.one(HoldRow, _ONE, hold_id)


async def lift(tx: ForceTx, hold_id: UUID, why: bytes, staff_id: UUID) -> UUID | None:
    """Lift a hold, and return its case; None where none stands."""
    return await tx.value(_LIFT, hold_id, why, staff_id)


async def on_person(tx: ForceTx, person_id: UUID) -> bool:
    """Say whether a hold stands on a case of somebody."""
    return await tx.value(_ON_PERSON, person_id)


def new() -> UUID:
    """Return the id of a new hold: its reason is sealed for it."""
    return ids.new()
