"""Requests that somebody shall become an administrator."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class RequestRow(Struct, frozen=True):
    """A request that waits: for whom, and who made it when."""

    id: UUID
    staff_id: UUID
    name: str
    email: str | None
    role: str
    made_by: UUID
    maker: str
    made_at: datetime


DAYS = 7  # that a request lives
# What an administrator asked for who is none any more counts for nothing.
COUNTS = f"""
r.state = 'open' and r.made_at > now() - interval '{DAYS} days'
and exists (select from app.staff m where m.force_id = $1 and m.id = r.made_by and m.role = 'admin' and m.active)
"""
"""Whether a request (r) still waits for a decision."""
_OPEN = f"""
select r.id, r.staff_id, s.name, s.email, s.role, r.made_by, m.name, r.made_at from app.admin_request r
join app.staff s on s.force_id = $1 and s.id = r.staff_id and s.left_at is null and s.role <> 'admin'
join app.staff m on m.force_id = $1 and m.id = r.made_by
where r.force_id = $1 and {COUNTS}
"""
_WAITING = f"{_OPEN} order by r.made_at, r.id"
_ONE = f"{_OPEN} and r.id = $2 for update of r"
_ADD = """
insert into app.admin_request (force_id, id, staff_id, made_by, state)
select $1, t.id, t.staff_id, t.made_by, 'open' from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as t(id, staff_id, made_by)
on conflict (force_id, staff_id) where state = 'open' do nothing returning id
"""
_LAPSE = f"""
update app.admin_request r set state = 'lapsed', decided_at = now()
where r.force_id = $1 and r.state = 'open' and r.staff_id = any($2::uuid[]) and not ({COUNTS})
"""
_LAPSE_ALL = """
update app.admin_request set state = 'lapsed', decided_at = now()
where force_id = $1 and state = 'open' and staff_id = any($2::uuid[])
"""
_DECIDE = """
update app.admin_request set state = $3, decided_by = $4, decided_at = now() where force_id = $1 and id = $2 and state = 'open'
"""
_GRANT = """
update app.staff set role = 'admin', active = true, left_at = null,
       invited_at = case when password_hash is null then now() else invited_at end
where force_id = $1 and id = $2 and left_at is null and (active or role = '')
"""


async def waiting(tx: ForceTx) -> list[RequestRow]:
    """Return the requests that wait, the oldest first."""
    return await tx.all(RequestRow, _WAITING)


async def one(tx: ForceTx, request_id: UUID) -> RequestRow | None:
    """Return a request that waits, locked, or None."""
    return await tx.one(RequestRow, _ONE, request_id)


async def add(tx: ForceTx, staff_ids: Sequence[UUID], made_by: UUID) -> list[UUID]:
    """Enter a request for each of these people for whom none waits, and return the ids of the new ones."""
    return await tx.many(_ADD, [(ids.new(), staff_id, made_by) for staff_id in staff_ids])


async def lapse(tx: ForceTx, staff_ids: Sequence[UUID]) -> None:
    """Close the requests for these people that count for nothing any more."""
    await tx.run(_LAPSE, list(staff_ids))


async def lapse_all(tx: ForceTx, staff_ids: Sequence[UUID]) -> None:
    """Close every request for these people."""
    await tx.run(_LAPSE_ALL, list(staff_ids))


async def decide(tx: ForceTx, request_id: UUID, state: str, decided_by: UUID) -> bool:
    """Close a request as "approved" or "refused"; False when it is closed."""
    return await tx.run(_DECIDE, request_id, state, decided_by) == 1


async def grant(tx: ForceTx, staff_id: UUID) -> bool:
    """Make somebody an administrator, and invite them if they have no password; False when they left or are suspended."""
    return await tx.run(_GRANT, staff_id) == 1
