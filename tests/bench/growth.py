"""Millions of entries, made set-wise by PostgreSQL itself, signed in as the migrator."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import psycopg
from msgspec import Struct

from tests.bench.stage import Stage
from trackmycrime.cli.embedded import DATABASE
from trackmycrime.settings import Role

ENTRIES_EACH = 20
_AT_ONCE = 20  # forces in one statement: each partition and index of theirs is locked meanwhile
_SAMPLE = 2000
_TABLES = ("person", "case", "case_person", "timeline_entry", "read_mark")

# A case's number runs on from what is there, so that a database grows from one size to the next.
_CASES = """
insert into app."case" (force_id, id, reference, folded_reference, known, offence_code, offence_title, offence_group, risky,
                        tracked, released, reported_at, stage, closed, orders)
select f, uuidv7(), 'SZ/' || n, 'SZ' || n, true, '', 'Theft of pedal cycle', 'bicycle_theft', false, true, true,
       now() - interval '30 days', 'investigation', false, '{}'
from unnest(%(forces)s::uuid[]) f, generate_series(%(first)s::int, %(last)s::int) n
"""
_PERSONS = """
insert into app.person (force_id, id, source_id, language, contact_by, ordering)
select c.force_id, uuidv7(), c.folded_reference, 'en', 'feed', '{}'
from app."case" c where c.force_id = any(%(forces)s) and substr(c.folded_reference, 3)::int between %(first)s::int and %(last)s::int
"""
_PARTS = """
insert into app.case_person (force_id, id, case_id, person_id, role, consent, suitability, suitability_by, enhanced)
select c.force_id, uuidv7(), c.id, p.id, 'victim', 'opted_in', 'suitable', 'feed', false
from app."case" c join app.person p on p.force_id = c.force_id and p.source_id = c.folded_reference
where c.force_id = any(%(forces)s) and substr(c.folded_reference, 3)::int between %(first)s::int and %(last)s::int
"""
# One statement for each entry's turn: a case's entries lie apart, as they do when they come one a day.
_ENTRIES = """
insert into app.timeline_entry (force_id, id, case_id, kind, topic, audience, persons, author_kind, author_name, body, language,
                                happened_at, event_id)
select c.force_id, uuidv7(), c.id, 'update', '', 'everyone', '{}', 'record_system', '',
       decode(repeat(md5(c.id::text || %(turn)s::int), 15), 'hex'), 'en', now() - %(turn)s::int * interval '1 day', c.id::text || %(turn)s::int
from app."case" c where c.force_id = any(%(forces)s) and substr(c.folded_reference, 3)::int between %(first)s::int and %(last)s::int
"""
_READERS = """
select c.force_id, c.id, cp.person_id from app."case" c
join app.case_person cp on cp.force_id = c.force_id and cp.case_id = c.id
where c.force_id = any(%(forces)s) order by md5(c.id::text) limit %(number)s
"""
_MARKS = """
insert into app.read_mark (force_id, id, entry_id, reader_id, reader_kind, reader_name)
select e.force_id, uuidv7(), e.id, %(reader)s, 'victim', '' from app.timeline_entry e
where e.force_id = %(force)s and e.case_id = %(case)s on conflict do nothing
"""


class Reader(Struct, frozen=True):
    """A victim who opens their page."""

    force_id: UUID
    case_id: UUID
    person_id: UUID


def grow(stage: Stage, entries: int) -> list[Reader]:
    """Fill the forces evenly until there are so many entries, and return readers who have read theirs."""
    with psycopg.connect(stage.postgres.url(Role.MIGRATOR, DATABASE)) as connection:
        connection.execute("set role tmc_owner")
        _lift(connection, "no force")
        forces = [row[0] for row in connection.execute("select id from app.force order by slug").fetchall()]
        last = entries // ENTRIES_EACH // len(forces)
        first = 1 + _there(connection, forces[0])
        for some in _chunks(forces):
            given = {"forces": some, "first": first, "last": last}
            for statement in (_CASES, _PERSONS, _PARTS):
                connection.execute(statement, given)
            for turn in range(ENTRIES_EACH):
                connection.execute(_ENTRIES, {**given, "turn": turn})
        readers = [reader for some in _chunks(forces) for reader in _readers(connection, some, len(forces))]
        _lift(connection, "force")
    return readers


def _lift(connection: psycopg.Connection, how: str) -> None:
    """Let the owner write for every force, or no longer; nobody else sees it, since all of this is one transaction."""
    for table in _TABLES:
        connection.execute(f'alter table app."{table}" {how} row level security'.encode())


def _there(connection: psycopg.Connection, force: UUID) -> int:
    row = connection.execute('select count(*) from app."case" where force_id = %s', (force,)).fetchone()
    return row[0] if row else 0


def _chunks(forces: Sequence[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(forces), _AT_ONCE):
        yield list(forces[start : start + _AT_ONCE])


def _readers(connection: psycopg.Connection, some: list[UUID], forces: int) -> Iterator[Reader]:
    given = {"forces": some, "number": -(-_SAMPLE * len(some) // forces)}
    for force_id, case_id, person_id in connection.execute(_READERS, given).fetchall():
        connection.execute(_MARKS, {"force": force_id, "case": case_id, "reader": person_id})
        yield Reader(force_id, case_id, person_id)
