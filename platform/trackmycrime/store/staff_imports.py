"""Lists of people that were uploaded and not carried out yet: one for each administrator."""

from datetime import timedelta
from uuid import UUID

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx

_DROP = "delete from app.staff_import where force_id = $1 and made_by = $2"
_ADD = "insert into app.staff_import (force_id, id, made_by, content) values ($1, $2, $3, $4)"
_ONE = "select content from app.staff_import where force_id = $1 and id = $2 and made_by = $3"
_SWEEP = "delete from app.staff_import where force_id = $1 and made_at < now() - $2::interval"


def new_id() -> UUID:
    """Return the id of an upload that is not written yet: what it is sealed for."""
    return ids.new()


async def add(tx: ForceTx, import_id: UUID, made_by: UUID, content: bytes) -> None:
    """Keep an upload, instead of the one that this person had."""
    await tx.run(_DROP, made_by)
    await tx.run(_ADD, import_id, made_by, content)


async def one(tx: ForceTx, import_id: UUID, made_by: UUID) -> bytes | None:
    """Return what somebody uploaded, sealed, or None."""
    return await tx.value(_ONE, import_id, made_by)


async def drop(tx: ForceTx, made_by: UUID) -> None:
    """Forget what somebody uploaded."""
    await tx.run(_DROP, made_by)


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Forget uploads that nobody has carried out for so long."""
    return await tx.run(_SWEEP, older)
