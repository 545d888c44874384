"""What is said on cases, newest first, and who has read it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx, Pinned


class NewEntry(Struct, frozen=True):
    """Something said or noticed on a case; its body is sealed already."""

    id: UUID
    case_id: UUID
    kind: str
    topic: str
    audience: str
    persons: tuple[UUID, ...]
    author_kind: str
    author_id: UUID | None
    author_name: str
    body: bytes | None
    language: str
    happened_at: datetime
    event_id: str | None
    once: bytes | None = None


class EntryRow(Struct, frozen=True):
    """An entry, still sealed."""

    id: UUID
    kind: str
    topic: str
    audience: str
    persons: list[UUID]
    author_kind: str
    author_id: UUID | None
    author_name: str
    body: bytes | None
    language: str
    happened_at: datetime
    arrived_at: datetime
    event_id: str | None


class ReadRow(Struct, frozen=True):
    """An entry as a reader gets it, still sealed; staff see whom it is for.

    `read_at` is when the reader read it, `read_by` and `read_by_them_at` who of the other side read what the reader's
    side wrote, and when. What the reader has begun to write and not sent comes behind the entries, as one more of the
    kind "draft".
    """

    id: UUID
    kind: str
    topic: str
    audience: str
    persons: list[UUID]
    author_kind: str
    author_id: UUID | None
    author_name: str
    body: bytes | None
    language: str
    happened_at: datetime
    read_at: datetime | None
    read_by: str | None
    read_by_them_at: datetime | None


_ADD = """
insert into app.timeline_entry (force_id, id, case_id, kind, topic, audience, persons, author_kind, author_id, author_name, body,
                                language, happened_at, event_id, once)
select $1, id, case_id, kind, topic, audience, persons::uuid[], author_kind, author_id, author_name, body, language, happened_at,
       event_id, once
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::text[],
            $11::bytea[], $12::text[], $13::timestamptz[], $14::text[], $15::bytea[])
  as t(id, case_id, kind, topic, audience, persons, author_kind, author_id, author_name, body, language, happened_at, event_id,
       once)
on conflict (force_id, case_id, once) where once is not null do nothing returning id
"""
_SAID = "e.author_kind, e.author_id, e.author_name, e.body, e.language, e.happened_at"
_MINE = "left join app.read_mark mine on mine.force_id = $1 and mine.entry_id = e.id and mine.reader_id = $3"
# For what my side wrote, who of the other side has read it first: asked for those entries alone.
_FIRST = """
case when (e.author_kind = 'victim') = ($4 = 'victim') then (
  select r.{} from app.read_mark r where r.force_id = $1 and r.entry_id = e.id and r.reader_kind <> $4 order by r.read_at limit 1
) end
"""
_MARKS = f"mine.read_at, {_FIRST.format('reader_name')}, {_FIRST.format('read_at')}"
# No persons, as text: of an array of uuids the driver asks the catalogue on every new connection, which takes as long as a page.
_FOR_PERSON = Pinned(f"""
(select e.id, e.kind, e.topic, e.audience, '{{}}'::text[], {_SAID}, {_MARKS}
from app.timeline_entry e {_MINE}
where e.force_id = $1 and e.case_id = $2 and (e.audience = 'everyone' or (e.audience = 'named' and $3 = any(e.persons)))
order by e.happened_at desc, e.id desc limit $5 offset $6)
union all
select d.id, 'draft', '', 'named', '{{}}'::text[], 'victim', d.person_id, '', d.body, '', d.saved_at, null, null, null
from app.draft d where d.force_id = $1 and d.case_id = $2 and d.person_id = $3
""")
_FOR_STAFF = f"""
select e.id, e.kind, e.topic, e.audience, e.persons, {_SAID}, {_MARKS}
from app.timeline_entry e {_MINE}
where e.force_id = $1 and e.case_id = $2 order by e.happened_at desc, e.id desc limit $5 offset $6
"""
_ALL = """
select e.id, e.kind, e.topic, e.audience, e.persons, e.author_kind, e.author_id, e.author_name, e.body, e.language,
       e.happened_at, e.arrived_at, e.event_id
from app.timeline_entry e where e.force_id = $1 and e.case_id = $2 order by e.happened_at, e.id
"""
_READ = """
insert into app.read_mark (force_id, id, entry_id, reader_id, reader_kind, reader_name)
select $1, id, entry_id, $4, $5, $6 from unnest($2::uuid[], $3::uuid[]) as t(id, entry_id)
on conflict (force_id, entry_id, reader_id) do nothing returning entry_id
"""


async def add(tx: ForceTx, entries: Sequence[NewEntry]) -> list[UUID]:
    """Write entries; what was said once already is not said again. Returns the new ones' ids."""
    return await tx.many(_ADD, [_values(entry) for entry in entries])


def _values(e: NewEntry) -> tuple[object, ...]:
    persons = "{" + ",".join(str(person) for person in e.persons) + "}"
    return (
        e.id,
        e.case_id,
        e.kind,
        e.topic,
        e.audience,
        persons,
        e.author_kind,
        e.author_id,
        e.author_name,
        e.body,
        e.language,
        e.happened_at,
        e.event_id,
        e.once,
    )


async def for_person(tx: ForceTx, case_id: UUID, person_id: UUID, limit: int, offset: int) -> list[ReadRow]:
    """Return what a person may read on a case, newest first, and behind it what they have begun to write there."""
    return await tx.all(ReadRow, _FOR_PERSON, case_id, person_id, "victim", limit, offset)


async def for_staff(tx: ForceTx, case_id: UUID, staff_id: UUID, limit: int, offset: int) -> list[ReadRow]:
    """Return everything on a case, newest first."""
    return await tx.all(ReadRow, _FOR_STAFF, case_id, staff_id, "staff", limit, offset)


async def everything(tx: ForceTx, case_id: UUID) -> list[EntryRow]:
    """Return everything on a case, oldest first, once each."""
    return await tx.all(EntryRow, _ALL, case_id)


async def read(tx: ForceTx, entry_ids: Sequence[UUID], reader_id: UUID, kind: str, name: str) -> list[UUID]:
    """Note that somebody has read entries; return those they had not read before."""
    if not entry_ids:
        return []
    marks = [ids.new() for _ in entry_ids]
    return await tx.column(_READ, marks, list(entry_ids), reader_id, kind, name)
