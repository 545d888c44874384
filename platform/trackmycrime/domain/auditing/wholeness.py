"""Is the record whole? The chain is walked from its beginning once a day, a part at a time, and what was found is kept."""

from datetime import datetime, timedelta

from msgspec import Struct

from trackmycrime.domain import audit, notifications
from trackmycrime.domain.audit import Broken, Fault, Place
from trackmycrime.domain.identity import staff
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.gateways.heads import Heads
from trackmycrime.store import audit_checks as rows
from trackmycrime.store.audit_checks import CheckRow
from trackmycrime.tx import ForceTx

STEP = 20_000  # links in a transaction: a second or so
AGAIN = timedelta(days=1)
_SHOWN = 10
_MOST_TOLD = 50  # administrators: no force has more


class Check(Struct, frozen=True):
    """A walk that began, and how far it came. Where `fault` is not None, the link at `broken_at` is the first wrong one."""

    begun_at: datetime
    ended_at: datetime | None
    asked_by: str
    links: int
    fault: Fault | None
    broken_at: int | None


class Wholeness(Struct, frozen=True):
    """How it stands: the walk under way, those that ended, the last first, and when all was last found right."""

    running: Check | None
    ended: list[Check]
    whole_at: datetime | None


async def of_force(tx: ForceTx) -> Wholeness:
    """Return how it stands with the record of a force."""
    running, whole = await rows.running(tx), await rows.whole(tx)
    ended = [_check(row) for row in await rows.latest(tx, _SHOWN)]
    return Wholeness(_check(running) if running else None, ended, whole.ended_at if whole else None)


async def fault(tx: ForceTx) -> Check | None:
    """Return the last walk that ended where it found the record broken, else None."""
    found = await rows.latest(tx, 1)
    return _check(found[0]) if found and found[0].fault else None


def _check(row: CheckRow) -> Check:
    fault = Fault[row.fault.upper()] if row.fault else None
    return Check(row.begun_at, row.ended_at, row.asked_by or "", row.position, fault, row.fault_position)


async def ask(tx: ForceTx) -> None:
    """Have the record looked at now, unless it is being looked at."""
    if await rows.begin(tx, audit.BEGINNING.digest, tx.actor.id):
        await audit.record(tx, "audit.check_asked")


async def work(tx: ForceTx, heads: Heads, *, step: int = STEP) -> int:
    """Walk the next part of the chain, if it is time, and return how many links. Whoever answers for the force is told once."""
    if await rows.is_due(tx, AGAIN):
        await rows.begin(tx, audit.BEGINNING.digest, None)
    row = await rows.running(tx) if await rows.lock(tx) else None
    if row is None:
        return 0
    found = await audit.walk(tx, heads, Place(row.position, row.digest), most=step)
    await rows.go_on(tx, row.id, found.place.position, found.place.digest)
    if found.broken:
        await _end_broken(tx, row, found.broken)
    elif found.ended:
        await rows.end(tx, row.id, None, None)
    return found.place.position - row.position


async def _end_broken(tx: ForceTx, row: CheckRow, broken: Broken) -> None:
    known = await fault(tx)
    await rows.end(tx, row.id, broken.what.name.lower(), broken.position)
    if known is None:
        await audit.record(tx, "audit.broken", position=broken.position)
        administrators = await staff.active(tx, [StaffRole.ADMIN], most=_MOST_TOLD)
        await notifications.audit_is_broken(tx, [each.id for each in administrators])


def is_broken(stands: Wholeness) -> bool:
    """Say whether the last walk that ended found the record broken."""
    return bool(stands.ended) and stands.ended[0].fault is not None
