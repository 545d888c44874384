"""The audit of a force as it is searched, newest first: each question has an index that leads to its rows in their order."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.store.audit import AuditRow
from trackmycrime.tx import ForceTx


class Wanted(Struct, frozen=True):
    """Which deeds: from one moment to before another, and of those what is named; what is empty asks for nothing.

    `staff` are people of the force, and `but` people who are left out; with `staff` the kinds do not matter.
    """

    since: datetime
    until: datetime
    kinds: tuple[str, ...] = ()
    staff: tuple[UUID, ...] = ()
    but: tuple[UUID, ...] = ()
    deeds: tuple[str, ...] = ()
    case_id: UUID | None = None


class Cursor(Struct, frozen=True):
    """Where the next page begins: behind this deed."""

    at: datetime
    id: UUID


class FoundRow(AuditRow, frozen=True):
    """A deed with the names that belong to it; None where there is no such name any more.

    `actor` is a member of staff or a connection, `subject` a member of staff. `data_key` opens the reason.
    """

    actor: str | None
    subject: str | None
    reference: str | None
    data_key: bytes | None


class LinkedRow(AuditRow, frozen=True):
    """A deed with its link of the chain; None where it is not sealed yet."""

    position: int | None
    previous: bytes | None
    digest: bytes | None


class LookRow(Struct, frozen=True):
    """How often somebody opened a case, and looked at it besides, first and last."""

    actor_kind: str
    actor_id: UUID
    actor: str | None
    opened: int
    looked: int
    first_at: datetime
    last_at: datetime


class CaseRow(Struct, frozen=True):
    """A case as far as the audit needs it: what it is called."""

    id: UUID
    reference: str


_COLUMNS = "a.id, a.at, a.actor_kind, a.actor_id, a.what, a.subject_id, a.case_id, a.reason, a.detail"
_WITHIN = "a.at >= $2 and (a.at, a.id) < ($3, $4)"
_NEWEST = "order by a.at desc, a.id desc limit $5"
_ALL = f"select {_COLUMNS} from app.audit a where a.force_id = $1 and {_WITHIN} {_NEWEST}"
_OF_CASE = f"""
select {_COLUMNS} from app.audit a where a.force_id = $1 and a.case_id = $6 and {_WITHIN}
  and (cardinality($7::text[]) = 0 or a.what = any($7)) and (cardinality($8::text[]) = 0 or a.actor_kind = any($8))
  and (cardinality($9::uuid[]) = 0 or a.actor_id = any($9)) and a.actor_id <> all($10::uuid[])
{_NEWEST}
"""
# The newest of each deed and kind, and of those the newest: as many short walks along an index as there are of both.
_OF_KIND = f"""
select a.* from unnest($6::text[]) w (what) cross join unnest($7::text[]) k (kind)
cross join lateral (select {_COLUMNS} from app.audit a
                    where a.force_id = $1 and a.what = w.what and a.actor_kind = k.kind and {_WITHIN}
                      and a.actor_id <> all($8::uuid[]) {_NEWEST}) a
{_NEWEST}
"""
_OF_STAFF = f"""
select a.* from unnest($6::text[]) w (what) cross join unnest($7::uuid[]) k (id)
cross join lateral (select {_COLUMNS} from app.audit a
                    where a.force_id = $1 and a.actor_kind = 'staff' and a.actor_id = k.id and a.what = w.what
                      and {_WITHIN} {_NEWEST}) a
{_NEWEST}
"""
_NAMED = """
select a.id, a.at, a.actor_kind, a.actor_id, a.what, a.subject_id, a.case_id, a.reason, a.detail,
       coalesce(s.name, c.name), t.name, k.reference, k.data_key
