"""The force's people as its administrators see them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.identity.staff import INVITE_LIVES
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store.identity import members as rows
from trackmycrime.store.identity.members import ORDERS, MemberRow, Wanted
from trackmycrime.tx import ForceTx

__all__ = ["PAGE", "Member", "State", "Wanted", "everybody", "numbers", "one", "page", "units"]

PAGE = 25
SORTS = tuple(ORDERS)
_LONGEST_SEARCH, _UNITS, _ALL = 80, 500, 50_000


class State(StrEnum):
    """How it stands with somebody's access."""

    NONE = "none"  # the record system names them; nobody gave them access
    ASKED = "asked"  # a second administrator has to say that they may be one
    INVITED = "invited"
    LAPSED = "lapsed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class Member(Struct, frozen=True):
    """Somebody of the force's people. `role` is "" for who has no access."""

    id: UUID
    name: str
    email: str
    collar_number: str
    title: str
    unit: str
    role: str
    has_password: bool
    signed_in_at: datetime | None
    state: State


async def page(tx: ForceTx, wanted: Wanted, number: int) -> tuple[list[Member], int]:
    """Return a page of the people who are wanted, and how many there are in all."""
    cleaned = _cleaned(wanted)
    found = await rows.page(tx, cleaned, PAGE, (max(1, number) - 1) * PAGE)
    return [member(row) for row in found], await rows.number(tx, cleaned)


async def everybody(tx: ForceTx) -> list[Member]:
    """Return all of the force's people by name, for a file; that they were taken away is recorded."""
    found = [member(row) for row in await rows.page(tx, Wanted(), _ALL, 0)]
    await audit.record(tx, "staff.exported", number=len(found))
    return found


async def one(tx: ForceTx, staff_id: UUID) -> Member:
    """Return somebody of the force's people. Raises NotFound."""
    row = await rows.one(tx, staff_id)
    if row is None:
        raise NotFound(_("Page not found"))
    return member(row)


async def numbers(tx: ForceTx) -> dict[State, int]:
    """Return how many people are in each state, those whose invitation lapsed among the invited."""
    return {State(state): number for state, number in (await rows.states(tx)).items()}


async def units(tx: ForceTx) -> list[str]:
    """Return the units that people are in."""
    return await rows.units(tx, _UNITS)


def member(row: MemberRow) -> Member:
    """Return somebody as the database has them; an invitation that nobody used for 72 hours has lapsed."""
    state = State(row.state)
    if state is State.INVITED and (row.invited_at is None or now() - row.invited_at > INVITE_LIVES):
        state = State.LAPSED
    return Member(
        row.id,
        row.name,
        row.email or "",
        row.collar_number or "",
        row.title,
        row.unit,
        row.role,
        row.has_password,
        row.signed_in_at,
        state,
    )


def _cleaned(wanted: Wanted) -> Wanted:
    search = " ".join(wanted.search.lower().replace("\0", "").split())[:_LONGEST_SEARCH]
    sort = wanted.sort if wanted.sort in ORDERS else "name"
    return Wanted(
        search, wanted.role.replace("\0", ""), wanted.unit.replace("\0", ""), wanted.state.replace("\0", ""), sort
    )
