"""What is applied together: events in memory, case by case, then written in a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from trackmycrime.domain import audit, duties, notifications, people, property, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases import invitations, proxies, timeline
from trackmycrime.domain.ingest import events as e
from trackmycrime.domain.ingest import sifting
from trackmycrime.domain.ingest.applying import NO_ADDRESSEE, apply
from trackmycrime.domain.ingest.parsing import Parsed
from trackmycrime.domain.ingest.sifting import ERASED
from trackmycrime.domain.ingest.working import Held, WorkingCase, officer_order, person_fact
from trackmycrime.domain.people import Recorded
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.actor import NOBODY, Kind
from trackmycrime.kit.sealing import Keyring
from trackmycrime.kit.words import _
from trackmycrime.store import hearings, progress
from trackmycrime.store import ingest as rows
from trackmycrime.store.cases import links
from trackmycrime.store.cases import rows as case_rows
from trackmycrime.store.cases.rows import Order
from trackmycrime.store.identity import staff
from trackmycrime.store.identity.staff import OfficerFact
from trackmycrime.store.ingest import EventRow
from trackmycrime.tx import ForceTx

UNKNOWN_CRIME = "unknown_crime"


@dataclass(slots=True)
class Work:
    """One event to be applied: new in this batch, or held before it."""

    row_id: UUID
    parsed: Parsed
    case: str
    new: bool
    reason: str = ""


async def carry_out(tx: ForceTx, work: Sequence[Work], cases: dict[str, case_rows.CaseRow], *, backfill: bool) -> None:
    """Apply events to their cases, which are locked, and write what came of it: each then has the reason why it waits, or none."""
    await _leave_out(tx, [item for item in work if not item.new])
    working, recorded = await _apply(tx, work, cases, backfill=backfill)
    await _write(tx, working, recorded)
    await _store(tx, work, cases, _rows(tx, work, cases, backfill=backfill))


async def _leave_out(tx: ForceTx, work: Sequence[Work]) -> None:
    """Use nothing of what waited, or was corrected, that is about somebody who was erased since."""
    people = await sifting.erased(tx, [item.parsed for item in work])
    for item in work:
        rest = sifting.without(item.parsed, people)
        item.parsed, item.reason = (rest, item.reason) if rest else (item.parsed, f"{ERASED}: {sifting.person_gone()}")


def place(row_id: UUID) -> bytes:
    """Return the place that what came is sealed for."""
    return b"event " + row_id.bytes


async def _apply(
    tx: ForceTx, work: Sequence[Work], cases: dict[str, case_rows.CaseRow], *, backfill: bool
) -> tuple[list[WorkingCase], dict[str, Recorded]]:
    """Record whom the events name, and apply what can be applied, in memory."""
    todo = _ready(work, cases)
    events = [event for _item, event in todo]
    recorded = await _record_people(tx, events)
    officers = await _record_officers(tx, events)
    working = await _working(tx, cases, recorded, backfill=backfill)
    for item, event in todo:
        try:
            apply(working[item.case], event, configuration(tx), officers)
        except Held as held:
            item.reason = held.reason
    return list(working.values()), recorded


def _ready(work: Sequence[Work], cases: dict[str, case_rows.CaseRow]) -> list[tuple[Work, e.Event]]:
    """Return what can be applied: crimes first, then people, then by order. What waits for its crime is given the reason."""
    todo = [(item, item.parsed.event) for item in work if item.parsed.event is not None and not item.reason]
    known = {item.case for item, event in todo if isinstance(event, e.CrimeRecorded)}
    known |= {name for name, row in cases.items() if row.known}
    for item, _event in todo:
        if item.case not in known:
            item.reason = f"{UNKNOWN_CRIME}: " + _("We have not been told about this crime yet.")
    ready = [(item, event) for item, event in todo if not item.reason]
    return sorted(ready, key=lambda pair: _turn(pair[1]))


def _turn(event: e.Event) -> tuple[int, int, datetime, str]:
    """Whoever an update of the same batch is for has to be known before it; otherwise by `order`, with the moment as it is."""
    rank = 0 if isinstance(event, e.CrimeRecorded) else 1 if isinstance(event, e.VictimChanged) else 2
    return (rank, event.version or 0, event.time, event.id)


async def _record_people(tx: ForceTx, events: Sequence[e.Event]) -> dict[str, Recorded]:
    facts = [person_fact(victim, event.order) for event in events for victim in _victims(event)]
    proxied = {victim.proxy_for for event in events for victim in _victims(event) if victim.proxy_for}
    named = {name for event in events if isinstance(event, e.UpdatePublished) for name in event.to or ()}
    return await people.record(tx, facts, stubs=proxied, named=named)


def _victims(event: e.Event) -> Sequence[e.VictimIn]:
    match event:
        case e.CrimeRecorded():
            return event.victims
        case e.VictimChanged():
            return [event.victim]
        case _:
            return ()


async def _record_officers(tx: ForceTx, events: Sequence[e.Event]) -> dict[str, UUID]:
    newest: dict[str, OfficerFact] = {}
    for event in events:
        officer = event.officer if isinstance(event, e.OfficerAssigned | e.CrimeRecorded) else None
        if officer is not None:
            fact = _officer_fact(officer, event.order)
            known = newest.get(fact.collar_number)
            newest[fact.collar_number] = fact if known is None or fact.ordering > known.ordering else known
    return await staff.record_officers(tx, _one_address_each(newest.values())) if newest else {}


def _officer_fact(officer: e.OfficerIn, order: Order) -> OfficerFact:
    email = (officer.email or "").strip().lower() or None
    return OfficerFact(
        officer.collar_number, officer.name, officer.role or "", officer.unit or "", email, officer_order(order)
    )


def _one_address_each(facts: Iterable[OfficerFact]) -> list[OfficerFact]:
    """Two officers with one address cannot both sign in by it: only the first keeps it."""
    taken: set[str] = set()
    kept: list[OfficerFact] = []
    for fact in sorted(facts, key=lambda fact: fact.collar_number):
        kept.append(msgspec.structs.replace(fact, email=None) if fact.email in taken else fact)
        taken |= {fact.email} if fact.email else set()
    return kept


async def _working(
    tx: ForceTx, cases: dict[str, case_rows.CaseRow], recorded: dict[str, Recorded], *, backfill: bool
) -> dict[str, WorkingCase]:
    by_case: dict[UUID, dict[UUID, links.LinkRow]] = {row.id: {} for row in cases.values()}
    people_ids = {source: found.person.id for source, found in recorded.items()}
    for link in await links.on_cases(tx, list(by_case)):
        by_case[link.case_id][link.person_id] = link
    return {
        name: WorkingCase(
            row,
            tx.keys.unwrap(row.data_key or b""),
            by_case[row.id],
            people_ids,
            {subject: (order[0], order[1], order[2]) for subject, order in row.orders.items()},
            backfill,
        )
        for name, row in cases.items()
    }


def _rows(tx: ForceTx, work: Sequence[Work], cases: dict[str, case_rows.CaseRow], *, backfill: bool) -> list[EventRow]:
    client = tx.actor.id if tx.actor.kind is Kind.RECORD_SYSTEM and tx.actor.id != NOBODY else None
    return [_row(tx.keys, item, cases.get(item.case), client, backfill=backfill) for item in work if item.new]


def _row(keys: Keyring, item: Work, case: case_rows.CaseRow | None, client: UUID | None, *, backfill: bool) -> EventRow:
    key = keys.unwrap(case.data_key) if case and case.data_key else keys.own()
    event = item.parsed.event
    return EventRow(
        item.row_id,
        item.parsed.id,
        item.parsed.digest,
        item.parsed.type,
        case.id if case else None,
        "held" if item.reason else "applied",
        item.reason,
        key.seal(item.parsed.content, place(item.row_id)),
        backfill,
        event.time if event else None,
        client,
    )


async def _write(tx: ForceTx, working: Sequence[WorkingCase], recorded: dict[str, Recorded]) -> None:
    await case_rows.save(tx, [_with_orders(case) for case in working if case.touched])
    await links.save(tx, [case.links[person] for case in working for person in sorted(case.changed_links)])
    await proxies.follow(tx, [found for found in recorded.values() if found.birthday_moved])
    await timeline.add(tx, [entry for case in working for entry in case.entries])
    await property.save(tx, [item for case in working for item in case.items.values()])
    await hearings.add(tx, [hearing for case in working for hearing in case.hearings])
    await progress.add(tx, [step for case in working for step in case.steps])
    await tasks.enter(tx, [*_tasks(working), *_addresses(working, recorded)])
    changed = [case.row.id for case in working if case.touched or case.entries]
    await duties.recompute(tx, changed)
    await _tell(tx, working)
    await invitations.consider(tx, [case.row.id for case in working if case.touched or case.changed_links])


def _with_orders(case: WorkingCase) -> case_rows.CaseRow:
    return msgspec.structs.replace(case.row, orders=case.orders)


def _tasks(working: Sequence[WorkingCase]) -> Iterable[tasks.NewTask]:
    return (task for case in working for task in case.tasks)


def _addresses(working: Sequence[WorkingCase], recorded: dict[str, Recorded]) -> Iterable[tasks.NewTask]:
    confirm = {r.person.id for r in recorded.values() if r.confirm}
    for case in working:
        for person in sorted(confirm & case.links.keys()):
            yield tasks.new(TaskKind.CONFIRM_ADDRESS, case_id=case.row.id, person_id=person)


async def _tell(tx: ForceTx, working: Sequence[WorkingCase]) -> None:
    await notifications.news(tx, {case.row.id: case.told for case in working if case.told and case.row.released})


async def _store(
    tx: ForceTx, work: Sequence[Work], cases: dict[str, case_rows.CaseRow], stored: Sequence[EventRow]
) -> None:
    """Store the batch's events, and settle those that waited."""
    await rows.add(tx, stored)
    await rows.settle(tx, [(w.row_id, "held" if w.reason else "applied", w.reason) for w in work if not w.new])
    nameless = [w for w in work if w.reason.startswith(NO_ADDRESSEE)]
    kind = TaskKind.NAME_ADDRESSEE
    await tasks.enter(tx, [tasks.new(kind, case_id=cases[w.case].id, why=[w.parsed.id]) for w in nameless])
    await audit.record_all(
        tx, [Deed(f"event.{row.state}", row.id, row.case_id, detail={"type": row.type}) for row in stored]
    )
