"""A batch: stored once, applied with what waited for it, all in one transaction."""

from collections.abc import Sequence
from operator import attrgetter
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.ingest import events as e
from trackmycrime.domain.ingest import sifting
from trackmycrime.domain.ingest.applying import UNKNOWN_PERSON
from trackmycrime.domain.ingest.carrying import UNKNOWN_CRIME, Work, carry_out, place
from trackmycrime.domain.ingest.parsing import Parsed, Rejected, decoder, parse
from trackmycrime.kit import ids
from trackmycrime.kit.words import _
from trackmycrime.store import ingest as rows
from trackmycrime.store.cases import rows as case_rows
from trackmycrime.store.ingest import WaitingRow
from trackmycrime.tx import ForceTx

OTHER_CONTENT, WRONG, NO_CRIME = "other_content", "wrong", "no_crime"


class HeldEvent(Struct, frozen=True):
    """An event that waits, and for what."""

    id: str
    reason: str


class Answer(Struct, frozen=True):
    """What became of a batch."""

    accepted: int
    duplicate: int
    held: list[HeldEvent]
    rejected: list[Rejected]


async def receive(tx: ForceTx, body: bytes, *, lines: bool = False, backfill: bool = False) -> Answer:
    """Store and apply a batch of events: a JSON array, or (`lines`) newline-delimited JSON.

    An event that cannot be applied is held, not refused, unless it is about what was deleted here: nothing of that is kept.
    Sending the same batch again changes nothing. With `backfill` nothing is sent to anyone about crimes that are new in it until
    the force releases them.
    """
    parsed, rejected = parse(body, lines=lines)
    parsed, refused = await sifting.sift(tx, parsed)
    rejected = sorted([*rejected, *refused], key=attrgetter("index"))
    # The cases are locked before anything is asked: whoever sends the same events at the same moment waits, then sees them.
    cases = await case_rows.lock(tx, {item.case: item.crime.strip() for item in parsed if item.case})
    fresh, duplicate = await _fresh(tx, parsed)
    work = [Work(ids.new(), item, item.case, new=True, reason=reason) for item, reason in fresh]
    work += await waiting(tx, work, cases)
    await carry_out(tx, work, cases, backfill=backfill)
    new = [item for item in work if item.new]
    held = [HeldEvent(item.parsed.id, item.reason.partition(": ")[2]) for item in new if item.reason]
    return Answer(len(new) - len(held), duplicate, held, rejected)


async def _fresh(tx: ForceTx, parsed: Sequence[Parsed]) -> tuple[list[tuple[Parsed, str]], int]:
    """Return what was not said before, each with the reason why it is held if it already has one."""
    seen = await rows.seen(tx, [item.id for item in parsed])
    fresh: list[tuple[Parsed, str]] = []
    for item in parsed:
        known = seen.setdefault(item.id, set())
        if item.digest in known:
            continue
        fresh.append((item, _fault(item, again=bool(known))))
        known.add(item.digest)
    return fresh, len(parsed) - len(fresh)


def _fault(item: Parsed, *, again: bool) -> str:
    if again:
        return f"{OTHER_CONTENT}: " + _("An event with this id came before, with other content.")
    if not item.case:
        return f"{NO_CRIME}: " + _("This event does not name its crime.")
    return f"{WRONG}: {item.fault}" if item.fault else ""


async def waiting(tx: ForceTx, work: Sequence[Work], cases: dict[str, case_rows.CaseRow]) -> list[Work]:
    """Return the events that waited for crimes which this batch records, or for people whom it may bring to them."""
    told = [(w.case, w.parsed.event) for w in work if not w.reason]
    recorded = {case for case, event in told if isinstance(event, e.CrimeRecorded) and not cases[case].known}
    joined = {case for case, event in told if isinstance(event, e.CrimeRecorded | e.VictimChanged)} - recorded
    by_id = {cases[name].id: cases[name] for name in recorded | joined}
    found: list[WaitingRow] = []
    for names, reason in ((recorded, UNKNOWN_CRIME), (joined, UNKNOWN_PERSON)):
        found += await rows.held(tx, [cases[name].id for name in names], reason) if names else []
    there = {w.row_id for w in work}
    return [_again(tx, row, by_id) for row in found if row.id not in there]


def _again(tx: ForceTx, row: WaitingRow, cases: dict[UUID, case_rows.CaseRow]) -> Work:
    case = cases[row.case_id or UUID(int=0)]
    content = said(tx, row, case)
    event = decoder().decode(content)
    parsed = Parsed(event.id, row.type, event.crime, case.folded_reference, row.digest, content, event)
    return Work(row.id, parsed, parsed.case, new=False)


def said(tx: ForceTx, row: WaitingRow, case: case_rows.CaseRow | None) -> bytes:
    """Return what an event says, as it came or as somebody corrected it."""
    key = tx.keys.unwrap(case.data_key) if case and case.data_key else tx.keys.own()
    if row.correction:
        return key.open(row.correction, correction_place(row.id))
    return key.open(row.content, place(row.id))


def correction_place(row_id: UUID) -> bytes:
    """Return the place that a correction is sealed for."""
    return b"event.correction " + row_id.bytes
