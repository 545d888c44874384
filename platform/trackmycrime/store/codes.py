"""Codes that are sent by text; what is stored of one is whose it is, what for, and to which number, sealed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class CodeRow(Struct, frozen=True):
    """Somebody's newest code; its number is still sealed."""

    id: UUID
    person_id: UUID
    purpose: str
    number: bytes
    state: str
    tries_left: int
    expires_at: datetime


_COLUMNS = "id, person_id, purpose, number, state, tries_left, expires_at"
_WITHDRAW = (
    "update app.text_code set state = 'withdrawn' where force_id = $1 and person_id = $2 and state in ('open', 'died')"
)
_ADD = """
insert into app.text_code (force_id, id, person_id, purpose, number, state, tries_left, expires_at)
values ($1, $2, $3, $4, $5, 'open', $6, $7)
"""
_NEWEST = f"""
select {_COLUMNS} from app.text_code
where force_id = $1 and person_id = $2 and purpose = $3 order by made_at desc, id desc limit 1 for update
"""
_OPEN = f"""
select {_COLUMNS} from app.text_code
where force_id = $1 and person_id = any($2::uuid[]) and state = 'open' and expires_at > now()
"""
_END = "update app.text_code set state = $3, tries_left = $4 where force_id = $1 and id = $2"
_SWEEP = "delete from app.text_code where force_id = $1 and made_at < now() - $2::interval"


def new_id() -> UUID:
    """Return the id of a code that is about to be made: its number is sealed for it."""
    return ids.new()


async def add(
    tx: ForceTx, code_id: UUID, person_id: UUID, purpose: str, number: bytes, *, tries: int, expires_at: datetime
) -> None:
    """Write a code, which takes the place of the one before it, whatever that was for."""
    await withdraw(tx, person_id)
    await tx.run(_ADD, code_id, person_id, purpose, number, tries, expires_at)


async def withdraw(tx: ForceTx, person_id: UUID) -> None:
    """Let the code that somebody may have been sent prove nothing any more."""
    await tx.run(_WITHDRAW, person_id)


async def newest(tx: ForceTx, person_id: UUID, purpose: str) -> CodeRow | None:
    """Return somebody's newest code for a purpose, whatever became of it, and lock it; or None."""
    return await tx.one(CodeRow, _NEWEST, person_id, purpose)


async def of_people(tx: ForceTx, person_ids: Sequence[UUID]) -> dict[UUID, CodeRow]:
    """Return the codes of these people that still prove something."""
    return {row.person_id: row for row in await tx.all(CodeRow, _OPEN, list(person_ids))}


async def end(tx: ForceTx, code_id: UUID, state: str, tries_left: int) -> None:
    """Write where a code stands."""
    await tx.run(_END, code_id, state, tries_left)


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Remove codes that are older than this, and return how many."""
    return await tx.run(_SWEEP, older)
