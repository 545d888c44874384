"""Case rows: set-shaped for the feed, one statement for a page."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.cases.links import LIVE_PART
from trackmycrime.store.identity.deputies import ACTS_FOR
from trackmycrime.tx import ForceTx

type Order = tuple[int, str, str]


class CaseRow(Struct, frozen=True):
    """A case as the feed writes it."""

    id: UUID
    reference: str
    folded_reference: str
    data_key: bytes | None
    known: bool
    offence_code: str
    offence_title: str
    offence_group: str
    area: str
    risky: bool
    tracked: bool
    released: bool
    summary: bytes | None
    reported_at: datetime | None
    officer_id: UUID | None
    stage: str
    outcome: int | None
    closed: bool
    closed_at: datetime | None
    orders: dict[str, Order]


class SeenRow(Struct, frozen=True):
    """A case as a page shows it: with its officer, the next date that was promised, and whether it is known to have passed."""

    id: UUID
    reference: str
    data_key: bytes | None
    offence_title: str
    offence_group: str
    area: str
    stage: str
    outcome: int | None
    closed: bool
    closed_at: datetime | None
    reported_at: datetime | None
    officer_id: UUID | None
    officer_name: str | None
    officer_title: str | None
    officer_unit: str | None
    officer_collar: str | None
    officer_next_on_duty: date | None
    due_at: datetime | None
    told_late: bool
    has_property: bool
    of_cases: int


class ListedRow(Struct, frozen=True):
    """A case in a list."""

    id: UUID
    reference: str
    offence_group: str
    stage: str
    closed: bool
    reported_at: datetime | None
    officer_name: str | None
    due_at: datetime | None


_COLUMNS = """
c.id, c.reference, c.folded_reference, c.data_key, c.known, c.offence_code, c.offence_title, c.offence_group, c.area, c.risky,
c.tracked, c.released, c.summary, c.reported_at, c.officer_id, c.stage, c.outcome, c.closed, c.closed_at, c.orders
"""
_KNOWN = "select folded_reference from app.case where force_id = $1 and folded_reference = any($2::text[])"
_STUBS = """
insert into app.case (force_id, id, reference, folded_reference, data_key, known, offence_code, offence_title, offence_group,
                      risky, tracked, released, stage, closed, orders)
select $1, id, reference, folded, data_key, false, '', '', 'other', true, false, true, 'recorded', false, '{}'
from unnest($2::uuid[], $3::text[], $4::text[], $5::bytea[]) as t(id, reference, folded, data_key)
on conflict (force_id, folded_reference) do nothing
"""
_LOCK = f"""
select {_COLUMNS} from app.case c where c.force_id = $1 and c.folded_reference = any($2::text[])
order by c.folded_reference for update
"""
_SAVE = """
update app.case c set known = t.known, offence_code = t.code, offence_title = t.title, offence_group = t.grp, area = t.area, risky = t.risky,
       tracked = t.tracked, released = t.released, summary = t.summary, reported_at = t.reported_at, officer_id = t.officer_id,
       stage = t.stage, outcome = t.outcome, closed = t.closed, closed_at = t.closed_at, orders = t.orders::jsonb
