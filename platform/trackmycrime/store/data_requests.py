"""Requests of people for their own data; what is made for them is sealed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class RequestRow(Struct, frozen=True):
    """A request that waits, or whose content, still sealed, is there."""

    id: UUID
    person_id: UUID
    case_id: UUID
    state: str
    ready_at: datetime
    content: bytes | None


_COLUMNS = "id, person_id, case_id, state, ready_at, content"
_ADD = """
insert into app.data_request (force_id, id, person_id, case_id, state, ready_at) values ($1, $2, $3, $4, 'waiting', $5)
on conflict (force_id, person_id) where state = 'waiting' do nothing returning id
"""
_OF_PERSON = f"""
select distinct on (state) {_COLUMNS} from app.data_request
where force_id = $1 and person_id = $2 and state in ('waiting', 'ready') order by state, ready_at desc, id
"""
_CANCEL = """
update app.data_request set state = 'cancelled' where force_id = $1 and person_id = $2 and state = 'waiting' returning id
"""
_DUE = f"""
select {_COLUMNS} from app.data_request where force_id = $1 and state = 'waiting' and ready_at <= now()
order by ready_at, id limit $2 for update skip locked
"""
_SETTLE = "update app.data_request set state = $3, content = $4 where force_id = $1 and id = $2"
_EXPIRE = """
update app.data_request set state = 'deleted', content = null
where force_id = $1 and state = 'ready' and ready_at < now() - $2::interval returning id
"""


async def add(tx: ForceTx, person_id: UUID, case_id: UUID, ready_at: datetime) -> UUID | None:
    """Write a request and return its id; None while another of this person waits."""
    return await tx.value(_ADD, ids.new(), person_id, case_id, ready_at)


async def of_person(tx: ForceTx, person_id: UUID) -> dict[str, RequestRow]:
    """Return the newest request of a person that waits, and the newest that is there, by their states."""
    return {row.state: row for row in await tx.all(RequestRow, _OF_PERSON, person_id)}


async def cancel(tx: ForceTx, person_id: UUID) -> UUID | None:
    """Cancel the request of a person that waits, and return its id; None when none does."""
    return await tx.value(_CANCEL, person_id)


async def due(tx: ForceTx, limit: int) -> list[RequestRow]:
    """Return requests whose time has come, and lock them."""
    return await tx.all(RequestRow, _DUE, limit)


async def settle(tx: ForceTx, request_id: UUID, state: str, content: bytes | None) -> None:
    """Write what became of a request."""
    await tx.run(_SETTLE, request_id, state, content)


async def expire(tx: ForceTx, after: timedelta) -> Sequence[UUID]:
    """Delete what was there longer than this, and return whose requests it was for."""
    return await tx.column(_EXPIRE, after)
