"""Legal holds: while one stands, nothing of a case is deleted, and nobody who is on it.

An administrator may place one, and sees no more of the case than the reference they typed. That they learn whether their force
has it is meant: a hold on a reference that was mistyped would protect nothing, and nobody would know before it is too late.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _
from trackmycrime.store.retention import due
from trackmycrime.store.retention import holds as rows
from trackmycrime.store.retention.holds import HoldRow
from trackmycrime.tx import ForceTx

PAGE = 50
LONGEST_WHY, SHORTEST_WHY = 300, 5


class Hold(Struct, frozen=True):
    """A hold on a case: why, by whom and since when; and the same of its end, if it has ended."""

    id: UUID
    reference: str
    why: str
    placed_by: str
    placed_at: datetime
    lifting: str
    lifted_by: str
    lifted_at: datetime | None


class NoSuchCase(Invalid):
    """The force has no case of this reference: an answer that somebody may be guessing for."""

    def __init__(self) -> None:
        super().__init__({"crime_reference": _("Your force has no case with this reference here")})


async def place(tx: ForceTx, reference: str, why: str) -> None:
    """Let nothing of a case be deleted from now on. Raises Invalid without a reason and for a second hold, NoSuchCase."""
    told = require_reason(why, "why")
    await due.alone(tx)
    found = await rows.case(tx, fold(reference).upper())
    if found is None:
        raise NoSuchCase
    hold_id = rows.new()
    if not await rows.add(tx, hold_id, found[0], _sealed(tx, hold_id, "why", told), tx.actor.id):
        raise Invalid({"crime_reference": _("There is a legal hold on this case already")})
    await audit.record(tx, "hold.placed", subject_id=hold_id, case_id=found[0])


async def missed(tx: ForceTx) -> None:
    """Record that somebody gave a reference that the force has not got: whoever guesses leaves a trace."""
    await audit.record(tx, "hold.no_case")


def require_reason(why: str, field: str) -> str:
    """Return a reason that is long enough to mean something, on one line. Raises Invalid."""
    told = " ".join(why.split())
    if not SHORTEST_WHY <= len(told) <= LONGEST_WHY:
        raise Invalid({field: _("Say why, in up to %(number)s characters", number=LONGEST_WHY)})
    return told


async def lift(tx: ForceTx, hold_id: UUID, why: str) -> None:
    """End a hold: what is due then goes the next night. Raises Invalid without a reason, NotFound, Conflict where it has ended."""
    told = require_reason(why, "why")
    await due.alone(tx)
    await one(tx, hold_id)
    case_id = await rows.lift(tx, hold_id, _sealed(tx, hold_id, "lifting", told), tx.actor.id)
    if case_id is None:
        raise Conflict(_("This hold was lifted already."))
    await audit.record(tx, "hold.lifted", subject_id=hold_id, case_id=case_id)


async def page(tx: ForceTx, number: int) -> tuple[list[Hold], int]:
    """Return a page of holds, those that stand first, and how many there are."""
    found = await rows.listed(tx, PAGE, (max(1, number) - 1) * PAGE)
    return [_hold(tx, row) for row in found], await rows.number(tx)


async def standing(tx: ForceTx) -> int:
    """Return how many holds stand."""
    return await rows.standing(tx)


async def one(tx: ForceTx, hold_id: UUID) -> Hold:
    """Return a hold. Raises NotFound."""
    row = await rows.one(tx, hold_id)
    if row is None:
        raise NotFound(_("Page not found"))
    return _hold(tx, row)


def _hold(tx: ForceTx, row: HoldRow) -> Hold:
    return Hold(
        row.id,
        row.reference,
        _opened(tx, row.id, "why", row.why),
        row.placed_by,
        row.placed_at,
        _opened(tx, row.id, "lifting", row.lifting),
        row.lifted_by,
        row.lifted_at,
    )


def place_of(column: str, hold_id: UUID) -> bytes:
    """Return the place that a reason is sealed for."""
    return f"legal_hold.{column} ".encode() + hold_id.bytes


def reason(tx: ForceTx, hold_id: UUID, why: bytes) -> str:
    """Return why a hold was placed."""
    return _opened(tx, hold_id, "why", why)


def _sealed(tx: ForceTx, hold_id: UUID, column: str, text: str) -> bytes:
    return tx.keys.own().seal(text.encode(), place_of(column, hold_id))


def _opened(tx: ForceTx, hold_id: UUID, column: str, sealed: bytes | None) -> str:
    return tx.keys.own().open(sealed, place_of(column, hold_id)).decode() if sealed else ""
