"""What people are to cases."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class LinkRow(Struct, frozen=True):
    """A person's part in a case."""

    case_id: UUID
    person_id: UUID
    role: str
    consent: str
    suitability: str
    suitability_by: str
    safety: list[str] | None
    enhanced: bool
    proxy_for: UUID | None
    proxy_kind: str | None = None
    proxy_until: date | None = None
    recorded_by: UUID | None = None


class ActingRow(Struct, frozen=True):
    """Somebody who acts for a victim: until when, and until when staff let them, whatever the victim's birthday."""

    case_id: UUID
    person_id: UUID
    proxy_for: UUID
    kind: str
    until: date
    checked_until: date


class CandidateRow(Struct, frozen=True):
    """A victim or reporter who may have to be invited, with all that decides it except who they are."""

    case_id: UUID
    person_id: UUID
    suitability: str


_COLUMNS = "case_id, person_id, role, consent, suitability, suitability_by, safety, enhanced, proxy_for"
_ON_CASES = f"select {_COLUMNS}, proxy_kind, proxy_until, recorded_by from app.case_person where force_id = $1 and case_id = any($2::uuid[])"
# Who acts for a victim asks for the victim's rights.
_ENHANCED = """
select coalesce(bool_or(v.enhanced), false) from app.case_person me
join app.case_person v on v.force_id = $1 and v.case_id = me.case_id and v.person_id in (me.person_id, me.proxy_for)
where me.force_id = $1 and me.case_id = $2 and me.person_id = $3
"""
# Arrays of arrays do not unnest row by row: safety travels as the text of an array.
_SAVE = """
insert into app.case_person (force_id, id, case_id, person_id, role, consent, suitability, suitability_by, safety, enhanced, proxy_for)
select $1, id, case_id, person_id, role, consent, suitability, suitability_by, safety::text[], enhanced, proxy_for
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bool[], $11::uuid[])
  as t(id, case_id, person_id, role, consent, suitability, suitability_by, safety, enhanced, proxy_for)
on conflict (force_id, case_id, person_id) do update
set role = excluded.role, consent = excluded.consent, suitability = excluded.suitability,
    suitability_by = excluded.suitability_by, safety = excluded.safety, enhanced = excluded.enhanced,
    proxy_for = excluded.proxy_for,
    proxy_until = case when case_person.role = excluded.role and case_person.proxy_for is not distinct from excluded.proxy_for
                       then case_person.proxy_until end
"""
# Whoever acts for another may do so once staff have checked it, until it ends.
LIVE_PART = "(cp.role = 'victim' or (cp.role = 'proxy' and cp.proxy_until >= current_date))"
# Who gets in with a case's facts. Whoever only reported it is shown nothing of it but that their report was received.
ENTRY_PART = f"({LIVE_PART} or cp.role = 'reporter')"
_CHECK_PROXY = """
update app.case_person set proxy_kind = $4, proxy_until = $5, proxy_checked_until = $6
where force_id = $1 and case_id = $2 and person_id = $3 and role = 'proxy'
"""
_RECORDED_BY = "update app.case_person set recorded_by = $4 where force_id = $1 and case_id = $2 and person_id = $3"
_ACTING_FOR = """
select p.case_id, p.person_id, p.proxy_for, p.proxy_kind, p.proxy_until, coalesce(p.proxy_checked_until, p.proxy_until)
from app.case_person v
join app.case_person p on p.force_id = $1 and p.case_id = v.case_id and p.proxy_for = v.person_id
where v.force_id = $1 and v.person_id = any($2::uuid[]) and p.role = 'proxy' and p.proxy_until is not null
"""
_END_PROXIES = """
update app.case_person p set proxy_until = t.until from unnest($2::uuid[], $3::uuid[], $4::date[]) as t(case_id, person_id, until)
where p.force_id = $1 and p.case_id = t.case_id and p.person_id = t.person_id and p.role = 'proxy'
"""
# Nobody is invited twice by themselves: whoever was invited once is reissued an invitation by a person.
_CANDIDATES = """
select cp.case_id, cp.person_id, cp.suitability from app.case_person cp
join app.case c on c.force_id = $1 and c.id = cp.case_id
where cp.force_id = $1 and cp.case_id = any($2::uuid[]) and cp.role in ('victim', 'reporter') and cp.consent = 'opted_in'
  and cp.suitability <> 'unsuitable' and c.known and c.tracked and c.released and not c.closed
  and not exists (select from app.account a where a.force_id = $1 and a.person_id = cp.person_id)
  and not exists (select from app.invite i where i.force_id = $1 and i.person_id = cp.person_id)
order by cp.case_id, cp.person_id
"""
_NEAREST = """
select c.id from app.case_person cp join app.case c on c.force_id = $1 and c.id = cp.case_id
where cp.force_id = $1 and cp.person_id = $2 and c.known order by c.closed, c.reported_at desc nulls last, c.id limit 1
"""
_INVITED = """
select person_id from app.invite where force_id = $1 and person_id = any($2::uuid[]) and state = 'open' and expires_at > now()
"""


