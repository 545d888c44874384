"""What each type of event does to a case. The order in which events come in does not matter to where they end."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from trackmycrime.domain import tasks
from trackmycrime.domain.cases import offences, stages
from trackmycrime.domain.cases.progress import StepKind
from trackmycrime.domain.cases.sides import addressed
from trackmycrime.domain.cases.timeline import Draft, EntryKind
from trackmycrime.domain.ingest import events as e
from trackmycrime.domain.ingest.working import Held, WorkingCase, notice
from trackmycrime.domain.property import Description, sealed
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit.words import _
from trackmycrime.store.cases.links import LinkRow
from trackmycrime.store.cases.rows import Order
from trackmycrime.store.property import ItemRow

NO_ADDRESSEE, UNKNOWN_PERSON, UNKNOWN_STAGE = "no_addressee", "unknown_person", "unknown_stage"

type Officers = Mapping[str, UUID]


def apply(case: WorkingCase, event: e.Event, configuration: Configuration, officers: Officers) -> None:
    """Apply one event to its case, which is known or known by it. Raises Held when it has to wait for something."""
    match event:
        case e.CrimeRecorded():
            _crime_recorded(case, event, configuration, officers)
        case e.VictimChanged():
            _victim(case, event.victim, "victim.changed", event.order)
        case e.OfficerAssigned():
            _officer_assigned(case, event, officers)
        case e.UpdatePublished():
            _update_published(case, event)
        case e.StageChanged():
            _stage_changed(case, event)
        case e.HearingListed():
            _hearing_listed(case, event)
        case e.OutcomeRecorded():
            _outcome_recorded(case, event)
        case e.PropertyRecorded():
            _items(case, event.items, event.order)
        case e.CrimeClosed() | e.CrimeReopened():
            _closed_or_reopened(case, event)


def _crime_recorded(
    case: WorkingCase, event: e.CrimeRecorded, configuration: Configuration, officers: Officers
) -> None:
    for victim in event.victims:
        _victim(case, victim, "crime.recorded victim", event.order)
    if not case.is_newest("crime.recorded", event.order):
        return
    _missing_people(case, event)
    code, title = event.offence.code or "", event.offence.title
    group = offences.group(code, title)
    if not case.row.known:
        case.change(released=not case.backfill)
    case.change(
        known=True,
        offence_code=code,
        offence_title=title,
        offence_group=group,
        area=(event.area or "").strip(),
        risky=offences.risky(code, title, extra=configuration.offences.extra_risky_codes),
        tracked=configuration.offences.follows(group, code.strip().upper()),
        reported_at=event.reported_at,
        summary=case.key.seal(event.summary.encode(), b"summary " + case.row.id.bytes) if event.summary else None,
    )
    if event.officer and "officer.assigned" not in case.orders:
        case.change(officer_id=officers[event.officer.collar_number])
    _items(case, event.property or [], event.order)


def _missing_people(case: WorkingCase, event: e.CrimeRecorded) -> None:
    """Somebody whom a later version leaves out is a person's task, never a deletion; the feed knows nobody of staff's."""
    named = {case.people[victim.person] for victim in event.victims}
    for person_id in case.links.keys() - named:
        if f"victim.changed {person_id}" not in case.orders and case.links[person_id].recorded_by is None:
            case.tasks.append(tasks.new(TaskKind.MISSING_PERSON, case_id=case.row.id, person_id=person_id))


def _victim(case: WorkingCase, victim: e.VictimIn, source: str, order: Order) -> None:
    """Set somebody's part in the case: the newest event wins, staff outrank it, and safety is only ever raised."""
    person_id = case.people[victim.person]
    known = case.links.get(person_id)
    safety = _raised(known.safety if known else None, victim.safety)
    newest = case.is_newest(f"{source} {person_id}", order) and _is_latest(case, person_id, order)
    if not newest and known is not None:
        case.link(msgspec.structs.replace(known, safety=safety))
        return
    by_staff = known is not None and known.suitability_by == "staff"
    case.link(
        LinkRow(
            case.row.id,
            person_id,
            victim.role,
            victim.consent,
            known.suitability if known and by_staff else victim.suitability,
            "staff" if by_staff else "feed",
            safety,
            victim.enhanced,
            case.people[victim.proxy_for] if victim.proxy_for else None,
        ),
    )


