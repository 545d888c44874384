"""Requests for a new password; the link of one is derived, never stored."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class ResetRow(Struct, frozen=True):
    """An open request. `reference` is of the crime it was asked by."""

    id: UUID
    person_id: UUID
    case_id: UUID | None
    confirmed_by: UUID | None
    reference: str | None


_WITHDRAW = "update app.reset set state = 'withdrawn' where force_id = $1 and person_id = $2 and state = 'open'"
# Who does not exist has no crime either: whoever asks with wrong facts leaves nothing at a case.
_ADD = """
insert into app.reset (force_id, id, person_id, case_id, confirmed_by, state, expires_at)
select $1, $2, $3::uuid, (select c.id from app.case c
                    where c.force_id = $1 and c.folded_reference = $4 and $3::uuid is not null), $5::uuid, case when $3::uuid is null then 'withdrawn' else 'open' end, $6
"""
_OPEN = """
select r.id, r.person_id, r.case_id, r.confirmed_by, c.reference
from app.reset r left join app.case c on c.force_id = $1 and c.id = r.case_id
where r.force_id = $1 and r.state = 'open' and r.expires_at > now() and r.person_id is not null
"""
_ONE = f"{_OPEN} and r.id = $2"
_OF_PEOPLE = f"{_OPEN} and r.person_id = any($2::uuid[])"
_KEEP = """
update app.reset r set expires_at = t.expires_at from unnest($2::uuid[], $3::timestamptz[]) as t(id, expires_at)
where r.force_id = $1 and r.id = t.id and r.state = 'open'
"""
_USE = "update app.reset set state = 'used' where force_id = $1 and id = $2 and state = 'open' and expires_at > now()"


_SWEEP = "delete from app.reset where force_id = $1 and expires_at < now() - $2::interval"
_USED = """
select exists (select from app.reset
               where force_id = $1 and person_id = $2 and state = 'used' and expires_at > now() - $3::interval)
"""


async def add(
    tx: ForceTx, person_id: UUID | None, folded_reference: str, expires_at: datetime, *, confirmed_by: UUID | None
) -> UUID:
    """Write a request, which takes the place of one before it, and return its id. For nobody, the same is done."""
    await withdraw(tx, person_id)
    reset_id = ids.new()
    await tx.run(_ADD, reset_id, person_id, folded_reference, confirmed_by, expires_at)
    return reset_id


async def withdraw(tx: ForceTx, person_id: UUID | None) -> None:
    """Let the link that somebody may have been sent open nothing any more."""
    await tx.run(_WITHDRAW, person_id)


async def one(tx: ForceTx, reset_id: UUID) -> ResetRow | None:
    """Return an open request, or None."""
    return await tx.one(ResetRow, _ONE, reset_id)


async def of_people(tx: ForceTx, person_ids: Sequence[UUID]) -> dict[UUID, ResetRow]:
    """Return the open requests of these people."""
    return {row.person_id: row for row in await tx.all(ResetRow, _OF_PEOPLE, list(person_ids))}


async def keep(tx: ForceTx, until: Mapping[UUID, datetime]) -> None:
    """Keep requests open until then."""
    if until:
        await tx.run(_KEEP, list(until), list(until.values()))


async def use(tx: ForceTx, reset_id: UUID) -> bool:
    """Use a request up; False when it is not open any more."""
    return await tx.run(_USE, reset_id) == 1


async def used_within(tx: ForceTx, person_id: UUID, time: timedelta) -> bool:
    """Say whether somebody's password was set by a link in this time; a link is used within its half hour."""
    return await tx.value(_USED, person_id, time)


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Remove requests whose time ended longer ago than this, and return how many."""
    return await tx.run(_SWEEP, older)
