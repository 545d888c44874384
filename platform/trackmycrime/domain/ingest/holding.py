"""What the service holds of one crime, for the record system that told it: to compare, never to sign in with."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit, people
from trackmycrime.domain.cases import timeline
from trackmycrime.domain.cases.progress import StepKind
from trackmycrime.domain.cases.timeline import Audience
from trackmycrime.domain.people import Person
from trackmycrime.domain.property import Description, place
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.sealing import Key
from trackmycrime.kit.words import _
from trackmycrime.store import hearings, progress
from trackmycrime.store import ingest as rows
from trackmycrime.store import property as property_rows
from trackmycrime.store.cases import links
from trackmycrime.store.cases import rows as case_rows
from trackmycrime.store.cases.links import LinkRow
from trackmycrime.store.cases.rows import CaseRow, SeenRow
from trackmycrime.store.cases.timeline import EntryRow
from trackmycrime.store.progress import StepRow
from trackmycrime.store.property import ItemRow
from trackmycrime.tx import ForceTx


class OffenceHeld(Struct, frozen=True):
    """The offence of a crime."""

    code: str
    title: str


class OfficerHeld(Struct, frozen=True):
    """The officer in the case."""

    collar_number: str
    name: str
    role: str
    unit: str


class PersonHeld(Struct, frozen=True):
    """Somebody's part in a crime. `suitability_by` says who decided: `staff` outranks the `feed`."""

    person: str
    role: str
    consent: str
    suitability: str
    suitability_by: str
    safety: list[str] | None
    enhanced: bool
    proxy_for: str | None
    registered: bool


class EntryHeld(Struct, frozen=True):
    """Something said on a crime. `to` names people where `audience` is `named`; `event` is the event it came from."""

    id: str
    type: str
    time: datetime
    text: str
    language: str
    audience: str
    to: list[str]
    author: str
    event: str | None


class ItemHeld(Struct, frozen=True):
    """An item of property."""

    id: str
    status: str
    category: str
    description: str
    make: str
    model: str
    serial: str
    value_pence: int | None


class HearingHeld(Struct, frozen=True):
    """A court hearing that was listed."""

    court: str
    hearing_type: str
    at: datetime


class StepHeld(Struct, frozen=True):
    """Something that happened on a crime's way, as the event `event` of this type told it; the first comes first.

    `value` is the stage that it reached or the code of its outcome, and empty for a closing or an opening again.
    """

    type: str
    time: datetime
    value: str
    event: str


class EventHeld(Struct, frozen=True):
    """An event of this crime that waits, and for what."""

    id: str
    type: str
    reason: str


class Crime(Struct, frozen=True):
    """All that is held of one crime.

    `closed_at` is when the closing that holds happened, null while it is open. `steps` are all that it went through,
    `stage` and `outcome` where it stands. `next_update_by` is when the victim hears next, at the latest.
    """

    reference: str
    offence: OffenceHeld
    area: str
    reported_at: datetime | None
    summary: str
    stage: str
    outcome: int | None
    closed: bool
    closed_at: datetime | None
    steps: list[StepHeld]
    officer: OfficerHeld | None
    victims: list[PersonHeld]
    timeline: list[EntryHeld]
    property: list[ItemHeld]
    hearings: list[HearingHeld]
    held: list[EventHeld]
    next_update_by: datetime | None


async def what_is_held(tx: ForceTx, reference: str) -> Crime:
    """Return what is held of a crime; that it was asked for is recorded. Raises NotFound when this force has no such crime."""
    row = await case_rows.by_reference(tx, fold(reference).upper())
    seen = await case_rows.seen(tx, row.id) if row else None
    if row is None or seen is None:
        raise NotFound(_("This force has no such crime here."))
    key = tx.keys.unwrap(row.data_key) if row.data_key else None
    parts = await links.on_cases(tx, [row.id])
    entries = await timeline.everything(tx, row.id)
    found = await people.by_id(
        tx, [*{person for part in parts for person in (part.person_id, part.proxy_for) if person}]
    )
    items = await property_rows.on_case(tx, row.id)
    waiting = await rows.held(tx, [row.id], "")
    await audit.record(tx, "crime.compared", subject_id=row.id, case_id=row.id)
    return Crime(
        reference=row.reference,
        offence=OffenceHeld(row.offence_code, row.offence_title),
        area=row.area,
        reported_at=row.reported_at,
        summary=_summary(row, key),
        stage=row.stage,
        outcome=row.outcome,
        closed=row.closed,
        closed_at=row.closed_at,
        steps=[_step(each) for each in await progress.on_case(tx, row.id)],
        officer=_officer(seen),
        victims=sorted((_person(part, found) for part in parts), key=lambda each: each.person),
        timeline=[_entry(entry, key, found) for entry in entries],
        property=[_item(item, key) for item in items],
        hearings=[HearingHeld(each.court, each.hearing_type, each.at) for each in await hearings.on_case(tx, row.id)],
        held=[EventHeld(event.source_id, event.type, event.reason.partition(": ")[2]) for event in waiting],
        next_update_by=seen.due_at,
    )


def _summary(row: CaseRow, key: Key | None) -> str:
    return key.open(row.summary, b"summary " + row.id.bytes).decode() if key and row.summary else ""


def _officer(seen: SeenRow) -> OfficerHeld | None:
    if seen.officer_id is None:
        return None
    return OfficerHeld(
        seen.officer_collar or "", seen.officer_name or "", seen.officer_title or "", seen.officer_unit or ""
    )


_STEPS = {
    StepKind.STAGE: "stage.changed",
    StepKind.OUTCOME: "outcome.recorded",
    StepKind.CLOSED: "crime.closed",
    StepKind.REOPENED: "crime.reopened",
}


def _step(row: StepRow) -> StepHeld:
    return StepHeld(_STEPS[StepKind(row.what)], row.at, row.value, row.event_id)


def _person(part: LinkRow, found: Mapping[UUID, Person]) -> PersonHeld:
    person = found[part.person_id]
    return PersonHeld(
        person.source_id,
        part.role,
        part.consent,
        part.suitability,
        part.suitability_by,
        part.safety,
        part.enhanced,
        found[part.proxy_for].source_id if part.proxy_for else None,
        person.registered,
    )


def _entry(row: EntryRow, key: Key | None, found: Mapping[UUID, Person]) -> EntryHeld:
    return EntryHeld(
        str(row.id),
        row.kind,
        row.happened_at,
        timeline.opened(key, row) if key else "",
        row.language,
        row.audience,
        _named(row.persons if row.audience == Audience.NAMED else (), found),
        row.author_name or _author(row, found),
        row.event_id,
    )


def _named(persons: Sequence[UUID], found: Mapping[UUID, Person]) -> list[str]:
    return [found[person].source_id for person in persons if person in found]


def _author(row: EntryRow, found: Mapping[UUID, Person]) -> str:
    """Name a victim as the record system does: by their id there."""
    author = found.get(row.author_id) if row.author_id else None
    return author.source_id if author else row.author_kind


def _item(row: ItemRow, key: Key | None) -> ItemHeld:
    what = Description("")
    if key and row.description:
        what = msgspec.json.decode(key.open(row.description, place(row.case_id, row.source_id)), type=Description)
    return ItemHeld(
        row.source_id,
        row.status,
        row.category,
        what.description,
        what.make,
        what.model,
        what.serial,
        row.value_pence,
    )
