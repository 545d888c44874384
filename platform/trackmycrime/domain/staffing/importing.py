"""Many people at once, from a file: looked at first, then carried out as a whole or not at all."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.staffing import changing, planning, standing
from trackmycrime.domain.staffing.planning import Decision, Known, Told
from trackmycrime.kit.errors import Conflict, Invalid, NotFound, TooLarge
from trackmycrime.kit.words import _
from trackmycrime.store import staff_imports as rows
from trackmycrime.tx import ForceTx

MOST = 10_000  # people
_KEPT = timedelta(days=1)
_SECONDS = 60  # that a statement may take
_AT_ONCE = 200  # lines that are looked at before others have a turn


class Fate(StrEnum):
    """What would become of a line."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


class Row(Struct, frozen=True):
    """A line of a file: where it begins, counted from 1, and what it says."""

    number: int
    told: Told


class Line(Struct, frozen=True):
    """What would become of a line; `wrong` says by field what keeps it from being carried out."""

    number: int
    told: Told
    fate: Fate
    wrong: dict[str, str]
    decision: Decision | None


class Plan(Struct, frozen=True):
    """What would become of a file. `mark` is another as soon as anything of it is."""

    lines: tuple[Line, ...]
    mark: str

    def count(self, fate: Fate) -> int:
        """Return how many lines have this fate."""
        return sum(line.fate is fate for line in self.lines)

    @property
    def asks(self) -> int:
        """How many people a second administrator would have to decide about."""
        return sum(1 for line in self.lines if line.decision and line.decision.asks and line.fate is not Fate.UNCHANGED)


class PlanChanged(Conflict):
    """What would become of a file is not what was looked at: somebody has changed people meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("Your list of staff has changed since you looked at this. Look again before you carry it out.")
        )


async def keep(tx: ForceTx, read: Sequence[Row]) -> UUID:
    """Keep what was read of a file for a day, sealed, and return its id. Nothing is carried out.

    Raises Invalid for a file without anybody, TooLarge beyond 10,000 people.
    """
    await standing.require(tx)
    if not read:
        raise Invalid({"file": _("There is nobody in this file. Put one person on each line below the first")})
    if len(read) > MOST:
        raise TooLarge(_("A file holds up to 10,000 people. Send the rest in another file."))
    import_id = rows.new_id()
    await rows.add(tx, import_id, tx.actor.id, tx.keys.own().seal(msgspec.json.encode(read), place(import_id)))
    return import_id


async def plan(tx: ForceTx, import_id: UUID) -> Plan:
    """Return what would become of a file that whoever acts has uploaded. Raises NotFound."""
    sealed = await rows.one(tx, import_id, tx.actor.id)
    if sealed is None:
        raise NotFound(_("This file is not here any more. Upload it again."))
    await tx.allow(_SECONDS)
    read = msgspec.json.decode(tx.keys.own().open(sealed, place(import_id)), type=list[Row])
    lines = await _lines(read, await planning.known(tx, [row.told for row in read]))
    return Plan(lines, _mark(lines))


async def carry_out(tx: ForceTx, import_id: UUID, mark: str) -> Plan:
    """Carry a file out as it was looked at, which its `mark` proves, and return what became of it.

    Raises NotFound, PlanChanged, and Conflict while a line is wrong: nothing is half carried out.
    """
    await standing.require(tx)
    found = await plan(tx, import_id)
    if found.count(Fate.WRONG):
        raise Conflict(_("Some lines are wrong. Mend them in your file, and upload it again."))
    if found.mark != mark:
        raise PlanChanged
    await changing.carry_out(tx, [line.decision for line in found.lines if line.decision])
    await rows.drop(tx, tx.actor.id)
    await audit.record(tx, "staff.imported", new=found.count(Fate.NEW), changed=found.count(Fate.CHANGED))
    return found


async def sweep(tx: ForceTx) -> int:
    """Forget files that nobody has carried out for a day."""
    return await rows.sweep(tx, _KEPT)


def place(import_id: UUID) -> bytes:
    """Return the place that a file is sealed for."""
    return b"staff_import.content " + import_id.bytes


async def _lines(read: Sequence[Row], known: Known) -> tuple[Line, ...]:
    emails = Counter(planning.address(row.told.email) for row in read)
    collars = Counter(row.told.collar_number.strip() for row in read)
    lines: list[Line] = []
    for row in read:
        lines.append(_line(row, known, _twice(row.told, emails, collars)))
        if len(lines) % _AT_ONCE == 0:
            await asyncio.sleep(0)  # others have their turn
    return tuple(lines)


def _twice(told: Told, emails: Counter[str], collars: Counter[str]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if (email := planning.address(told.email)) and emails[email] > 1:
        wrong["email"] = _("This address is in the file more than once")
    if (collar := told.collar_number.strip()) and collars[collar] > 1:
        wrong["collar_number"] = _("This collar number is in the file more than once")
    return wrong


def _line(row: Row, known: Known, twice: dict[str, str]) -> Line:
    try:
        decision = planning.decide(row.told, known)
    except Invalid as refusal:
        return Line(row.number, row.told, Fate.WRONG, {**refusal.fields, **twice}, None)
    if twice:
        return Line(row.number, row.told, Fate.WRONG, twice, None)
    return Line(row.number, row.told, Fate(decision.what), {}, decision)


def _mark(lines: Sequence[Line]) -> str:
    """Return the same for the same fates and the same people: ids of new ones are made up each time."""
    said = [(line.number, line.fate, line.told, _before(line)) for line in lines]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def _before(line: Line) -> tuple[object, ...]:
    before = line.decision.before if line.decision else None
    return (before.id, before.name, before.role, before.unit, before.collar_number, before.state) if before else ()
