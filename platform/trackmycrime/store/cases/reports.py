"""What somebody reported who is not its victim."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.tx import ForceTx


class ReportRow(Struct, frozen=True):
    """All that its reporter may know of a crime; the reference is "" until they have said it themselves."""

    id: UUID
    reference: str
    received_at: datetime


# For how long does not hang on when the case is closed: a reporter is not to learn that it was.
_OF_PERSON = """
select c.id, case when cp.knows_reference then c.reference else '' end, coalesce(c.reported_at, c.made_at) as received_at
from app.case_person cp join app.case c on c.force_id = $1 and c.id = cp.case_id
where cp.force_id = $1 and cp.person_id = $2 and cp.role = 'reporter' and c.known
  and coalesce(c.reported_at, c.made_at) > now() - make_interval(months => $3::int)
order by received_at desc, c.id
"""
_KNOWN_BY = """
update app.case_person cp set knows_reference = true from app.case c
where cp.force_id = $1 and cp.person_id = $2 and cp.role = 'reporter' and not cp.knows_reference
  and c.force_id = $1 and c.id = cp.case_id and c.folded_reference = $3
"""


async def of_person(tx: ForceTx, person_id: UUID, months: int) -> list[ReportRow]:
    """Return what somebody reported in the last so many months, the newest first."""
    return await tx.all(ReportRow, _OF_PERSON, person_id, months)


async def known_by(tx: ForceTx, person_id: UUID, folded_reference: str) -> None:
    """Note that a reporter knows the reference of the crime: they have said it."""
    await tx.run(_KNOWN_BY, person_id, folded_reference)
