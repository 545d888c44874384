"""Property: what is missing, damaged or recovered."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class ItemRow(Struct, frozen=True):
    """An item; its description is still sealed."""

    case_id: UUID
    source_id: str
    category: str
    status: str
    value_pence: int | None
    description: bytes | None


class KeptRow(ItemRow, frozen=True):
    """An item that is kept, with the id by which its owner names it here."""

    id: UUID


_COLUMNS = "case_id, source_id, category, status, value_pence, description, id"
_SAVE = """
insert into app.property_item (force_id, id, case_id, source_id, category, status, value_pence, description)
select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bytea[])
on conflict (force_id, case_id, source_id) do update
set category = excluded.category, status = excluded.status, value_pence = excluded.value_pence, description = excluded.description
"""
_ON_CASE = f"select {_COLUMNS} from app.property_item where force_id = $1 and case_id = $2 order by source_id"


async def save(tx: ForceTx, items: Sequence[ItemRow]) -> None:
    """Write items as the newest events have them."""
    await tx.many(
        _SAVE, [(ids.new(), i.case_id, i.source_id, i.category, i.status, i.value_pence, i.description) for i in items]
    )


async def on_case(tx: ForceTx, case_id: UUID) -> list[KeptRow]:
    """Return the items of a case."""
    return await tx.all(KeptRow, _ON_CASE, case_id)
