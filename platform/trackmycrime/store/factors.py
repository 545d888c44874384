"""Ways to sign in beside a password: passkeys, authenticator apps, printed cards and their codes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.cases.links import ENTRY_PART
from trackmycrime.tx import ForceTx


class FactorRow(Struct, frozen=True):
    """A way to sign in, its content still sealed. `left` counts the codes of a card that were not used."""

    id: UUID
    person_id: UUID
    kind: str
    content: bytes
    counter: int
    made_at: datetime
    used_at: datetime | None
    left: int
    data_key: bytes


class NewFactor(Struct, frozen=True):
    """A way to sign in that is about to be written."""

    id: UUID
    person_id: UUID
    kind: str
    content: bytes
    handle: bytes | None = None
    counter: int = 0


class CodeRow(Struct, frozen=True):
    """A code of a card that was not used yet."""

    id: UUID
    factor_id: UUID


_COLUMNS = """
f.id, f.person_id, f.kind, f.content, f.counter, f.made_at, f.used_at,
(select count(*) from app.card_code c where c.force_id = $1 and c.factor_id = f.id and c.used_at is null), p.data_key
"""
_FACTORS = f"""
select {_COLUMNS} from app.factor f join app.person p on p.force_id = $1 and p.id = f.person_id and p.data_key is not null
where f.force_id = $1
"""
_OF_PERSON = f"{_FACTORS} and f.person_id = $2 order by f.made_at, f.id"
_ONE = f"{_FACTORS} and f.id = $2 and f.person_id = $3"
_OF_KIND = f"{_FACTORS} and f.person_id = $2 and f.kind = $3"
# Whoever may not come in by their facts any more comes in by no passkey either. An account that is shut begins no session.
_BY_HANDLE = f"""
{_FACTORS} and f.handle = $2
  and exists (select from app.case_person cp where cp.force_id = $1 and cp.person_id = f.person_id and {ENTRY_PART})
"""
# An account that was shut meanwhile gets no new way in; the lock makes shutting wait for this, or this for shutting.
_ADD = """
insert into app.factor (force_id, id, person_id, kind, content, handle, counter)
select $1, $2, $3, $4, $5, $6, $7 from app.account
where force_id = $1 and person_id = $3 and state = 'open' for update
on conflict do nothing
"""
_FORGET = "delete from app.factor where force_id = $1 and person_id = $2 and id = any($3::uuid[])"
_ADD_CODES = """
insert into app.card_code (force_id, id, factor_id, code_hash)
select $1, id, $4, code_hash from unnest($2::uuid[], $3::bytea[]) as t(id, code_hash)
"""
_UNUSED = """
select c.id, c.factor_id from app.card_code c join app.factor f on f.force_id = $1 and f.id = c.factor_id
where c.force_id = $1 and c.code_hash = $2 and c.used_at is null and f.person_id = $3
"""
_USE_CODE = "update app.card_code set used_at = now() where force_id = $1 and id = $2 and used_at is null"
_USED = "update app.factor set used_at = now() where force_id = $1 and id = $2"
_MOVE_ON = """
update app.factor set counter = $3, used_at = now() where force_id = $1 and id = $2 and (counter < $3 or $4::bool and counter = 0)
"""


async def of_person(tx: ForceTx, person_id: UUID) -> list[FactorRow]:
    """Return somebody's ways to sign in, the oldest first."""
    return await tx.all(FactorRow, _OF_PERSON, person_id)


async def one(tx: ForceTx, factor_id: UUID, person_id: UUID) -> FactorRow | None:
    """Return one of somebody's own, or None."""
    return await tx.one(FactorRow, _ONE, factor_id, person_id)


async def of_kind(tx: ForceTx, person_id: UUID, kind: str) -> FactorRow | None:
    """Return what somebody has of a kind of which there is one at most, or None."""
    return await tx.one(FactorRow, _OF_KIND, person_id, kind)


async def by_handle(tx: ForceTx, handle: bytes) -> FactorRow | None:
    """Return the passkey with this keyed hash, if its owner still has a case to come to; else None."""
    return await tx.one(FactorRow, _BY_HANDLE, handle)


async def add(tx: ForceTx, new: NewFactor) -> bool:
    """Write a way to sign in; False when the account was shut, or there is such a one already."""
    return await tx.run(_ADD, new.id, new.person_id, new.kind, new.content, new.handle, new.counter) == 1


async def remove(tx: ForceTx, person_id: UUID, factor_ids: Sequence[UUID]) -> int:
    """Remove these of somebody's ways to sign in, with the codes of a card, and return how many there were."""
    return await tx.run(_FORGET, person_id, list(factor_ids))


async def add_codes(tx: ForceTx, factor_id: UUID, hashes: Sequence[bytes]) -> None:
    """Write the codes of a card."""
    await tx.many(_ADD_CODES, [(ids.new(), hashed) for hashed in hashes], factor_id)


async def unused(tx: ForceTx, code_hash: bytes, person_id: UUID) -> CodeRow | None:
    """Return somebody's code that was not used yet, or None."""
    return await tx.one(CodeRow, _UNUSED, code_hash, person_id)


async def use_code(tx: ForceTx, code: CodeRow) -> bool:
    """Use a code up; False when it was used already."""
    await tx.run(_USED, code.factor_id)
    return await tx.run(_USE_CODE, code.id) == 1


async def move_on(tx: ForceTx, factor_id: UUID, counter: int, *, uncounted: bool = False) -> bool:
    """Note that something was used, at this step or count; False when it has been at it, or further, before.

    What is `uncounted` never counts: its counter stays 0.
    """
    return await tx.run(_MOVE_ON, factor_id, counter, uncounted) == 1
