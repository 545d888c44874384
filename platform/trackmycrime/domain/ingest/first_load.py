"""A first load of open cases: nobody is told anything until administrators let its cases go, batch by batch."""

from collections import Counter
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.cases import invitations
from trackmycrime.domain.cases.invitations import Decision
from trackmycrime.domain.people import Risk
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.actor import NOBODY
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.words import _
from trackmycrime.store import first_load as rows
from trackmycrime.store.cases.links import CandidateRow
from trackmycrime.store.first_load import LoadRow, PartRow
from trackmycrime.tx import ForceTx

SMALLEST, LARGEST, USUAL = 10, 1000, 100
MOST_LOOKED_AT = 2000
_AT_ONCE = 500
_SECONDS = 120


class State(StrEnum):
    """Where letting the cases go stands."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


class Fate(StrEnum):
    """What becomes of somebody when their case is let go: the first that holds, in this order."""

    KNOWN_ALREADY = "known_already"
    OPTED_OUT = "opted_out"
    CLOSED = "closed"
    NOT_TRACKED = "not_tracked"
    UNSUITABLE = "unsuitable"
    UNDER_18 = "under_18"
    AGE_UNKNOWN = "age_unknown"
    AT_RISK = "at_risk"
    NOT_ASSESSED = "not_assessed"
    NO_CONTACT = "no_contact"
    WITH_CODE = "with_code"
    INVITED = "invited"


class Standing(Struct, frozen=True):
    """How many cases wait, what would become of their people (each counted once), and where letting them go stands.

    `looked_at` is of how many cases the people were counted: the first 2,000 at most.
    """

    waiting: int
    looked_at: int
    people: dict[Fate, int]
    load: LoadRow | None
    live: bool


async def standing(tx: ForceTx) -> Standing:
    """Return where the first load stands."""
    waiting, live = await rows.waiting(tx), configuration(tx).live
    looked_at, people = await _people(tx) if waiting else (0, {})
    return Standing(waiting, looked_at, people, await rows.latest(tx), live)


async def _people(tx: ForceTx) -> tuple[int, dict[Fate, int]]:
    found: dict[UUID, Fate] = {}
    looked_at, after = 0, NOBODY
    while looked_at < MOST_LOOKED_AT:
        cases = await rows.some(tx, after, _AT_ONCE)
        if not cases:
            break
        looked_at, after = looked_at + len(cases), cases[-1]
        for person_id, fate in await _fates(tx, await rows.parts(tx, cases)):
            found[person_id] = max(fate, found.get(person_id, fate), key=list(Fate).index)
    return looked_at, dict(Counter(found.values()))


async def _fates(tx: ForceTx, parts: list[PartRow]) -> list[tuple[UUID, Fate]]:
    open_parts = [part for part in parts if _settled(part) is None]
    candidates = [CandidateRow(part.case_id, part.person_id, part.suitability) for part in open_parts]
    decided = [(d.person.id, _fate(d)) for d in await invitations.decided(tx, candidates)]
    return [*decided, *((part.person_id, fate) for part in parts if (fate := _settled(part)))]


def _settled(part: PartRow) -> Fate | None:
    """Return what is clear before anybody is looked at, as `store.cases.links` leaves them out."""
    for holds, fate in (
        (part.known, Fate.KNOWN_ALREADY),
        (part.consent != "opted_in", Fate.OPTED_OUT),
        (part.closed, Fate.CLOSED),
        (not part.tracked, Fate.NOT_TRACKED),
        (part.suitability == "unsuitable", Fate.UNSUITABLE),
    ):
        if holds:
            return fate
    return None


_RISKS = {
    Risk.UNDER_18: Fate.UNDER_18,
    Risk.AGE_UNKNOWN: Fate.AGE_UNKNOWN,
    Risk.AT_RISK: Fate.AT_RISK,
    Risk.UNKNOWN: Fate.AT_RISK,
    Risk.UNSUITABLE: Fate.UNSUITABLE,
}


def _fate(decision: Decision) -> Fate:
    if decision.at_once:
        return Fate.INVITED
    if decision.leave.risk in _RISKS:
        return _RISKS[decision.leave.risk]
    if "not_assessed" in decision.why:
        return Fate.NOT_ASSESSED
    return Fate.NO_CONTACT if decision.why else Fate.WITH_CODE


async def begin(tx: ForceTx, batch: int) -> None:
    """Begin to let cases go, so many in each minute. Raises Invalid, and Conflict while the force is not live or it has begun."""
    _require_size(batch)
    if not configuration(tx).live:
        raise Conflict(_("Your force is not live yet, so nobody can be invited."))
    if not await rows.waiting(tx):
        raise Conflict(_("No case of a first load waits."))
    if not await rows.begin(tx, batch, tx.actor.id):
        raise Conflict(_("Somebody has started this already."))
    await audit.record(tx, "first_load.begun", batch=batch)


def _require_size(batch: int) -> None:
    if not SMALLEST <= batch <= LARGEST:
        raise Invalid({"batch": _("Enter a number from %(least)s to %(most)s", least=SMALLEST, most=LARGEST)})


async def move(tx: ForceTx, to: State) -> None:
    """Pause it, go on, or stop it for good. Raises Conflict where it is not in a state for that."""
    come_from = {
        State.PAUSED: (State.RUNNING,),
        State.RUNNING: (State.PAUSED,),
        State.STOPPED: (State.RUNNING, State.PAUSED),
    }.get(to, ())
    if not await rows.move(tx, come_from, to, None):
        raise Conflict(_("This has changed since you opened the page. Look again."))
    await audit.record(tx, f"first_load.{to}")


async def work(tx: ForceTx) -> int:
    """Let one batch of cases go, if administrators want that now, and return how many.

    Whom nothing stands against is invited; everybody else becomes a task for a person (`invitations.consider`).
    """
    if not configuration(tx).live or not await rows.take_running(tx):
        return 0
    load = await rows.latest(tx)
    if load is None:
        return 0
    await tx.allow(_SECONDS)
    released = await rows.release(tx, load.batch)
    invited = await invitations.consider(tx, released)
    left = await rows.waiting(tx)
    await rows.count(tx, load.id, len(released), invited, State.RUNNING if left else State.DONE)
    await audit.record(tx, "first_load.released", cases=len(released), invited=invited)
    return len(released)