from unnest($2::uuid[], $3::bool[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::bool[], $9::bool[], $10::bytea[],
            $11::timestamptz[], $12::uuid[], $13::text[], $14::int[], $15::bool[], $16::timestamptz[], $17::text[], $18::text[])
  as t(id, known, code, title, grp, risky, tracked, released, summary, reported_at, officer_id, stage, outcome, closed, closed_at,
       orders, area)
where c.force_id = $1 and c.id = t.id
"""
_CALL_RISKY = """
update app.case set risky = true where force_id = $1 and not risky and upper(trim(offence_code)) like any($2::text[])
"""
_NEXT = """
left join lateral (select d.due_at, d.told_at from app.duty d
                   where d.force_id = $1 and d.case_id = c.id and d.met_at is null order by d.due_at limit 1) n on true
"""
_SHOWN = """
c.id, c.reference, c.data_key, c.offence_title, c.offence_group, c.area, c.stage, c.outcome, c.closed, c.closed_at, c.reported_at,
c.officer_id, o.name, o.title, o.unit, o.collar_number, o.next_on_duty, n.due_at, n.told_at is not null,
exists (select from app.property_item i where i.force_id = $1 and i.case_id = c.id)
"""
_READABLE = "(not c.closed or c.closed_at > now() - make_interval(months => {months}::int))"
_WITH_OFFICER = f"from app.case c left join app.staff o on o.force_id = $1 and o.id = c.officer_id {_NEXT}"
_SEEN = f"select {_SHOWN}, 0 {_WITH_OFFICER} where c.force_id = $1 and c.id = $2 and c.known"
_REPORTED = """
(select count(*) from app.case_person r where r.force_id = $1 and r.person_id = $2 and r.role = 'reporter')
"""
BY_PERSON = f"""
select {_SHOWN}, count(*) over () + {_REPORTED} as of_cases
{_WITH_OFFICER}
where c.force_id = $1 and c.known and {_READABLE.format(months="$4")}
  and c.id in (select cp.case_id from app.case_person cp
               where cp.force_id = $1 and cp.person_id = $2 and {LIVE_PART})
order by (c.id = $3) desc nulls last, c.closed, c.reported_at desc nulls last, c.id limit 1
"""
"""The case of a person ($2) that was asked for ($3), else the newest open one; with how many there are to choose from,
and how many that they reported for somebody else.

A case that was closed more than so many months ($4) ago is nobody's any more.
"""
_LISTED = f"""
select c.id, c.reference, c.offence_group, c.stage, c.closed, c.reported_at, o.name, n.due_at
from app.case c left join app.staff o on o.force_id = $1 and o.id = c.officer_id {_NEXT}
where c.force_id = $1 and c.known
"""
_OF_PERSON = f"""
{_LISTED} and {_READABLE.format(months="$3")} and c.id in (select cp.case_id from app.case_person cp
                       where cp.force_id = $1 and cp.person_id = $2 and {LIVE_PART})
order by c.closed, c.reported_at desc nulls last, c.id
"""
_LAPSED = f"""
select max(c.closed_at) from app.case_person cp join app.case c on c.force_id = $1 and c.id = cp.case_id
where cp.force_id = $1 and cp.person_id = $2 and {LIVE_PART} and c.known and not {_READABLE.format(months="$3")}
"""
_OF_OFFICER = f"""
{_LISTED} and (c.officer_id = $2 or c.officer_id in ({ACTS_FOR})) order by c.closed, n.due_at nulls last, c.id limit $3
"""
_FOUND = f"{_LISTED} and c.folded_reference like $2 order by c.folded_reference limit $3"
_ONE_LISTED = f"{_LISTED} and c.id = $2"
_LATEST = f"{_LISTED} order by c.closed, n.due_at nulls last, c.id limit $2"
_BY_REFERENCE = f"select {_COLUMNS} from app.case c where c.force_id = $1 and c.folded_reference = $2 and c.known"
_OPENED = """
select exists (select from app.opening where force_id = $1 and staff_id = $2 and case_id = $3 and opened_at > now() - $4::interval)
"""
_OPEN = "insert into app.opening (force_id, id, staff_id, case_id) values ($1, $2, $3, $4)"
_NUMBERS = """
select count(*) filter (where not closed), count(*) from app.case where force_id = $1 and known
"""


async def lock(tx: ForceTx, references: dict[str, str]) -> dict[str, CaseRow]:
    """Return the cases of folded references (folded: as written), locked; one that nobody knew becomes a stub."""
    wanted = sorted(references)
    known = set(await tx.column(_KNOWN, wanted))
    await tx.many(_STUBS, [(ids.new(), references[f], f, tx.keys.make()) for f in wanted if f not in known])
    return {row.folded_reference: row for row in await tx.all(CaseRow, _LOCK, wanted)}


async def save(tx: ForceTx, cases: Sequence[CaseRow]) -> None:
    """Write what events made of cases."""
    await tx.many(_SAVE, [_values(case) for case in cases])


def _values(c: CaseRow) -> tuple[object, ...]:
    return (
        c.id,
        c.known,
        c.offence_code,
        c.offence_title,
        c.offence_group,
        c.risky,
        c.tracked,
        c.released,
        c.summary,
        c.reported_at,
        c.officer_id,
        c.stage,
        c.outcome,
        c.closed,
        c.closed_at,
        msgspec.json.encode(c.orders).decode(),
        c.area,
    )


async def seen(tx: ForceTx, case_id: UUID) -> SeenRow | None:
    """Return a case, whoever asks; the domain says who may."""
    return await tx.one(SeenRow, _SEEN, case_id)


async def seen_by_person(tx: ForceTx, case_id: UUID, person_id: UUID, months: int) -> SeenRow | None:
    """Return a case if this person is its victim or proxy, and it was not closed more than so many months ago."""
    row = await tx.one(SeenRow, BY_PERSON, person_id, case_id, months)
    return row if row and row.id == case_id else None


async def of_person(tx: ForceTx, person_id: UUID, months: int) -> list[ListedRow]:
    """Return somebody's cases but for those closed more than so many months ago, open ones first, the newest first."""
    return await tx.all(ListedRow, _OF_PERSON, person_id, months)


async def lapsed(tx: ForceTx, person_id: UUID, months: int) -> datetime | None:
    """Return when the last closed of somebody's cases was closed that was so more than so many months ago, or None."""
    return await tx.value(_LAPSED, person_id, months)


async def of_officer(tx: ForceTx, staff_id: UUID, limit: int) -> list[ListedRow]:
    """Return the cases of an officer, and of those for whom they act: open ones first, the next promise first."""
    return await tx.all(ListedRow, _OF_OFFICER, staff_id, limit)


async def found(tx: ForceTx, folded_start: str, limit: int) -> list[ListedRow]:
    """Return the cases whose folded reference begins so."""
    return await tx.all(ListedRow, _FOUND, folded_start + "%", limit)


async def listed(tx: ForceTx, case_id: UUID) -> ListedRow | None:
    """Return a case as a list shows it, or None."""
    return await tx.one(ListedRow, _ONE_LISTED, case_id)


async def latest(tx: ForceTx, limit: int) -> list[ListedRow]:
    """Return the cases whose next promise is due first."""
    return await tx.all(ListedRow, _LATEST, limit)


async def by_reference(tx: ForceTx, folded_reference: str) -> CaseRow | None:
    """Return the case of a folded reference, if its crime was recorded."""
    return await tx.one(CaseRow, _BY_REFERENCE, folded_reference)


async def opened(tx: ForceTx, staff_id: UUID, case_id: UUID, within: timedelta) -> bool:
    """Say whether a member of staff opened a case not longer ago than this."""
    return await tx.value(_OPENED, staff_id, case_id, within)


async def open_case(tx: ForceTx, staff_id: UUID, case_id: UUID) -> None:
    """Note that a member of staff opened a case."""
    await tx.run(_OPEN, ids.new(), staff_id, case_id)


async def call_risky(tx: ForceTx, codes: Sequence[str]) -> int:
    """Call the cases risky whose offence has one of these codes, or one that begins with it; return how many were not."""
    return await tx.run(_CALL_RISKY, [f"{code}%" for code in codes])


async def numbers(tx: ForceTx) -> tuple[int, int]:
    """Return how many cases are open, and how many there are."""
    return (await tx.pairs(_NUMBERS))[0]
