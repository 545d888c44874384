"""Events that wait: trying them again, correcting one, dismissing one with a reason, and bringing it back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from trackmycrime.domain import audit, people, tasks
from trackmycrime.domain import cases as cases_of_staff
from trackmycrime.domain.cases import NotOpened
from trackmycrime.domain.ingest import mending
from trackmycrime.domain.ingest.applying import NO_ADDRESSEE
from trackmycrime.domain.ingest.batch import (
    NO_CRIME,
    OTHER_CONTENT,
    WRONG,
    correction_place,
    said,
    waiting,
)
from trackmycrime.domain.ingest.carrying import Work, carry_out, place
from trackmycrime.domain.ingest.mending import Asks, Question
from trackmycrime.domain.ingest.parsing import Parsed, folded, one
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.sealing import Key
from trackmycrime.kit.words import _
from trackmycrime.store import waiting as rows
from trackmycrime.store.cases import links
from trackmycrime.store.cases import rows as case_rows
from trackmycrime.store.cases.rows import CaseRow
from trackmycrime.store.ingest import WaitingRow
from trackmycrime.store.waiting import CountRow, ListedRow
from trackmycrime.tx import ForceTx

PAGE = 25
LONGEST_WHY = 300
_KINDS = 100
_AT_ONCE = 500
MOST_AT_ONCE = 2000
_LONGEST_REFERENCE = 60


class Tried(Struct, frozen=True):
    """What became of trying again: how many could be used now, how many wait on, and whether some were not tried yet."""

    used: int
    waiting: int
    more: bool


class Record(Struct, frozen=True):
    """An event that waits or was dismissed, opened. `people` are those of its case, by the record system's ids."""

    listed: ListedRow
    lines: list[tuple[str, str]]
    question: Question
    people: list[tuple[str, str]]
    dismissed_at: datetime | None
    dismissed_by: str
    why: str


async def counts(tx: ForceTx) -> list[CountRow]:
    """Return how much waits, by reason and type, the most first."""
    return await rows.counts(tx, _KINDS)


async def page(tx: ForceTx, number: int, *, reason: str = "", state: str = "held") -> tuple[list[ListedRow], int]:
    """Return a page of what waits (or was dismissed), the oldest first, and how many there are."""
    found = await rows.page(tx, state, reason, PAGE, (max(1, number) - 1) * PAGE)
    return found, await rows.number(tx, state, reason)


async def again(
    tx: ForceTx, since: datetime, before: datetime, *, reason: str = "", event_id: UUID | None = None
) -> Tried:
    """Try what waits and came in this time again, in the order in which it came; doing it twice changes nothing."""
    await tx.allow(120)
    tried = left = 0
    after: UUID | None = None
    while tried < MOST_AT_ONCE:
        found = await rows.some(tx, _AT_ONCE, since=since, before=before, reason=reason, event_id=event_id, after=after)
        if not found:
            break
        left += await _try(tx, found)
        tried, after = tried + len(found), found[-1].id
    await audit.record(tx, "events.tried_again", tried=tried, used=tried - left)
    return Tried(tried - left, left, tried >= MOST_AT_ONCE)


async def _try(tx: ForceTx, found: Sequence[WaitingRow]) -> int:
    """Apply what can be applied now, and return how many still wait."""
    cases = await _locked(tx, [row.case_id for row in found if row.case_id])
    still = await rows.still(tx, [row.id for row in found])
    by_id = {case.id: case for case in cases.values()}
    left = 0
    for backfill in (False, True):
        some = [row for row in found if row.id in still and row.backfill is backfill]
        work = [_work(tx, row, by_id.get(row.case_id) if row.case_id else None) for row in some]
        if work:
            await carry_out(tx, [*work, *await waiting(tx, work, cases)], cases, backfill=backfill)
        left += sum(bool(item.reason) for item in work)
    return left


async def _locked(tx: ForceTx, case_ids: Sequence[UUID]) -> dict[str, CaseRow]:
    return await case_rows.lock(tx, dict((await rows.references(tx, case_ids)).values()))