def _is_latest(case: WorkingCase, person_id: UUID, order: Order) -> bool:
    """Between what the crime and what a change says of somebody, the later moment wins."""
    moments = [case.orders.get(f"{source} {person_id}") for source in ("crime.recorded victim", "victim.changed")]
    return all(moment is None or (moment[1], moment[2]) <= (order[1], order[2]) for moment in moments)


def _raised(known: list[str] | None, told: list[str] | None) -> list[str] | None:
    if known is None and told is None:
        return None
    return sorted({*(known or ()), *(told or ())})


def _officer_assigned(case: WorkingCase, event: e.OfficerAssigned, officers: Officers) -> None:
    if case.is_newest("officer.assigned", event.order):
        case.change(officer_id=officers[event.officer.collar_number])
    case.say(notice(event.id, "", "officer_assigned", event.time))


def _update_published(case: WorkingCase, event: e.UpdatePublished) -> None:
    case.say(_update(case, event.id, event.text, event.kind, event))


def _update(case: WorkingCase, event_id: str, text: str, topic: str, event: e.Event) -> Draft:
    given = event.to if isinstance(event, e.UpdatePublished) else None
    return Draft(
        kind=EntryKind.UPDATE,
        text=text,
        topic=topic,
        to=tuple(_addressees(case, given)),
        author_kind="record_system",
        language=event.language if isinstance(event, e.UpdatePublished) else "en",
        happened_at=event.time,
        event_id=event_id,
    )


def _addressees(case: WorkingCase, given: list[str] | None) -> list[UUID]:
    """Two victims of one crime never read each other's updates: without a name there must be only one side."""
    named = [case.people.get(person) for person in given or ()]
    known = [person for person in named if person is not None]
    found = addressed(case.sides(), known) if len(known) == len(named) else None
    if found is None and given:
        raise Held(UNKNOWN_PERSON, _("This update is for somebody who is not a victim of this crime."))
    if found is None:
        raise Held(NO_ADDRESSEE, _("This crime has several victims, or none. Say who the update is for."))
    return found


def _stage_changed(case: WorkingCase, event: e.StageChanged) -> None:
    if event.stage not in set(stages.Stage):
        raise Held(UNKNOWN_STAGE, _("We do not know this stage: %(stage)s", stage=event.stage))
    draft = _update(case, event.id, event.text, "stage", event) if event.text else None
    if case.is_newest("stage.changed", event.order):
        case.change(stage=event.stage)
    case.happened(event.id, StepKind.STAGE, event.stage, event.time)
    case.say(draft or notice(event.id, event.stage, "stage", event.time))


def _hearing_listed(case: WorkingCase, event: e.HearingListed) -> None:
    case.hearings.append((case.row.id, event.id, event.court, event.hearing_type, event.at))
    case.say(notice(event.id, event.court, "hearing", event.time))


def _outcome_recorded(case: WorkingCase, event: e.OutcomeRecorded) -> None:
    draft = _update(case, event.id, event.text, "outcome", event) if event.text else None
    if case.is_newest("outcome.recorded", event.order):
        case.change(outcome=event.code)
    case.happened(event.id, StepKind.OUTCOME, str(event.code), event.time)
    case.say(draft or notice(event.id, str(event.code), "outcome", event.time))


def _items(case: WorkingCase, items: list[e.ItemIn], order: Order) -> None:
    for item in items:
        if case.is_newest(f"property {item.id}", order):
            what = Description(item.description, item.make or "", item.model or "", item.serial or "")
            kept = sealed(case.key, case.row.id, item.id, what)
            category = item.category or "other"
            case.items[item.id] = ItemRow(case.row.id, item.id, category, item.status, item.value_pence, kept)


def _closed_or_reopened(case: WorkingCase, event: e.CrimeClosed | e.CrimeReopened) -> None:
    closed = isinstance(event, e.CrimeClosed)
    draft = _update(case, event.id, event.text, "closed" if closed else "reopened", event) if event.text else None
    if case.is_newest("closed", event.order):
        case.change(closed=closed, closed_at=event.time if closed else None)
    case.happened(event.id, StepKind.CLOSED if closed else StepKind.REOPENED, "", event.time)
    case.say(draft or notice(event.id, "", "closed" if closed else "reopened", event.time))