async def enhanced(tx: ForceTx, case_id: UUID, person_id: UUID) -> bool:
    """Say whether this person, or whom they act for, has enhanced rights in this case; somebody without a part has none."""
    return bool(await tx.value(_ENHANCED, case_id, person_id))


async def on_cases(tx: ForceTx, case_ids: Sequence[UUID]) -> list[LinkRow]:
    """Return everybody's part in these cases."""
    return await tx.all(LinkRow, _ON_CASES, list(case_ids))


async def save(tx: ForceTx, links: Sequence[LinkRow]) -> None:
    """Write what people are to cases."""
    await tx.many(_SAVE, [_values(link) for link in links])


def _values(link: LinkRow) -> tuple[object, ...]:
    safety = None if link.safety is None else "{" + ",".join(f'"{flag}"' for flag in link.safety) + "}"
    return (
        ids.new(),
        link.case_id,
        link.person_id,
        link.role,
        link.consent,
        link.suitability,
        link.suitability_by,
        safety,
        link.enhanced,
        link.proxy_for,
    )


async def candidates(tx: ForceTx, case_ids: Sequence[UUID]) -> list[CandidateRow]:
    """Return the victims and reporters of these cases of whom it must be decided whether they are invited."""
    return await tx.all(CandidateRow, _CANDIDATES, list(case_ids))


async def invited(tx: ForceTx, person_ids: Sequence[UUID]) -> set[UUID]:
    """Return those of these people whose invitation to register is open."""
    return set(await tx.column(_INVITED, list(person_ids)))


async def nearest(tx: ForceTx, person_id: UUID) -> UUID | None:
    """Return the case by which staff know somebody who may have none to read: the newest open one, or None."""
    return await tx.value(_NEAREST, person_id)


async def check_proxy(
    tx: ForceTx, case_id: UUID, person_id: UUID, kind: str, until: date, *, checked_until: date
) -> None:
    """Write as whom somebody may act for a victim on a case, until which day, and until which staff let them."""
    await tx.run(_CHECK_PROXY, case_id, person_id, kind, until, checked_until)


async def record_proxy(tx: ForceTx, case_id: UUID, person_id: UUID, staff_id: UUID) -> None:
    """Write who of the staff recorded that somebody acts for a victim."""
    await tx.run(_RECORDED_BY, case_id, person_id, staff_id)


async def acting_for(tx: ForceTx, person_ids: Sequence[UUID]) -> list[ActingRow]:
    """Return whoever was checked to act for any of these people, on whatever case."""
    return await tx.all(ActingRow, _ACTING_FOR, list(person_ids))


async def end_proxies(tx: ForceTx, ends: Sequence[tuple[UUID, UUID, date]]) -> None:
    """Write until which day people may act: (case, person, day)."""
    await tx.many(_END_PROXIES, ends)
