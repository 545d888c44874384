"""A case while a batch is applied to it: changed in memory, written once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec

from trackmycrime.domain.cases.progress import StepKind
from trackmycrime.domain.cases.sides import Sides, sides
from trackmycrime.domain.cases.timeline import Audience, Draft, EntryKind, sealed
from trackmycrime.domain.ingest.events import VictimIn
from trackmycrime.domain.people import Contact, Identity, PersonFact
from trackmycrime.kit.sealing import Key
from trackmycrime.store.cases.links import LinkRow
from trackmycrime.store.cases.rows import CaseRow, Order
from trackmycrime.store.cases.timeline import NewEntry
from trackmycrime.store.progress import NewStep
from trackmycrime.store.property import ItemRow
from trackmycrime.store.tasks import NewTask


class Held(Exception):
    """An event that cannot be applied yet: a name for the reason, and the words for the force."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(name)
        self.reason = f"{name}: {words}"


@dataclass(slots=True)
class WorkingCase:
    """One case of a batch. `people` finds somebody's id by the record system's id."""

    row: CaseRow
    key: Key
    links: dict[UUID, LinkRow]
    people: Mapping[str, UUID]
    orders: dict[str, Order]
    backfill: bool
    touched: bool = False
    told: set[UUID] = field(default_factory=set[UUID])
    changed_links: set[UUID] = field(default_factory=set[UUID])
    entries: list[NewEntry] = field(default_factory=list[NewEntry])
    items: dict[str, ItemRow] = field(default_factory=dict[str, ItemRow])
    hearings: list[tuple[UUID, str, str, str, datetime]] = field(
        default_factory=list[tuple[UUID, str, str, str, datetime]]
    )
    steps: list[NewStep] = field(default_factory=list[NewStep])
    tasks: list[NewTask] = field(default_factory=list[NewTask])
    _sides: Sides | None = None

    def change(self, **values: object) -> None:
        """Change fields of the case."""
        self.row = msgspec.structs.replace(self.row, **values)
        self.touched = True

    def is_newest(self, subject: str, order: Order) -> bool:
        """Say whether no newer event of this type and subject was applied, and remember this one if so."""
        known = self.orders.get(subject)
        if known is not None and tuple(known) >= order:
            return False
        self.orders[subject] = order
        self.touched = True
        return True

    def victims(self) -> list[UUID]:
        """Return the victims and proxies of the case."""
        return sorted(person for person, link in self.links.items() if link.role in ("victim", "proxy"))

    def sides(self) -> Sides:
        """Return who reads together on the case: worked out once, until somebody's part in it changes."""
        if self._sides is None:
            self._sides = sides(self.links.values())
        return self._sides

    def link(self, link: LinkRow) -> None:
        """Set somebody's part in the case."""
        if self.links.get(link.person_id) != link:
            self._sides = None
            self.links[link.person_id] = link
            self.changed_links.add(link.person_id)

    def happened(self, event_id: str, what: StepKind, value: str, at: datetime) -> None:
        """Keep a step of the case's way: older ones stay, whatever comes later."""
        self.steps.append(NewStep(self.row.id, event_id, what, value, at))

    def say(self, draft: Draft) -> None:
        """Add an entry to the case."""
        entry = sealed(self.key, self.row.id, draft)
        self.entries.append(entry)
        self.told.update(entry.persons if draft.audience is Audience.NAMED else self.victims())


def notice(event_id: str, what: str, topic: str, at: datetime) -> Draft:
    """Return a notice for everybody on the case: something happened, and nobody wrote it (`cases.notices` says it)."""
    return Draft(
        kind=EntryKind.NOTICE,
        text=what,
        topic=topic,
        audience=Audience.EVERYONE,
        author_kind="service",
        happened_at=at,
        event_id=event_id,
    )


def person_fact(victim: VictimIn, order: Order) -> PersonFact:
    """Return what an event says of a person, whatever their part in the case; time goes first across crimes."""
    version, at, event_id = order
    identity = Identity(victim.given_names, victim.last_name, victim.date_of_birth)
    contact = Contact((victim.email or "").strip() or None, (victim.mobile or "").strip() or None)
    return PersonFact(victim.person, identity, contact, victim.language, (at, version, event_id))


def officer_order(order: Order) -> tuple[str, int, str]:
    """Return the order of what an event says of an officer: time goes first across crimes."""
    version, at, event_id = order
    return (at, version, event_id)
