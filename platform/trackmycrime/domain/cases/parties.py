"""Whom a case concerns, as staff need to know them before they say anything."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import people
from trackmycrime.domain.cases.access import Case
from trackmycrime.domain.people import Contact, Hours, Leave, Person, Risk, SafeContact
from trackmycrime.kit.time import today
from trackmycrime.store import notifications
from trackmycrime.store.cases import links
from trackmycrime.store.cases.links import LinkRow
from trackmycrime.store.notifications import Choice
from trackmycrime.tx import ForceTx


class Party(Struct, frozen=True):
    """Somebody's part in a case.

    `safety` is None where nobody asked; `risk` is the highest over all their cases. `told_by_email` and `told_by_text` say
    what they chose and can get, before risk stands against it. `pending` waits for a person to confirm it. `refused` names
    why nothing is sent to them by ourselves; else `safe` binds it, where staff recorded it. `reads` says whether they see
    the case at all, `enters` whether they get in; `hours` is when they want to be told themselves.
    """

    id: UUID
    name: str
    role: str
    proxy_for: UUID | None
    consent: str
    suitability: str
    safety: tuple[str, ...] | None
    enhanced: bool
    risk: Risk
    registered: bool
    invited: bool
    contact: Contact
    pending: Contact | None
    told_by_email: bool
    told_by_text: bool
    safe: SafeContact | None
    safe_at: datetime | None
    refused: str
    proxy_kind: str
    proxy_until: date | None
    recorded_by: UUID | None
    reads: bool
    hours: Hours | None
    enters: bool


def reads(link: LinkRow) -> bool:
    """Say whether somebody sees the case: its victim, and whoever acts for one, from when that was checked until it ends."""
    if link.role == "proxy":
        return link.proxy_until is not None and link.proxy_until >= today()
    return link.role == "victim"


def enters(link: LinkRow) -> bool:
    """Say whether somebody gets in with the facts of a case: who sees it, and who reported it."""
    return reads(link) or link.role == "reporter"


async def on_case(tx: ForceTx, case: Case) -> list[Party]:
    """Return everybody whom a case concerns that this member of staff was shown, victims first."""
    found = sorted(await links.on_cases(tx, [case.id]), key=lambda link: (link.role != "victim", link.person_id))
    persons = await people.by_id(tx, [link.person_id for link in found])
    leaves = await people.leaves(tx, persons.values())
    choices = await notifications.choices(tx, list(persons))
    invited = await links.invited(tx, list(persons))
    return [_party(link, persons[link.person_id], leaves, choices.get(link.person_id), invited) for link in found]


def _party(
    link: LinkRow, person: Person, leaves: Mapping[UUID, Leave], choice: Choice | None, invited: set[UUID]
) -> Party:
    return Party(
        person.id,
        person.name,
        link.role,
        link.proxy_for,
        link.consent,
        link.suitability,
        None if link.safety is None else tuple(link.safety),
        link.enhanced,
        leaves[person.id].risk,
        person.registered,
        person.id in invited,
        person.contact,
        person.pending_contact,
        told_by_email=bool(choice and choice.email_on and person.contact.email),
        told_by_text=bool(choice and choice.text_on and choice.mobile),
        safe=person.safe,
        safe_at=person.safe_at,
        refused=leaves[person.id].refused,
        proxy_kind=link.proxy_kind or "",
        proxy_until=link.proxy_until,
        recorded_by=link.recorded_by,
        reads=reads(link),
        hours=person.hours,
        enters=enters(link),
    )
