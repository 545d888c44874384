"""Facts for the force's own systems, and the cursor over them that cannot skip one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class Fact(Struct, frozen=True):
    """Something that happened here which the force's systems should know."""

    type: str
    case_id: UUID | None = None
    person_id: UUID | None = None
    entry_id: UUID | None = None
    detail: dict[str, object] = {}


class FeedRow(Struct, frozen=True):
    """A fact as a reader gets it: what it concerns is named as the record system names it; the text is still sealed."""

    transaction: int
    position: int
    id: UUID
    type: str
    at: datetime
    reference: str | None
    person: str | None
    detail: dict[str, object]
    entry_id: UUID | None
    language: str | None
    author: str | None
    body: bytes | None
    data_key: bytes | None


_ADD = """
insert into app.feed_entry (force_id, id, type, case_id, person_id, entry_id, detail)
select $1, id, type, case_id, person_id, entry_id, detail::jsonb
from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[]) as t(id, type, case_id, person_id, entry_id, detail)
"""
# A row is shown once no transaction that could still write an earlier one is open: then nothing can appear behind the cursor.
_AFTER = """
select f.transaction::text::bigint, f.position, f.id, f.type, f.made_at, c.reference, p.source_id, f.detail, f.entry_id,
       e.language, e.author_name, e.body, c.data_key
from app.feed_entry f
left join app.case c on c.force_id = $1 and c.id = f.case_id
left join app.person p on p.force_id = $1 and p.id = f.person_id
left join app.timeline_entry e on e.force_id = $1 and e.id = f.entry_id
where f.force_id = $1 and (f.transaction, f.position) > ($2::text::xid8, $3::bigint)
  and f.transaction < pg_snapshot_xmin(pg_current_snapshot())
order by f.transaction, f.position limit $4
"""


async def add(tx: ForceTx, facts: Sequence[Fact]) -> None:
    """Write facts, in the transaction that made them true."""
    rows = [
        (ids.new(), fact.type, fact.case_id, fact.person_id, fact.entry_id, msgspec.json.encode(fact.detail).decode())
        for fact in facts
    ]
    await tx.append(_ADD, rows)


async def after(tx: ForceTx, transaction: int, position: int, limit: int) -> list[FeedRow]:
    """Return the facts behind a cursor, oldest first."""
    return await tx.all(FeedRow, _AFTER, str(transaction), position, limit)
