"""The force's own people."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class StaffRow(Struct, frozen=True):
    """An officer or another member of staff."""

    id: UUID
    collar_number: str | None
    email: str | None
    name: str
    title: str
    unit: str
    role: str
    password_hash: str | None
    active: bool
    invited_at: datetime | None


class OfficerFact(Struct, frozen=True):
    """An officer as the newest event names them."""

    collar_number: str
    name: str
    title: str
    unit: str
    email: str | None
    ordering: tuple[str, int, str]


_COLUMNS = "id, collar_number, email, name, title, unit, role, password_hash, active, invited_at"
_BY_EMAIL = f"select {_COLUMNS} from app.staff where force_id = $1 and email = $2"
_BY_ID = f"select {_COLUMNS} from app.staff where force_id = $1 and id = $2"
_ACTIVE = f"""
select {_COLUMNS} from app.staff where force_id = $1 and active and role = any($2::text[]) order by lower(name), id limit $3
"""
_INVITE = """
insert into app.staff (force_id, id, email, name, title, unit, role, active, invited_at, ordering)
values ($1, $2, $3, $4, '', '', $5, true, now(), '[]')
on conflict (force_id, email) where email is not null
do update set role = excluded.role, active = true, invited_at = now(), left_at = null
returning id
"""
_NEXT_ON_DUTY = "select next_on_duty from app.staff where force_id = $1 and id = $2"
_SAY_NEXT_ON_DUTY = "update app.staff set next_on_duty = $3 where force_id = $1 and id = $2"
_ADD = """
insert into app.staff (force_id, id, email, name, title, unit, role, active, ordering)
values ($1, $2, $3, $4, '', '', $5, true, '[]') on conflict do nothing
"""
_SET_ROLE = "update app.staff set role = $3 where force_id = $1 and id = $2"
_OTHER_ADMINS = "select exists (select from app.staff where force_id = $1 and id <> $2 and active and role = 'admin')"
_NEW_HASH = "update app.staff set password_hash = $3 where force_id = $1 and id = $2"
# An officer keeps the newest facts; an older event that comes late changes nothing.
_OFFICERS = """
insert into app.staff (force_id, id, collar_number, name, title, unit, email, role, active, ordering)
select $1, t.id, t.collar, t.name, t.title, t.unit,
       case when exists (select from app.staff s where s.force_id = $1 and s.email = t.email and s.collar_number <> t.collar)
            then null else t.email end,
       '', true, t.ordering
from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[])
  as t(id, collar, name, title, unit, email, ordering)
on conflict (force_id, collar_number) where collar_number is not null do update
set name = excluded.name, title = excluded.title, unit = excluded.unit,
    email = coalesce(app.staff.email, excluded.email), ordering = excluded.ordering
where app.staff.ordering < excluded.ordering
"""
_LINK = """
update app.staff s set collar_number = t.collar
from unnest($2::text[], $3::text[]) as t(email, collar)
where s.force_id = $1 and s.email = t.email and s.collar_number is null
  and not exists (select from app.staff o where o.force_id = $1 and o.collar_number = t.collar)
"""
_BY_COLLAR = "select collar_number, id from app.staff where force_id = $1 and collar_number = any($2::text[])"


async def by_email(tx: ForceTx, email: str) -> StaffRow | None:
    """Return who has this address (lower case), or None."""
    return await tx.one(StaffRow, _BY_EMAIL, email)


async def by_id(tx: ForceTx, staff_id: UUID) -> StaffRow | None:
    """Return a member of staff, or None."""
    return await tx.one(StaffRow, _BY_ID, staff_id)


async def active(tx: ForceTx, roles: Sequence[str], limit: int) -> list[StaffRow]:
    """Return those who have access as one of these, by name."""
    return await tx.all(StaffRow, _ACTIVE, list(roles), limit)


async def invite(tx: ForceTx, email: str, name: str, role: str) -> UUID:
    """Give a role to whoever has this address, and return their id; the address becomes known if it was not."""
    return await tx.value(_INVITE, ids.new(), email, name, role)


async def add(tx: ForceTx, email: str, name: str, role: str) -> UUID | None:
    """Write somebody with a role who was not there, and return their id; None when the address is somebody's by now."""
    staff_id = ids.new()
    return staff_id if await tx.run(_ADD, staff_id, email, name, role) else None


async def set_role(tx: ForceTx, staff_id: UUID, role: str) -> None:
    """Give somebody another role."""
    await tx.run(_SET_ROLE, staff_id, role)


async def has_other_admins(tx: ForceTx, staff_id: UUID) -> bool:
    """Say whether the force has an administrator beside this one."""
    return await tx.value(_OTHER_ADMINS, staff_id)


async def set_password(tx: ForceTx, staff_id: UUID, password_hash: str) -> None:
    """Replace a password."""
    await tx.run(_NEW_HASH, staff_id, password_hash)


async def next_on_duty(tx: ForceTx, staff_id: UUID) -> date | None:
    """Return the day that somebody said they are next on duty, or None."""
    return await tx.value(_NEXT_ON_DUTY, staff_id)


async def say_next_on_duty(tx: ForceTx, staff_id: UUID, day: date | None) -> None:
    """Write the day on which somebody is next on duty; None for nothing said."""
    await tx.run(_SAY_NEXT_ON_DUTY, staff_id, day)


async def record_officers(tx: ForceTx, facts: Sequence[OfficerFact]) -> dict[str, UUID]:
    """Write officers as the events name them, and return their ids by collar number.

    An officer who was invited by email before the feed named them is the same person.
    """
    facts = sorted(facts, key=lambda fact: fact.collar_number)
    await tx.many(_LINK, [(fact.email, fact.collar_number) for fact in facts if fact.email])
    await tx.many(_OFFICERS, [_values(fact) for fact in facts])
    return dict(await tx.pairs(_BY_COLLAR, [fact.collar_number for fact in facts]))


def _values(fact: OfficerFact) -> tuple[object, ...]:
    ordering = msgspec.json.encode(fact.ordering).decode()
    return (ids.new(), fact.collar_number, fact.name, fact.title, fact.unit, fact.email, ordering)
