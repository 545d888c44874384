"""What people have begun to write on cases: one text for each person and case, sealed already."""

from uuid import UUID

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx

_KEEP = """
insert into app.draft (force_id, id, case_id, person_id, body) values ($1, $2, $3, $4, $5)
on conflict (force_id, case_id, person_id) do update set body = excluded.body, saved_at = now()
returning id = $2
"""
_FORGET = """
delete from app.draft d using unnest($2::uuid[], $3::uuid[]) as t(case_id, person_id)
where d.force_id = $1 and d.case_id = t.case_id and d.person_id = t.person_id
"""


async def keep(tx: ForceTx, case_id: UUID, person_id: UUID, body: bytes) -> bool:
    """Write what somebody has written so far, and say whether it is the first of it."""
    return await tx.value(_KEEP, ids.new(), case_id, person_id, body)


async def forget(tx: ForceTx, case_id: UUID, person_id: UUID) -> None:
    """Forget what somebody has begun to write on a case: with what else the transaction writes, so that nobody waits for it."""
    await tx.append(_FORGET, [(case_id, person_id)])
