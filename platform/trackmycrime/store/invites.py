"""Inviting one person at a time: what it depends on, and the invitation itself."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.cases.links import ENTRY_PART
from trackmycrime.tx import ForceTx


class Standing(Struct, frozen=True):
    """All that decides whether somebody can be invited to a case, except who they are."""

    role: str
    consent: str
    suitability: str
    released: bool
    closed: bool
    registered: bool
    may_act: bool


_STANDING = f"""
select cp.role, cp.consent, cp.suitability, c.known and c.released, c.closed,
       exists (select from app.account a where a.force_id = $1 and a.person_id = cp.person_id), coalesce({ENTRY_PART}, false)
from app.case_person cp join app.case c on c.force_id = $1 and c.id = cp.case_id
where cp.force_id = $1 and cp.case_id = $2 and cp.person_id = $3
"""
_LATEST = "select id from app.invite where force_id = $1 and person_id = $2 order by made_at desc, id desc limit 1"
_REPLACE = """
update app.invite set state = case when expires_at < now() then 'expired' else 'withdrawn' end
where force_id = $1 and person_id = $2 and state = 'open' returning id
"""
_ADD = """
insert into app.invite (force_id, id, person_id, case_id, state, tries_left, expires_at, code_hash)
values ($1, $2, $3, $4, 'open', $5, $6, $7)
"""


def new_id() -> UUID:
    """Return the id of an invitation that is about to be made: its code is hashed with it."""
    return ids.new()


async def standing(tx: ForceTx, case_id: UUID, person_id: UUID) -> Standing | None:
    """Return where somebody stands on a case, or None when it does not concern them."""
    return await tx.one(Standing, _STANDING, case_id, person_id)


async def latest(tx: ForceTx, person_id: UUID) -> UUID | None:
    """Return somebody's newest invitation, whatever became of it, or None."""
    return await tx.value(_LATEST, person_id)


async def replace(tx: ForceTx, person_id: UUID) -> list[UUID]:
    """Let the open invitation of somebody open nothing any more, and return its id, if there is one."""
    return await tx.column(_REPLACE, person_id)


async def add(
    tx: ForceTx,
    invite_id: UUID,
    person_id: UUID,
    case_id: UUID,
    *,
    tries: int,
    expires_at: datetime,
    code_hash: bytes | None,
) -> None:
    """Make an invitation. The person must have no open one."""
    await tx.run(_ADD, invite_id, person_id, case_id, tries, expires_at, code_hash)