def _work(tx: ForceTx, row: WaitingRow, case: CaseRow | None) -> Work:
    content = said(tx, row, case)
    parsed = one(content) or Parsed(row.source_id, row.type, "", "", row.digest, content, None)
    name = case.folded_reference if case else ""
    parsed = structs.replace(parsed, id=row.source_id, digest=row.digest, case=name)
    return Work(row.id, parsed, name, new=False, reason=_fault(row, parsed))


def _fault(row: WaitingRow, parsed: Parsed) -> str:
    if row.reason.startswith((OTHER_CONTENT, NO_CRIME)):
        return row.reason
    return f"{WRONG}: {parsed.fault}" if parsed.event is None else ""


async def listed(tx: ForceTx, event_id: UUID) -> ListedRow:
    """Return an event that waits or was dismissed, as a list shows it. Raises NotFound."""
    found = await rows.listed(tx, event_id)
    if found is None:
        raise NotFound(_("Page not found"))
    return found


async def _open_to(tx: ForceTx, event_id: UUID) -> ListedRow:
    """Return an event whose case this member of staff may see; there is nothing to open where its crime is not known.

    Raises NotFound, and NotOpened where they have to open the case first and say why.
    """
    found = await listed(tx, event_id)
    if found.case_id is not None:
        await cases_of_staff.seen_by_actor(tx, found.case_id)
    return found


async def record(tx: ForceTx, event_id: UUID) -> Record:
    """Return an event that waits or was dismissed, with what it says; that somebody read it is recorded.

    Raises NotFound and NotOpened.
    """
    found = await _open_to(tx, event_id)
    row, settled = await rows.content(tx, event_id), await rows.settled(tx, event_id)
    if row is None or settled is None:
        raise NotFound(_("Page not found"))
    if not row.content:
        raise Conflict(_("What this record said has been deleted, as the force's schedule says."))
    case = await _case(tx, found)
    content = said(tx, row, case)
    await audit.record(tx, "event.read", subject_id=event_id, case_id=row.case_id)
    asked = mending.question(row.reason, content) if row.state == "held" else Question(Asks.NOTHING)
    why = _key(tx, case).open(settled.why, why_place(event_id)).decode() if settled.why else ""
    known = await _people(tx, case) if asked.asks is Asks.ADDRESSEE else []
    return Record(found, mending.lines(content), asked, known, settled.at, settled.name, why)


async def _case(tx: ForceTx, found: ListedRow) -> CaseRow | None:
    if found.folded_reference is None or found.reference is None:
        return None
    return (await case_rows.lock(tx, {found.folded_reference: found.reference}))[found.folded_reference]


def _key(tx: ForceTx, case: CaseRow | None) -> Key:
    return tx.keys.unwrap(case.data_key) if case and case.data_key else tx.keys.own()


async def _people(tx: ForceTx, case: CaseRow | None) -> list[tuple[str, str]]:
    parts = [part.person_id for part in await links.on_cases(tx, [case.id]) if part.role != "reporter"] if case else []
    found = await people.by_id(tx, parts)
    return sorted((person.source_id, person.name) for person in found.values())


async def correct(tx: ForceTx, event_id: UUID, answer: str, to: list[str]) -> bool:
    """Correct one thing of an event that waits, and use it if it can be used now; say whether it could.

    What came stays as it was. Raises Invalid, NotFound, NotOpened, and Conflict where nothing of it can be corrected here.
    """
    case = await _case(tx, await _open_to(tx, event_id))
    row = await rows.one(tx, event_id) if await rows.still(tx, [event_id]) else None
    if row is None:
        raise NotFound(_("This does not wait any more."))
    content = said(tx, row, case)
    asked = mending.question(row.reason, content)
    if not {*to} <= {person for person, _name in await _people(tx, case)}:
        raise Invalid({"to": _("Choose who it is for")})
    parsed = mending.mended(content, asked, answer, to)
    home = await _home(tx, parsed) if asked.asks is Asks.CRIME else case
    await _keep(tx, row, case, home, parsed)
    await audit.record(tx, "event.corrected", subject_id=event_id, case_id=home.id if home else None, asked=asked.asks)
    used = not await _use(tx, event_id, home, parsed, row)
    if used:
        await _done(tx, home)
    return used


