"""Recording by hand that somebody acts for a victim, where the record system does not say so: the same checks as for its own."""

from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, cases, feed, people, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases import contacts, proxies
from trackmycrime.domain.cases.proxies import ProxyKind
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.people import Contact, Identity, PersonFact
from trackmycrime.domain.people.person import sealed
from trackmycrime.domain.people.safety import ADULT
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit import ids
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.time import age, now, today
from trackmycrime.kit.words import _, language
from trackmycrime.store import contacts as contact_rows
from trackmycrime.store.cases import links
from trackmycrime.store.cases.links import LinkRow
from trackmycrime.tx import ForceTx


class Acting(Struct, frozen=True):
    """Somebody who is to act for a victim, as staff know them; `days` is for how long."""

    victim_id: UUID
    identity: Identity
    email: str
    mobile: str
    kind: str
    days: int
    not_named: bool


class ProxyRecorded(Struct, frozen=True):
    """Who was recorded, and whether they may act already."""

    person_id: UUID
    may_act: bool


async def record(tx: ForceTx, case_id: UUID, acting: Acting) -> ProxyRecorded:
    """Record somebody who acts for a victim. They see nothing before they register by an invitation.

    For a victim at risk somebody else has to let them act first. Raises NotFound when the case or its victim is not there
    for this member of staff, Invalid for what is wrong or not answered, Conflict as `proxies.check` does.
    """
    case = await cases.seen_by_actor(tx, case_id)
    await contact_rows.hold(tx, case.id, acting.victim_id)
    parts = await links.on_cases(tx, [case.id])
    if not any(part.role == "victim" and part.person_id == acting.victim_id for part in parts):
        raise NotFound(_("Page not found"))
    told = await _checked(tx, acting, [part.person_id for part in parts])
    kind, two = ProxyKind(acting.kind), await proxies.endangered(tx, acting.victim_id)
    await proxies.last_day(tx, acting.victim_id, kind, today())
    person_id = await _person(tx, acting.identity, told)
    await links.save(tx, [_link(case.id, person_id, acting.victim_id)])
    await links.record_proxy(tx, case.id, person_id, tx.actor.id)
    detail: dict[str, object] = {"kind": acting.kind, "second_person": two}
    await audit.record_all(tx, [Deed("proxy.recorded", person_id, case.id, detail=detail)])
    await feed.tell(tx, [Fact("proxy.recorded", case.id, person_id, detail=detail)])
    if two:
        task = tasks.new(TaskKind.CHECK_PROXY, case_id=case.id, person_id=person_id, why=["recorded_by_one"])
        await tasks.enter(tx, [task])
    else:
        await proxies.let_act(tx, case.id, person_id, acting.victim_id, kind, acting.days)
    return ProxyRecorded(person_id, not two)


async def _checked(tx: ForceTx, acting: Acting, concerned: list[UUID]) -> Contact:
    """Return how they are reached. Raises Invalid for all that is wrong, such as being on the case already."""
    wrong: dict[str, str] = {}
    told = Contact()
    try:
        told = contacts.clean(acting.email, acting.mobile)
    except Invalid as refusal:
        wrong |= refusal.fields
    try:
        proxies.require_answers(acting.kind, acting.days, not_named=acting.not_named)
    except Invalid as refusal:
        wrong |= refusal.fields
    born = acting.identity.date_of_birth
    if born is None or age(born, today()) < ADULT:
        wrong["date_of_birth"] = _("They must be 18 or older to act for somebody here")
    elif proxies.named_alike((await people.by_id(tx, concerned)).values(), acting.identity.last_name, born):
        wrong["last_name"] = _("Somebody with this name and date of birth is on this case already")
    if wrong:
        raise Invalid(wrong)
    return told


async def _person(tx: ForceTx, identity: Identity, told: Contact) -> UUID:
    """Make a person whom no record system knows: their id there is one of ours, which no feed names."""
    source_id = f"trackmycrime-{ids.new()}"
    fact = PersonFact(source_id, identity, told, language(), (now().isoformat(), 0, ""))
    person = (await people.record(tx, [fact]))[source_id].person
    await contact_rows.save_contact(tx, person.id, sealed(tx.keys, person, "contact", told))
    return person.id


def _link(case_id: UUID, person_id: UUID, victim_id: UUID) -> LinkRow:
    return LinkRow(
        case_id, person_id, "proxy", "opted_in", "not_assessed", "staff", None, enhanced=False, proxy_for=victim_id
    )