from ({found}) a
left join app.staff s on s.force_id = $1 and s.id = a.actor_id and a.actor_kind = 'staff'
left join app.client c on c.force_id = $1 and c.id = a.actor_id and a.actor_kind = 'record_system'
left join app.staff t on t.force_id = $1 and t.id = a.subject_id
left join app.case k on k.force_id = $1 and k.id = a.case_id
order by a.at desc, a.id desc
"""
_LINKED = """
select a.id, a.at, a.actor_kind, a.actor_id, a.what, a.subject_id, a.case_id, a.reason, a.detail, l.position, p.digest, l.digest
from ({found}) a
left join app.audit_seal l on l.force_id = $1 and l.audit_id = a.id
left join app.audit_seal p on p.force_id = $1 and p.position = l.position - 1
order by a.at desc, a.id desc
"""
# From one name to the next, along the index: as many steps as there are names.
_NAMES = """
with recursive n as (
  (select a.what from app.audit a where a.force_id = $1 order by a.what limit 1)
  union all
  select (select a.what from app.audit a where a.force_id = $1 and a.what > n.what order by a.what limit 1)
  from n where n.what is not null)
select n.what from n where n.what is not null
"""
_ADMINISTRATORS = "select id from app.staff where force_id = $1 and role = 'admin'"
_CASE = "select id, reference from app.case where force_id = $1 and id = $2"
_BY_REFERENCE = "select id, reference from app.case where force_id = $1 and folded_reference = $2"
_IS_KNOWN = "select exists (select from app.audit where force_id = $1 and case_id = $2)"
_LOOKS = """
select a.actor_kind, a.actor_id, s.name, count(*) filter (where a.what = 'case.opened'),
       count(*) filter (where a.what <> 'case.opened'), min(a.at), max(a.at)
from app.audit a left join app.staff s on s.force_id = $1 and s.id = a.actor_id and a.actor_kind = 'staff'
where a.force_id = $1 and a.case_id = $2 and a.what = any($3::text[])
group by a.actor_kind, a.actor_id, s.name order by max(a.at) desc limit $4
"""
_DAYS = """
select k.id, k.day, count(distinct a.case_id)
from unnest($2::uuid[], $3::date[]) k (id, day)
cross join lateral (select a.case_id from app.audit a
  where a.force_id = $1 and a.actor_kind = 'staff' and a.actor_id = k.id and a.what = 'case.opened'
    and a.at >= k.day::timestamp at time zone 'Europe/London'
    and a.at < (k.day + 1)::timestamp at time zone 'Europe/London') a
group by k.id, k.day
"""
# Whoever waits to be sealed came after what was sealed last, or out of a transaction that was open for an hour at most.
_WAITING = """
select count(*), min(w.at) from (
  select a.at from app.audit a
  where a.force_id = $1
    and a.at >= coalesce((select s.audit_at from app.audit_seal s where s.force_id = $1 order by s.position desc limit 1),
                         '-infinity'::timestamptz) - interval '1 hour'
    and not exists (select from app.audit_seal l where l.force_id = $1 and l.audit_id = a.id)
  order by a.at limit $2) w
"""
# What was written within an hour may have been sealed in another order; beyond it the chain has the order of the clock.
_FIRST_LINK = """
select min(l.position) from app.audit a join app.audit_seal l on l.force_id = $1 and l.audit_id = a.id
where a.force_id = $1 and a.at >= $2 and a.at < least($3, (
  select f.at from app.audit f where f.force_id = $1 and f.at >= $2 order by f.at limit 1) + interval '1 hour')
"""
_LAST_LINK = """
select max(l.position) from app.audit a join app.audit_seal l on l.force_id = $1 and l.audit_id = a.id
where a.force_id = $1 and a.at < $3 and a.at >= greatest($2, (
  select f.at from app.audit f join app.audit_seal s on s.force_id = $1 and s.audit_id = f.id
  where f.force_id = $1 and f.at < $3 order by f.at desc limit 1) - interval '1 hour')
