"""That something was deleted, and what must not come back by itself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class DeletionRow(Struct, frozen=True):
    """That so many of a class were deleted, under which version of the configuration; `digest` is over their ids."""

    id: UUID
    what: str
    number: int
    schedule: int
    digest: bytes
    made_at: datetime


class PlaceRow(Struct, frozen=True):
    """Where the deed stands in the audit: its row, and its link of the chain once there is one."""

    audit_id: UUID
    position: int | None
    link: bytes | None


class GoneRow(Struct, frozen=True):
    """What was deleted."""

    id: UUID
    mark: bytes
    made_at: datetime


_COLUMNS = "d.id, d.what, d.number, d.schedule, d.digest, d.made_at"
_ADD = f"""
insert into app.deletion as d (force_id, id, what, number, schedule, digest) values ($1, $2, $3, $4, $5, $6) returning {_COLUMNS}
"""
_LISTED = (
    f"select {_COLUMNS} from app.deletion d where d.force_id = $1 order by d.made_at desc, d.id limit $2 offset $3"
)
_NUMBER = "select count(*) from app.deletion where force_id = $1"
_ONE = f"select {_COLUMNS} from app.deletion d where d.force_id = $1 and d.id = $2"
_PLACE = """
select a.id, s.position, s.digest from app.audit a left join app.audit_seal s on s.force_id = $1 and s.audit_id = a.id
where a.force_id = $1 and a.at = $2 and a.subject_id = $3 and a.what = 'retention.deleted' order by a.id limit 1
"""
_MARK = """
insert into app.gone (force_id, id, kind, mark, deletion_id)
select $1, id, $4::text, mark, $5::uuid from unnest($2::uuid[], $3::bytea[]) as t(id, mark) on conflict (force_id, kind, mark) do nothing
"""
_GONE = """
select g.id, g.mark, d.made_at from app.gone g join app.deletion d on d.force_id = $1 and d.id = g.deletion_id
where g.force_id = $1 and g.kind = $2 and g.mark = any($3::bytea[])
"""
_UNMARK = "delete from app.gone where force_id = $1 and kind = $2 and mark = $3 returning id"


async def add(tx: ForceTx, what: str, number: int, schedule: int, digest: bytes) -> DeletionRow:
    """Write down that something was deleted."""
    rows = await tx.all(DeletionRow, _ADD, ids.new(), what, number, schedule, digest)
    return rows[0]


async def listed(tx: ForceTx, limit: int, offset: int) -> list[DeletionRow]:
    """Return what was deleted, the newest first."""
    return await tx.all(DeletionRow, _LISTED, limit, offset)


async def number(tx: ForceTx) -> int:
    """Return how many deletions there were."""
    return await tx.value(_NUMBER)


async def one(tx: ForceTx, deletion_id: UUID) -> DeletionRow | None:
    """Return a deletion, or None."""
    return await tx.one(DeletionRow, _ONE, deletion_id)


async def place(tx: ForceTx, deletion: DeletionRow) -> PlaceRow | None:
    """Return where a deletion stands in the audit, or None where it does not."""
    return await tx.one(PlaceRow, _PLACE, deletion.made_at, deletion.id)


async def mark(tx: ForceTx, kind: str, marks: Sequence[tuple[UUID, bytes]], deletion_id: UUID) -> None:
    """Remember what was deleted: (its id, its mark)."""
    await tx.many(_MARK, marks, kind, deletion_id)


async def gone(tx: ForceTx, kind: str, marks: Sequence[bytes]) -> list[GoneRow]:
    """Return what was deleted of these."""
    return await tx.all(GoneRow, _GONE, kind, list(marks))


async def unmark(tx: ForceTx, kind: str, mark: bytes) -> UUID | None:
    """Forget that something was deleted, so that it can come again; return its id, None where it was not."""
    return await tx.value(_UNMARK, kind, mark)
