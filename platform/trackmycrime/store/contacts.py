"""What staff record of a person: how it is safe to reach them, and by which address and number."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from trackmycrime.store.people import PARTS
from trackmycrime.tx import ForceTx

# In the order in which a batch of the feed locks them, so that the two never wait for each other in a ring.
_HOLD_CASE = "select id from app.case where force_id = $1 and id = $2 for update"
_HOLD_PERSON = "select id from app.person where force_id = $1 and id = $2 for update"
_RISKS = f"""
select cp.person_id, cp.case_id::text || ' ' || flag from {PARTS} cp
join app.case c on c.force_id = $1 and c.id = cp.case_id
cross join lateral unnest(coalesce(cp.safety, case when c.risky or not c.known then array['unknown'] else array[]::text[] end)) as flag
"""
_ASSESS = """
update app.case_person set suitability = $4, suitability_by = 'staff', safety = $5
where force_id = $1 and case_id = $2 and person_id = $3
"""
_SAFE = """
update app.person set safe_contact = $3, safe_contact_at = now(), contact_by = 'staff' where force_id = $1 and id = $2
"""
_FORGET = "update app.person set safe_contact = null, safe_contact_at = null where force_id = $1 and id = $2"
_CONTACT = """
update app.person set contact = $3, contact_by = 'staff', pending_contact = null, pending_by = null
where force_id = $1 and id = $2
"""
_PENDING = "update app.person set pending_contact = $3, pending_by = $4 where force_id = $1 and id = $2"
_OLD = """
select distinct on (p.id) p.id, c.id from app.person p
join app.case_person cp on cp.force_id = $1 and cp.person_id = p.id
join app.case c on c.force_id = $1 and c.id = cp.case_id and not c.closed
where p.force_id = $1 and p.safe_contact_at < now() - $2::interval
order by p.id, c.reported_at desc nulls last, c.id
"""


async def hold(tx: ForceTx, case_id: UUID, person_id: UUID) -> None:
    """Lock a case and a person until the transaction ends, so that what the feed says meanwhile waits."""
    await tx.value(_HOLD_CASE, case_id)
    await tx.value(_HOLD_PERSON, person_id)


async def risks(tx: ForceTx, person_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Return what speaks of a risk to each of these people: the case and the flag, `unknown` where nobody asked."""
    found: dict[UUID, set[str]] = {}
    for person_id, risk in await tx.pairs(_RISKS, list(person_ids)):
        found.setdefault(person_id, set()).add(risk)
    return found


async def assess(tx: ForceTx, case_id: UUID, person_id: UUID, suitability: str, safety: list[str] | None) -> None:
    """Write what staff found of somebody on a case."""
    await tx.run(_ASSESS, case_id, person_id, suitability, safety)


async def save_safe(tx: ForceTx, person_id: UUID, sealed: bytes) -> None:
    """Write how it is safe to reach somebody; from now on their address and number are those that staff saw."""
    await tx.run(_SAFE, person_id, sealed)


async def forget_safe(tx: ForceTx, person_id: UUID) -> None:
    """Forget how it was safe to reach somebody."""
    await tx.run(_FORGET, person_id)


async def save_contact(tx: ForceTx, person_id: UUID, sealed: bytes) -> None:
    """Write somebody's address and number as staff confirmed them; nothing waits any more."""
    await tx.run(_CONTACT, person_id, sealed)


async def save_pending(tx: ForceTx, person_id: UUID, sealed: bytes | None, by: UUID | None) -> None:
    """Write which address and number wait to be confirmed, and who put them forward; None for nothing."""
    await tx.run(_PENDING, person_id, sealed, by)


async def old(tx: ForceTx, age: timedelta) -> list[tuple[UUID, UUID]]:
    """Return (person, an open case of theirs) where the record of safe contact is older than `age`."""
    return await tx.pairs(_OLD, age)