"""
_DIGEST = "select digest from app.audit_seal where force_id = $1 and position = $2"

NOBODY = UUID(int=0)


async def found(tx: ForceTx, wanted: Wanted, after: Cursor | None, limit: int) -> list[FoundRow]:
    """Return the newest deeds that are wanted, behind a cursor, with their names."""
    sql, args = await statement(tx, wanted)
    return await tx.all(FoundRow, _NAMED.format(found=sql), *_place(wanted, after), limit, *args)


async def linked(tx: ForceTx, wanted: Wanted, after: Cursor | None, limit: int) -> list[LinkedRow]:
    """Return the newest deeds that are wanted, behind a cursor, with their links of the chain."""
    sql, args = await statement(tx, wanted)
    return await tx.all(LinkedRow, _LINKED.format(found=sql), *_place(wanted, after), limit, *args)


def _place(wanted: Wanted, after: Cursor | None) -> tuple[datetime, datetime, UUID]:
    return (wanted.since, after.at, after.id) if after else (wanted.since, wanted.until, NOBODY)


async def statement(tx: ForceTx, wanted: Wanted) -> tuple[str, tuple[object, ...]]:
    """Return the question that finds what is wanted by its index, and what it takes behind the five that all take."""
    but, deeds = list(wanted.but), list(wanted.deeds)
    if wanted.case_id:
        return _OF_CASE, (wanted.case_id, deeds, list(wanted.kinds), list(wanted.staff), but)
    if not (wanted.staff or wanted.kinds or deeds):
        return _ALL, ()
    if wanted.staff:
        return _OF_STAFF, (deeds or await names(tx), list(wanted.staff))
    return _OF_KIND, (deeds or await names(tx), list(wanted.kinds), but)


async def names(tx: ForceTx) -> list[str]:
    """Return the name of every deed that was ever recorded."""
    return await tx.column(_NAMES)


async def administrators(tx: ForceTx) -> list[UUID]:
    """Return everybody who is an administrator now."""
    return await tx.column(_ADMINISTRATORS)


async def case(tx: ForceTx, case_id: UUID) -> CaseRow | None:
    """Return a case, or None when there is none any more."""
    return await tx.one(CaseRow, _CASE, case_id)


async def by_reference(tx: ForceTx, folded_reference: str) -> CaseRow | None:
    """Return the case of a folded reference, or None."""
    return await tx.one(CaseRow, _BY_REFERENCE, folded_reference)


async def is_known(tx: ForceTx, case_id: UUID) -> bool:
    """Say whether anything was ever done about a case, whether or not it is still there."""
    return await tx.value(_IS_KNOWN, case_id)


async def looks(tx: ForceTx, case_id: UUID, deeds: Sequence[str], limit: int) -> list[LookRow]:
    """Return everybody who did one of these to a case, who did so last first."""
    return await tx.all(LookRow, _LOOKS, case_id, list(deeds), limit)


async def cases_opened(tx: ForceTx, days: Sequence[tuple[UUID, date]]) -> dict[tuple[UUID, date], int]:
    """Return how many different cases members of staff opened on days of London."""
    ids, dates = [each[0] for each in days], [each[1] for each in days]
    found = await tx.all(lambda *row: row, _DAYS, ids, dates)
    return {(staff_id, day): number for staff_id, day, number in found}


async def waiting(tx: ForceTx, most: int) -> tuple[int, datetime | None]:
    """Return how many rows are not in the chain yet, counted no further than `most`, and when the oldest was written."""
    return (await tx.pairs(_WAITING, most))[0]


async def ends(tx: ForceTx, since: datetime, until: datetime) -> tuple[int, int] | None:
    """Return the first and the last position of the links between two moments, or None."""
    first, last = await tx.value(_FIRST_LINK, since, until), await tx.value(_LAST_LINK, since, until)
    return (first, last) if first and last else None


async def digest(tx: ForceTx, position: int) -> bytes | None:
    """Return the digest at a position."""
    return await tx.value(_DIGEST, position)
