"""Requests about somebody's data that came by letter, telephone or in person (Data Protection Act 2018, sections 45 to 47).

Whoever enters one types what the request says: the crime reference, the name and the date of birth. They see nothing of a case,
and nobody is shown to choose from. An erasure takes two people: who entered it does not grant it.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, people
from trackmycrime.domain.retention import erasing
from trackmycrime.domain.retention.holds import require_reason
from trackmycrime.domain.staffing import standing
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.time import months_later, today
from trackmycrime.kit.words import _
from trackmycrime.store.retention import due, holds
from trackmycrime.store.retention import rights as rows
from trackmycrime.store.retention.rights import OwnRow, RightsRow
from trackmycrime.tx import ForceTx

Own = OwnRow

PAGE = 50
_NEWEST = 50
_WITHIN = 1
"""Months within which a request has to be answered (Data Protection Act 2018, section 54)."""
_OLDEST = timedelta(days=366)


class Right(StrEnum):
    """What somebody asks for. The words are stored."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"


class Via(StrEnum):
    """How a request came. The words are stored."""

    LETTER = "letter"
    EMAIL = "email"
    TELEPHONE = "telephone"
    IN_PERSON = "in_person"


class State(StrEnum):
    """What became of a request. The words are stored."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


class Request(Struct, frozen=True):
    """A request. `own` says that whoever reads it entered it; `is_held` that a legal hold stands on a case of the person."""

    id: UUID
    kind: Right
    via: Via
    reference: str
    received_on: date
    due_on: date
    state: State
    maker: str
    decider: str
    decided_at: datetime | None
    why: str
    proof: UUID | None
    own: bool
    is_late: bool
    is_held: bool = False


class NobodyFound(Invalid):
    """Nobody has these facts: an answer that somebody may be guessing for."""

    def __init__(self) -> None:
        super().__init__({"crime_reference": _("Nobody on a case with this reference has this name and date of birth")})


async def enter(
    tx: ForceTx, kind: Right, via: Via, reference: str, last_name: str, born: date, received_on: date
) -> UUID:
    """Write a request down and return its id. While it is open, nothing of the person or of this case is deleted by the clock.

    Raises NobodyFound where nobody on the case has these facts, and Invalid for a day that cannot be.
    """
    if not today() - _OLDEST <= received_on <= today():
        raise Invalid({"received": _("The day it came must be today or before, and within a year")})
    await due.alone(tx)
    case, person = await holds.case(tx, fold(reference).upper()), await _whose(tx, reference, last_name, born)
    if case is None or person is None:
        raise NobodyFound
    days = received_on, months_later(received_on, _WITHIN)
    request_id = await rows.add(tx, kind, via, case[0], person, days)
    await audit.record(tx, "rights.entered", subject_id=request_id, case_id=case[0], kind=kind, via=via)
    return request_id


async def missed(tx: ForceTx) -> None:
    """Record that somebody gave facts that nobody has: whoever guesses leaves a trace."""
    await audit.record(tx, "rights.nobody_found")


async def _whose(tx: ForceTx, reference: str, last_name: str, born: date) -> UUID | None:
    found = [each.id for each in await people.on_case(tx, reference) if each.identity.is_of(last_name, born)]
    return found[0] if len(found) == 1 else None


async def page(tx: ForceTx, number: int) -> tuple[list[Request], int]:
    """Return a page of requests, open ones first, what is due first; and how many there are."""
    found = await rows.listed(tx, PAGE, (max(1, number) - 1) * PAGE)
    return [_request(tx, row) for row in found], await rows.number(tx)


async def late(tx: ForceTx) -> int:
    """Return how many open requests should have been answered before today."""
    return await rows.late(tx, today())


async def own(tx: ForceTx) -> list[Own]:
    """Return the newest requests for a copy that people made here themselves, without saying who they are."""
    return await rows.own(tx, _NEWEST)


async def one(tx: ForceTx, request_id: UUID) -> Request:
    """Return a request. Raises NotFound."""
    row = await rows.shown(tx, request_id)
    if row is None:
        raise NotFound(_("Page not found"))
    return _request(tx, row, is_held=bool(row.person_id and await holds.on_person(tx, row.person_id)))


async def decide(tx: ForceTx, request_id: UUID, state: State, why: str) -> None:
    """Grant or refuse a request, and say why. To grant an erasure is to erase the person, at once and for ever.

    Raises Invalid without a reason, NotFound for a request that is not there, and Conflict where it is decided, where whoever
    entered an erasure would grant it, and while a legal hold stands.
    """
    told = require_reason(why, "why")
    await standing.require(tx)
    await due.alone(tx)
    row = await _to_decide(tx, request_id)
    erases = row.kind == Right.ERASURE and state is State.GRANTED
    if erases and row.made_by == tx.actor.id:
        raise Conflict(_("You entered this request. Another administrator has to grant it."))
    proof = await erasing.erase(tx, row.person_id) if erases and row.person_id else None
    await rows.decide(tx, request_id, state, tx.keys.own().seal(told.encode(), place(request_id)), proof)
    await audit.record(tx, f"rights.{state}", subject_id=request_id, case_id=row.case_id, kind=row.kind)


async def _to_decide(tx: ForceTx, request_id: UUID) -> RightsRow:
    row = await rows.lock(tx, request_id)
    if row is None:
        raise NotFound(_("Page not found"))
    if row.state != State.OPEN:
        raise Conflict(_("This request is decided already."))
    return row


def place(request_id: UUID) -> bytes:
    """Return the place that the reason for a decision is sealed for."""
    return b"rights_request.why " + request_id.bytes


def _request(tx: ForceTx, row: RightsRow, *, is_held: bool = False) -> Request:
    is_open = row.state == State.OPEN
    return Request(
        id=row.id,
        kind=Right(row.kind),
        via=Via(row.via),
        reference=row.reference,
        received_on=row.received_on,
        due_on=row.due_on,
        state=State(row.state),
        maker=row.maker,
        decider=row.decider,
        decided_at=row.decided_at,
        why=tx.keys.own().open(row.why, place(row.id)).decode() if row.why else "",
        proof=row.deletion_id,
        own=row.made_by == tx.actor.id,
        is_late=is_open and row.due_on < today(),
        is_held=is_held,
    )
