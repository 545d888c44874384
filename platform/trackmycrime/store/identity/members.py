"""The force's people as its administrators see them: page by page, one alone, and what hangs on somebody."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.store.identity.admin_requests import COUNTS
from trackmycrime.tx import ForceTx


class MemberRow(Struct, frozen=True):
    """Somebody of the force's people. `state` is none, asked, invited, active, suspended or left."""

    id: UUID
    name: str
    email: str | None
    collar_number: str | None
    title: str
    unit: str
    role: str
    has_password: bool
    invited_at: datetime | None
    signed_in_at: datetime | None
    state: str


class Wanted(Struct, frozen=True):
    """Which people, and in which order ("name", "unit", "role" or "signed_in"); what is empty asks for nothing."""

    search: str = ""
    role: str = ""
    unit: str = ""
    state: str = ""
    sort: str = "name"


class Entry(Struct, frozen=True):
    """What an administrator says of somebody who has, or shall have, access; without a role they wait for one."""

    id: UUID
    name: str
    email: str
    role: str
    unit: str
    collar_number: str | None


_STATE = f"""
case when s.left_at is not null then 'left'
     when s.role = '' then case when exists (select from app.admin_request r where r.force_id = $1 and r.staff_id = s.id
                                             and {COUNTS}) then 'asked' else 'none' end
     when not s.active then 'suspended'
     when s.password_hash is null and s.signed_in_at is null then 'invited'
     else 'active' end
"""
_COLUMNS = f"""
s.id, s.name, s.email, s.collar_number, s.title, s.unit, s.role, s.password_hash is not null, s.invited_at, s.signed_in_at, {_STATE}
"""
_SELECTED = f"""
from app.staff s where s.force_id = $1
  and ($2 = '' or lower(s.name) like '%' || $2 || '%' or s.email like '%' || $2 || '%' or lower(s.collar_number) like $2 || '%')
  and ($3 = '' or s.role = $3) and ($4 = '' or s.unit = $4) and ($5 = '' or $5 = {_STATE})
"""
ORDERS = {
    "name": "lower(s.name), s.id",
    "unit": "s.unit, lower(s.name), s.id",
    "role": "s.role, lower(s.name), s.id",
    "signed_in": "s.signed_in_at desc nulls last, lower(s.name), s.id",
}
# What is not asked for is not in the statement, so that the pages are read in the order of an index.
_PLAIN = f"select {_COLUMNS} from app.staff s where s.force_id = $1"
_NUMBER = f"select count(*) {_SELECTED}"
_NUMBER_OF_ALL = "select count(*) from app.staff where force_id = $1"
_ONE = f"{_PLAIN} and s.id = $2"
_KNOWN = f"{_PLAIN} and (s.email = any($2::text[]) or s.collar_number = any($3::text[]))"
_STATES = f"select {_STATE}, count(*) from app.staff s where s.force_id = $1 group by 1"
# From one unit to the next, along the index: as many steps as there are units.
_UNITS = """
with recursive u as (
  (select s.unit from app.staff s where s.force_id = $1 and s.unit > '' order by s.unit limit 1)
  union all
  select (select s.unit from app.staff s where s.force_id = $1 and s.unit > u.unit order by s.unit limit 1)
  from u where u.unit is not null)
select u.unit from u where u.unit is not null limit $2
"""
_ADD = """
insert into app.staff (force_id, id, name, email, role, unit, collar_number, title, active, invited_at, ordering)
select $1, t.id, t.name, t.email, t.role, t.unit, t.collar, '', true, case when t.role <> '' then now() end, '[]'
from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as t(id, name, email, role, unit, collar)
returning id
"""
# Whoever gets a role for the first time, or again after they left, is invited: they have no password.
_CHANGE = """
update app.staff s
set name = t.name, email = t.email, role = t.role, unit = t.unit, collar_number = t.collar,
    invited_at = case when s.role = '' and t.role <> '' then now() else s.invited_at end,
    active = case when s.role = '' and t.role <> '' then true else s.active end,
    left_at = case when t.role <> '' then null else s.left_at end
from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as t(id, name, email, role, unit, collar)
where s.force_id = $1 and s.id = t.id
"""
_INVITE_AGAIN = """
update app.staff set invited_at = now()
where force_id = $1 and id = $2 and role <> '' and active and password_hash is null and email is not null
"""
_SUSPEND = (
    "update app.staff set active = false, next_on_duty = null where force_id = $1 and id = $2 and active and role <> ''"
)
_TAKE_BACK = "update app.staff set active = true where force_id = $1 and id = $2 and not active and role <> '' and left_at is null"
_REMOVE = """
update app.staff set active = false, role = '', password_hash = null, next_on_duty = null, invited_at = null, left_at = now()
where force_id = $1 and id = $2 and left_at is null
"""
# Whoever changes who has access does so one after the other, so that two cannot take the last administrators out at once.
_ADMINISTRATORS = "select id from app.staff where force_id = $1 and role = 'admin' and active order by id for update"
_HOW_MANY = "select count(*) from app.staff where force_id = $1 and role = 'admin' and active and left_at is null"
_SESSIONS = "delete from app.session where force_id = $1 and kind = 'staff' and subject_id = any($2::uuid[])"
_RETURN = """
update app.task set owner_id = null where force_id = $1 and owner_id = any($2::uuid[]) and done_at is null returning id, case_id
"""
_CASES = "select count(*) from app.case where force_id = $1 and officer_id = $2 and known and not closed"
_TASKS = "select count(*) from app.task where force_id = $1 and owner_id = $2 and done_at is null"
_SIGNED_IN = "update app.staff set signed_in_at = now() where force_id = $1 and id = $2"


