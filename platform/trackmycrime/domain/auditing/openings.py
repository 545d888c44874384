"""Who opened a case, and why: everybody who saw what is in it, the reason they gave, and how much else they opened.

Only facts are stated. Whether a reason is a good one is for the people of the force to judge.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.auditing import searching
from trackmycrime.domain.auditing.deeds import LOOKS, OPENED
from trackmycrime.domain.auditing.searching import Asked, Cursor, Found
from trackmycrime.domain.staffing import members
from trackmycrime.domain.staffing.members import Member
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.sealing import Unreadable
from trackmycrime.kit.time import LONDON
from trackmycrime.store import auditing as rows
from trackmycrime.store.auditing import Wanted
from trackmycrime.tx import ForceTx

MOST = 5000  # rows of a file that says why
_PEOPLE = 100


class Told(StrEnum):
    """What became of the reason that somebody gave."""

    SAID = "said"
    GONE = "gone"  # the case's key is gone, and nobody can read it any more
    NONE = "none"  # none is asked of whose case it is


class Opening(Struct, frozen=True):
    """That somebody saw what is in a case; `that_day` is how many different cases they opened with a reason on that day."""

    found: Found
    told: Told
    reason: str
    that_day: int


class Looker(Struct, frozen=True):
    """How often somebody opened a case with a reason, and looked at it besides."""

    staff_id: UUID | None
    name: str
    handle: str
    opened: int
    looked: int
    first_at: datetime
    last_at: datetime


class Openings(Struct, frozen=True):
    """Who saw what is in a case, newest first; `reference` is "" for a case that is not kept any more."""

    reference: str
    lookers: list[Looker]
    openings: list[Opening]
    after: Cursor | None


class MembersOpenings(Struct, frozen=True):
    """Which cases somebody opened, newest first."""

    member: Member
    openings: list[Opening]
    after: Cursor | None


async def of_case(tx: ForceTx, case_id: UUID, after: Cursor | None = None, *, limit: int = searching.PAGE) -> Openings:
    """Return who saw what is in a case, and why; that somebody asked is recorded. Raises NotFound."""
    case = await searching.case_or_none(tx, case_id)
    since, until = searching.within(None, None)
    shown, more = await searching.found(tx, Wanted(since, until, deeds=LOOKS, case_id=case_id), after, limit)
    lookers = [
        Looker(
            row.actor_id if row.actor_kind == Kind.STAFF else None,
            row.actor or "",
            searching.about(tx, row.actor_id) if row.actor_kind == Kind.VICTIM else "",
            *(row.opened, row.looked, row.first_at, row.last_at),
        )
        for row in await rows.looks(tx, case_id, LOOKS, _PEOPLE)
    ]
    await audit.record(tx, "audit.openings_read", subject_id=case_id, case_id=case_id)
    return Openings(case.reference if case else "", lookers, await _openings(tx, shown), more)


async def of_member(
    tx: ForceTx, staff_id: UUID, asked: Asked, after: Cursor | None = None, *, limit: int = searching.PAGE
) -> MembersOpenings:
    """Return which cases somebody opened between the days that are asked for, and why; it is recorded. Raises NotFound."""
    member = await members.one(tx, staff_id)
    since, until = searching.within(asked.first, asked.last)
    shown, more = await searching.found(tx, Wanted(since, until, staff=(staff_id,), deeds=(OPENED,)), after, limit)
    await audit.record(tx, "audit.openings_read", subject_id=staff_id)
    return MembersOpenings(member, await _openings(tx, shown), more)


async def _openings(tx: ForceTx, shown: Sequence[Found]) -> list[Opening]:
    days = {_day(each): None for each in shown if each.what == OPENED}
    numbers = await rows.cases_opened(tx, list(days)) if days else {}
    return [Opening(each, *_reason(tx, each), numbers.get(_day(each), 0)) for each in shown]


def _day(each: Found) -> tuple[UUID, date]:
    return each.actor_id, each.at.astimezone(LONDON).date()


def _reason(tx: ForceTx, each: Found) -> tuple[Told, str]:
    if each.what != OPENED or each.reason is None or each.case_id is None:
        return Told.NONE, ""
    if each.data_key is None:
        return Told.GONE, ""
    try:
        told = tx.keys.unwrap(each.data_key).open(each.reason, audit.reason_place(each.case_id))
    except Unreadable:
        return Told.GONE, ""
    return Told.SAID, told.decode()


async def exported(tx: ForceTx, number: int, *, case_id: UUID | None = None, staff_id: UUID | None = None) -> None:
    """Record that openings were taken away as a file, of a case or of somebody, and whether reasons were in it."""
    await audit.record(tx, "audit.openings_exported", subject_id=case_id or staff_id, case_id=case_id, number=number)