async def _home(tx: ForceTx, parsed: Parsed) -> CaseRow:
    """Return the case that an event without one belongs to: one that we know of, and that they may see."""
    reference = folded(parsed.crime)
    known = await case_rows.by_reference(tx, reference) if 0 < len(parsed.crime) <= _LONGEST_REFERENCE else None
    if known is None:
        raise Invalid({"answer": _("We know no crime with this reference. Check it")})
    try:
        await cases_of_staff.seen_by_actor(tx, known.id)
    except NotOpened as closed:
        raise Invalid({"answer": _("Open this case first, under Cases. Then come back here")}) from closed
    return (await case_rows.lock(tx, {reference: parsed.crime}))[reference]


async def _keep(tx: ForceTx, row: WaitingRow, before: CaseRow | None, home: CaseRow | None, parsed: Parsed) -> None:
    """Write the correction down, and what came under the key of the case that it now belongs to."""
    key = _key(tx, home)
    came = _key(tx, before).open(row.content, place(row.id))
    correction = key.seal(parsed.content, correction_place(row.id))
    moment = parsed.event.time if parsed.event else row.happened_at
    sealed = key.seal(came, place(row.id))
    await rows.correct(tx, row.id, correction, sealed, home.id if home else None, moment, tx.actor.id)


async def _use(tx: ForceTx, event_id: UUID, home: CaseRow | None, parsed: Parsed, row: WaitingRow) -> str:
    """Apply a corrected event, and return why it still waits, "" when it does not."""
    name = home.folded_reference if home else ""
    told = structs.replace(parsed, id=row.source_id, digest=row.digest, case=name)
    reason = f"{WRONG}: {parsed.fault}" if parsed.event is None else ""
    work = Work(event_id, told, name, new=False, reason=reason)
    cases = {name: home} if home else {}
    await carry_out(tx, [work, *await waiting(tx, [work], cases)], cases, backfill=row.backfill)
    return work.reason


async def _done(tx: ForceTx, case: CaseRow | None) -> None:
    """Mark what asked for an addressee as done once nothing on the case waits for one."""
    if case and not await rows.waits_on_case(tx, case.id, NO_ADDRESSEE):
        await tasks.settle_on_case(tx, TaskKind.NAME_ADDRESSEE, case.id)


async def dismiss(tx: ForceTx, event_id: UUID, why: str) -> None:
    """Put an event aside, with the reason. Raises Invalid without one, NotOpened, and NotFound where it does not wait."""
    told = " ".join(why.split())
    if not 0 < len(told) <= LONGEST_WHY:
        raise Invalid({"why": _("Say why, in up to %(number)s characters", number=LONGEST_WHY)})
    case = await _case(tx, await _open_to(tx, event_id))
    sealed = _key(tx, case).seal(told.encode(), why_place(event_id))
    if not await rows.dismiss(tx, event_id, sealed, tx.actor.id):
        raise NotFound(_("This does not wait any more."))
    await audit.record(tx, "event.dismissed", subject_id=event_id, case_id=case.id if case else None)
    await _done(tx, case)


async def bring_back(tx: ForceTx, event_id: UUID) -> None:
    """Let a dismissed event wait again. Raises NotFound, NotOpened, and Conflict where it was not dismissed."""
    found = await _open_to(tx, event_id)
    if not await rows.bring_back(tx, event_id):
        raise Conflict(_("This was not dismissed, or somebody has brought it back."))
    await audit.record(tx, "event.brought_back", subject_id=event_id, case_id=found.case_id)


def why_place(event_id: UUID) -> bytes:
    """Return the place that the reason for dismissing an event is sealed for."""
    return b"event.why " + event_id.bytes
