"""What has come for people since they opened their messages, and they have not read."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from trackmycrime.tx import ForceTx


class Listening(Struct, frozen=True):
    """Somebody who has a case's messages open: with which session, and the id before whatever comes since."""

    session_id: UUID
    case_id: UUID
    person_id: UUID
    since: UUID


# Only what they may read is counted: that there is something for somebody else is nobody's news.
_UNREAD = """
select l.number, count(e.id)
from unnest($2::int[], $3::uuid[], $4::uuid[], $5::uuid[]) as l(number, case_id, person_id, since)
left join app.timeline_entry e
  on e.force_id = $1 and e.case_id = l.case_id and e.id > l.since and e.author_kind <> 'victim'
  and (e.audience = 'everyone' or (e.audience = 'named' and l.person_id = any(e.persons)))
  and not exists (select from app.read_mark r where r.force_id = $1 and r.entry_id = e.id and r.reader_id = l.person_id)
group by l.number order by l.number
"""

_NEWEST = """
select e.case_id from app.timeline_entry e
where e.force_id = $1 and e.case_id = any($2::uuid[]) and e.author_kind <> 'victim'
  and (e.audience = 'everyone' or (e.audience = 'named' and $3 = any(e.persons)))
  and not exists (select from app.read_mark r where r.force_id = $1 and r.entry_id = e.id and r.reader_id = $3)
order by e.id desc limit 1
"""


async def unread(tx: ForceTx, listening: Sequence[Listening]) -> list[int]:
    """Return how many entries each of these people has not read, of those that came since."""
    if not listening:
        return []
    cases, persons = [each.case_id for each in listening], [each.person_id for each in listening]
    since = [each.since for each in listening]
    found = await tx.pairs(_UNREAD, list(range(len(listening))), cases, persons, since)
    return [number for _position, number in found]


async def newest(tx: ForceTx, person_id: UUID, case_ids: Sequence[UUID]) -> UUID | None:
    """Return on which of these cases the newest entry stands that somebody has not read; None where they have read all."""
    return await tx.value(_NEWEST, case_ids, person_id)