async def page(tx: ForceTx, wanted: Wanted, limit: int, offset: int) -> list[MemberRow]:
    """Return some of the people who are wanted, in their order."""
    order = ORDERS[wanted.sort]
    if wanted == Wanted(sort=wanted.sort):
        return await tx.all(MemberRow, f"{_PLAIN} order by {order} limit $2 offset $3", limit, offset)
    sql = f"select {_COLUMNS} {_SELECTED} order by {order} limit $6 offset $7"
    return await tx.all(MemberRow, sql, *_values(wanted), limit, offset)


def _values(wanted: Wanted) -> tuple[str, ...]:
    begins = wanted.search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return begins, wanted.role, wanted.unit, wanted.state


async def number(tx: ForceTx, wanted: Wanted) -> int:
    """Return how many people are wanted."""
    if wanted == Wanted(sort=wanted.sort):
        return await tx.value(_NUMBER_OF_ALL)
    return await tx.value(_NUMBER, *_values(wanted))


async def one(tx: ForceTx, staff_id: UUID) -> MemberRow | None:
    """Return somebody, or None."""
    return await tx.one(MemberRow, _ONE, staff_id)


async def known(tx: ForceTx, emails: Sequence[str], collar_numbers: Sequence[str]) -> list[MemberRow]:
    """Return everybody who has one of these addresses or collar numbers."""
    return await tx.all(MemberRow, _KNOWN, list(emails), list(collar_numbers))


async def states(tx: ForceTx) -> dict[str, int]:
    """Return how many people are in each state."""
    return dict(await tx.pairs(_STATES))


async def units(tx: ForceTx, most: int) -> list[str]:
    """Return the units that people are in."""
    return await tx.column(_UNITS, most)


async def add(tx: ForceTx, entries: Sequence[Entry]) -> None:
    """Write people whom nobody knew; who has a role is invited now."""
    await tx.many(_ADD, [_entry(entry) for entry in entries])


async def change(tx: ForceTx, entries: Sequence[Entry]) -> None:
    """Write people anew; who had no role and has one now is invited now."""
    await tx.many(_CHANGE, [_entry(entry) for entry in entries])


def _entry(entry: Entry) -> tuple[object, ...]:
    return (entry.id, entry.name, entry.email or None, entry.role, entry.unit, entry.collar_number)


async def invite_again(tx: ForceTx, staff_id: UUID) -> bool:
    """Let the time of an invitation begin anew; False when somebody is not invited."""
    return await tx.run(_INVITE_AGAIN, staff_id) == 1


async def suspend(tx: ForceTx, staff_id: UUID) -> bool:
    """Take somebody's access away for now; False when they have none."""
    return await tx.run(_SUSPEND, staff_id) == 1


async def take_back(tx: ForceTx, staff_id: UUID) -> bool:
    """Give somebody who is suspended their access again; False when nobody is."""
    return await tx.run(_TAKE_BACK, staff_id) == 1


async def remove(tx: ForceTx, staff_id: UUID) -> bool:
    """Take somebody's access away for good; False when it was."""
    return await tx.run(_REMOVE, staff_id) == 1


async def administrators(tx: ForceTx) -> list[UUID]:
    """Return the administrators who have access, locked until this transaction ends."""
    return await tx.column(_ADMINISTRATORS)


async def number_of_administrators(tx: ForceTx) -> int:
    """Return how many administrators have access."""
    return await tx.value(_HOW_MANY)


async def end_sessions(tx: ForceTx, staff_ids: Sequence[UUID]) -> int:
    """Sign people out everywhere, and return of how many browsers."""
    return await tx.run(_SESSIONS, list(staff_ids))


async def return_tasks(tx: ForceTx, staff_ids: Sequence[UUID]) -> list[tuple[UUID, UUID | None]]:
    """Give back the open tasks that people have, and return each with its case."""
    return await tx.pairs(_RETURN, list(staff_ids))


async def open_cases(tx: ForceTx, staff_id: UUID) -> int:
    """Return how many open cases have somebody as their officer."""
    return await tx.value(_CASES, staff_id)


async def open_tasks(tx: ForceTx, staff_id: UUID) -> int:
    """Return how many open tasks somebody has."""
    return await tx.value(_TASKS, staff_id)


async def signed_in(tx: ForceTx, staff_id: UUID) -> None:
    """Note that somebody has just signed in."""
    await tx.run(_SIGNED_IN, staff_id)
