"""What is due to go: counted, listed, and taken in batches."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.tx import ForceTx


class Cutoffs(Struct, frozen=True):
    """Before which moment a case was closed, somebody's last case went, a record came, a notification ended, for it to go."""

    cases: datetime
    people: datetime
    records: datetime
    notifications: datetime


class CaseRow(Struct, frozen=True):
    """A case that was closed before a moment, and whether it is kept back: by a hold, whose reason is sealed, or by a request."""

    id: UUID
    reference: str
    closed_at: datetime
    hold_id: UUID | None
    why: bytes | None
    is_asked_for: bool


class Lone(Struct, frozen=True):
    """Somebody who is on no case any more."""

    id: UUID
    source_id: str


MOST = 100_000
"""More than this nobody counts for a page."""
_HELD = "exists (select from app.legal_hold h where h.force_id = $1 and h.case_id = {case} and h.lifted_at is null)"
_ASKED = """
exists (select from app.rights_request r where r.force_id = $1 and r.state = 'open' and (r.case_id = c.id or r.person_id in (
          select cp.person_id from app.case_person cp where cp.force_id = $1 and cp.case_id = c.id)))
"""
_HOLDS_PERSON = """
exists (select from app.case_person cp join app.legal_hold h on h.force_id = $1 and h.case_id = cp.case_id and h.lifted_at is null
        where cp.force_id = $1 and cp.person_id = {person})
"""
_KEPT = f"({_HELD.format(case='c.id')} or {_ASKED})"
_CLOSED = "from app.case c where c.force_id = $1 and c.closed and c.closed_at < $2"
_CASES = f"{_CLOSED} and not {_KEPT}"
_PEOPLE = """
from app.person p where p.force_id = $1 and p.alone_since < $2
  and not exists (select from app.case_person cp where cp.force_id = $1 and cp.person_id = p.id)
  and not exists (select from app.case_person cp where cp.force_id = $1 and cp.proxy_for = p.id)
  and not exists (select from app.rights_request r where r.force_id = $1 and r.state = 'open' and r.person_id = p.id)
"""
_RECORDS = f"""
from app.event e where e.force_id = $1 and e.state <> 'held' and e.content is not null and e.received_at < $2
  and coalesce(e.settled_at, e.received_at) < $2 and not {_HELD.format(case="e.case_id")}
"""
_NOTIFICATIONS = f"""
from app.notification n where n.force_id = $1 and n.ended_at < $2 and n.state in ('sent', 'dropped', 'dead')
  and not {_HOLDS_PERSON.format(person="n.person_id")}
"""
_COUNT_CASES = f"select count(*) from (select {_CASES} limit $3) counted"
_COUNT_PEOPLE = f"select count(*) from (select {_PEOPLE} limit $3) counted"
_COUNT_RECORDS = f"select count(*) from (select {_RECORDS} limit $3) counted"
_COUNT_NOTIFICATIONS = f"select count(*) from (select {_NOTIFICATIONS} limit $3) counted"
_COUNT_KEPT = f"select count(*) from (select {_CLOSED} and {_KEPT} limit $3) counted"
_LISTED = f"""
select c.id, c.reference, c.closed_at, k.id, k.why, {_ASKED}
from app.case c left join app.legal_hold k on k.force_id = $1 and k.case_id = c.id and k.lifted_at is null
where c.force_id = $1 and c.closed and c.closed_at < $2
order by c.closed_at, c.id limit $3 offset $4
"""
_COUNT_LISTED = f"select count(*) from (select {_CLOSED} limit $3) counted"
_TAKE_CASES = (
    f"select c.id, c.folded_reference {_CASES} order by c.closed_at, c.id limit $3 for update of c skip locked"
)
_TAKE_PEOPLE = f"select p.id, p.source_id {_PEOPLE} order by p.alone_since, p.id limit $3 for update of p skip locked"
_TAKE_RECORDS = f"select e.id {_RECORDS} order by e.received_at, e.id limit $3 for update of e skip locked"
_TAKE_NOTIFICATIONS = f"select n.id {_NOTIFICATIONS} order by n.ended_at, n.id limit $3 for update of n skip locked"
_ALONE = "select pg_advisory_xact_lock(hashtextextended($1::uuid::text || ' retention', 0))"


async def alone(tx: ForceTx) -> None:
    """Wait until nobody else of this force deletes something or says that it must not be deleted; then be the only one."""
    await tx.run(_ALONE)


async def numbers(tx: ForceTx, before: Cutoffs) -> tuple[int, int, int, int]:
    """Return how many cases, people, records and notifications are due, none counted beyond MOST."""
    return (
        await tx.value(_COUNT_CASES, before.cases, MOST),
        await tx.value(_COUNT_PEOPLE, before.people, MOST),
        await tx.value(_COUNT_RECORDS, before.records, MOST),
        await tx.value(_COUNT_NOTIFICATIONS, before.notifications, MOST),
    )


async def number_kept(tx: ForceTx, before: datetime) -> int:
    """Return how many cases would be due, but are kept back."""
    return await tx.value(_COUNT_KEPT, before, MOST)


async def listed(tx: ForceTx, before: datetime, limit: int, offset: int) -> list[CaseRow]:
    """Return cases that were closed before a moment, the first to go first."""
    return await tx.all(CaseRow, _LISTED, before, limit, offset)


async def number_listed(tx: ForceTx, before: datetime) -> int:
    """Return how many cases `listed` goes through."""
    return await tx.value(_COUNT_LISTED, before, MOST)


async def cases(tx: ForceTx, before: datetime, limit: int) -> list[tuple[UUID, str]]:
    """Return cases that are due, each with its folded reference, and lock them."""
    return await tx.pairs(_TAKE_CASES, before, limit)


async def people(tx: ForceTx, before: datetime, limit: int) -> list[Lone]:
    """Return people who are due, and lock them."""
    return await tx.all(Lone, _TAKE_PEOPLE, before, limit)


async def records(tx: ForceTx, before: datetime, limit: int) -> Sequence[UUID]:
    """Return events whose content is due, and lock them."""
    return await tx.column(_TAKE_RECORDS, before, limit)


async def notifications(tx: ForceTx, before: datetime, limit: int) -> Sequence[UUID]:
    """Return notifications that are due, and lock them."""
    return await tx.column(_TAKE_NOTIFICATIONS, before, limit)
