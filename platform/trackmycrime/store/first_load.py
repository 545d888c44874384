"""The cases of a first load: those about which nobody is told anything yet, and how far letting them go has come."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class PartRow(Struct, frozen=True):
    """Somebody's part in a case that is not released: all that decides whether they are invited, except who they are."""

    case_id: UUID
    person_id: UUID
    suitability: str
    consent: str
    tracked: bool
    closed: bool
    known: bool


class LoadRow(Struct, frozen=True):
    """Letting the cases go: where it stands, how many at a time, and how many cases and invitations it has been so far."""

    id: UUID
    state: str
    batch: int
    released: int
    invited: int
    begun_at: datetime
    begun_by: str
    changed_at: datetime


_WAITING = "select count(*) from app.case where force_id = $1 and known and not released"
_SOME = "select id from app.case where force_id = $1 and known and not released and id > $2 order by id limit $3"
# Whoever has an account, or was invited before, is not invited by the service itself again.
_PARTS = """
select cp.case_id, cp.person_id, cp.suitability, cp.consent, c.tracked, c.closed,
       exists (select from app.account a where a.force_id = $1 and a.person_id = cp.person_id)
       or exists (select from app.invite i where i.force_id = $1 and i.person_id = cp.person_id)
from app.case_person cp join app.case c on c.force_id = $1 and c.id = cp.case_id
where cp.force_id = $1 and cp.case_id = any($2::uuid[]) and cp.role in ('victim', 'reporter')
order by cp.case_id, cp.person_id
"""
_RELEASE = """
update app.case c set released = true
from (select id from app.case where force_id = $1 and known and not released order by id limit $2 for update) as n
where c.force_id = $1 and c.id = n.id returning c.id
"""
_LATEST = """
select l.id, l.state, l.batch, l.released, l.invited, l.begun_at, s.name, l.changed_at
from app.first_load l join app.staff s on s.force_id = $1 and s.id = l.begun_by
where l.force_id = $1 order by l.id desc limit 1
"""
_LOCK = "select id from app.first_load where force_id = $1 and state = 'running' for update skip locked"
_BEGIN = """
insert into app.first_load (force_id, id, state, batch, released, invited, begun_by) values ($1, $2, 'running', $3, 0, 0, $4)
on conflict (force_id) where state in ('running', 'paused') do nothing
"""
_MOVE = """
update app.first_load set state = $3, batch = coalesce($4, batch), changed_at = now()
where force_id = $1 and state = any($2::text[])
"""
_COUNT = """
update app.first_load set released = released + $3, invited = invited + $4, state = $5, changed_at = now()
where force_id = $1 and id = $2
"""


async def waiting(tx: ForceTx) -> int:
    """Return how many cases of a first load are not released."""
    return await tx.value(_WAITING)


async def some(tx: ForceTx, after: UUID, limit: int) -> list[UUID]:
    """Return cases that are not released, behind this one."""
    return await tx.column(_SOME, after, limit)


async def parts(tx: ForceTx, case_ids: Sequence[UUID]) -> list[PartRow]:
    """Return the victims and reporters of these cases."""
    return await tx.all(PartRow, _PARTS, list(case_ids))


async def release(tx: ForceTx, limit: int) -> list[UUID]:
    """Release cases, the first that came first, and return which."""
    return await tx.column(_RELEASE, limit)


async def latest(tx: ForceTx) -> LoadRow | None:
    """Return the last time that cases were let go, or None."""
    return await tx.one(LoadRow, _LATEST)


async def take_running(tx: ForceTx) -> bool:
    """Say whether cases are being let go, and nobody else is about to release some at this moment."""
    return await tx.value(_LOCK) is not None


async def begin(tx: ForceTx, batch: int, by: UUID) -> bool:
    """Begin to let cases go; False when somebody has begun."""
    return await tx.run(_BEGIN, ids.new(), batch, by) > 0


async def move(tx: ForceTx, come_from: Sequence[str], state: str, batch: int | None) -> bool:
    """Move it from one of these states to another, with another size of batch if one is given; say whether it was in one."""
    return await tx.run(_MOVE, list(come_from), state, batch) > 0


async def count(tx: ForceTx, load_id: UUID, released: int, invited: int, state: str) -> None:
    """Add what a batch was."""
    await tx.run(_COUNT, load_id, released, invited, state)
