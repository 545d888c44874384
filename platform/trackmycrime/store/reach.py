"""How many people each part of the service touches at this moment: counts alone, of one force."""

from msgspec import Struct

from trackmycrime.tx import ForceTx


class ReachRow(Struct, frozen=True):
    """Counts of one force.

    Victims with an account; of them with texts switched on, with Welsh, and with property on record; who wrote in the last 28
    days; and officers who said when they are next on duty.
    """

    registered: int
    texts: int
    welsh: int
    property: int
    writing: int
    officers: int


_REACH = """
with registered as (
  select a.person_id, a.text_on, coalesce(p.own_language, p.language) as language
  from app.account a join app.person p on p.force_id = $1 and p.id = a.person_id
  where a.force_id = $1 and a.state = 'open'
)
select count(*), count(*) filter (where text_on), count(*) filter (where language = 'cy'),
  count(*) filter (where exists (
    select from app.case_person cp join app.property_item i on i.force_id = $1 and i.case_id = cp.case_id
    where cp.force_id = $1 and cp.person_id = registered.person_id)),
  (select count(distinct e.author_id) from app.timeline_entry e
   where e.force_id = $1 and e.author_kind = 'victim' and e.arrived_at > now() - interval '28 days'),
  (select count(*) from app.staff s where s.force_id = $1 and s.next_on_duty is not null)
from registered
"""
_BY_CRIME = """
select offence_group, count(*) from app.case where force_id = $1 and known and not closed group by offence_group
"""


async def reach(tx: ForceTx) -> ReachRow:
    """Count whom the parts of the service touch."""
    found = await tx.one(ReachRow, _REACH)
    return found or ReachRow(0, 0, 0, 0, 0, 0)


async def open_cases(tx: ForceTx) -> dict[str, int]:
    """Count the open cases of each group of offences."""
    return dict(await tx.pairs(_BY_CRIME))
