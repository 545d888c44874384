"""Requests about somebody's data: those that came another way, and those that people made here themselves."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class RightsRow(Struct, frozen=True):
    """A request; without a person they were erased, or have gone. Why it was decided so is sealed."""

    id: UUID
    kind: str
    via: str
    reference: str
    case_id: UUID | None
    person_id: UUID | None
    received_on: date
    due_on: date
    state: str
    made_by: UUID
    maker: str
    made_at: datetime
    decider: str
    decided_at: datetime | None
    why: bytes | None
    deletion_id: UUID | None


class OwnRow(Struct, frozen=True):
    """A request that somebody made here themselves for a copy of their data."""

    asked_at: datetime
    ready_at: datetime
    state: str


_REQUEST = """
select r.id, r.kind, r.via, coalesce(c.reference, ''), r.case_id, r.person_id, r.received_on, r.due_on, r.state, r.made_by, m.name,
       r.made_at, coalesce(d.name, ''), r.decided_at, r.why, r.deletion_id
from app.rights_request r join app.staff m on m.force_id = $1 and m.id = r.made_by
left join app.staff d on d.force_id = $1 and d.id = r.decided_by
left join app.case c on c.force_id = $1 and c.id = r.case_id
where r.force_id = $1
"""
_LISTED = f"{_REQUEST} order by (r.state <> 'open'), case when r.state = 'open' then r.due_on end, r.made_at desc, r.id limit $2 offset $3"
_ONE = f"{_REQUEST} and r.id = $2 for update of r"
_SHOWN = f"{_REQUEST} and r.id = $2"
_NUMBER = "select count(*) from app.rights_request where force_id = $1"
_LATE = "select count(*) from app.rights_request where force_id = $1 and state = 'open' and due_on < $2"
_ADD = """
insert into app.rights_request (force_id, id, kind, via, case_id, person_id, received_on, due_on, state, made_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9)
"""
_DECIDE = """
update app.rights_request set state = $3, decided_by = $4, decided_at = now(), why = $5, deletion_id = $6
where force_id = $1 and id = $2 and state = 'open'
"""
_SOURCE = "select source_id from app.person where force_id = $1 and id = $2 for update"
_OWN = "select asked_at, ready_at, state from app.data_request where force_id = $1 order by asked_at desc, id limit $2"


async def add(tx: ForceTx, kind: str, via: str, case_id: UUID, person_id: UUID, days: tuple[date, date]) -> UUID:
    """Write down a request, received on the first and due on the second of these days; return its id."""
    request_id = ids.new()
    await tx.run(_ADD, request_id, kind, via, case_id, person_id, *days, tx.actor.id)
    return request_id


async def listed(tx: ForceTx, limit: int, offset: int) -> list[RightsRow]:
    """Return requests: open ones first, what is due first."""
    return await tx.all(RightsRow, _LISTED, limit, offset)


async def number(tx: ForceTx) -> int:
    """Return how many requests there are."""
    return await tx.value(_NUMBER)


async def late(tx: ForceTx, today: date) -> int:
    """Return how many open requests were due before today."""
    return await tx.value(_LATE, today)


async def shown(tx: ForceTx, request_id: UUID) -> RightsRow | None:
    """Return a request, or None."""
    return await tx.one(RightsRow, _SHOWN, request_id)


async def lock(tx: ForceTx, request_id: UUID) -> RightsRow | None:
    """Return a request and lock it, or None."""
    return await tx.one(RightsRow, _ONE, request_id)


async def decide(tx: ForceTx, request_id: UUID, state: str, why: bytes, deletion_id: UUID | None) -> None:
    """Write what was decided, by whom and why, and the proof of deletion where there is one."""
    await tx.run(_DECIDE, request_id, state, tx.actor.id, why, deletion_id)


async def source(tx: ForceTx, person_id: UUID) -> str | None:
    """Return by which id the record system knows somebody, and lock them; None where they are gone."""
    return await tx.value(_SOURCE, person_id)


async def own(tx: ForceTx, limit: int) -> list[OwnRow]:
    """Return the newest requests that people made here themselves."""
    return await tx.all(OwnRow, _OWN, limit)
