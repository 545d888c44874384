"""What the record system says of people: the newest event wins, whatever order events come in; staff outrank it."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from trackmycrime.domain.people.person import Contact, Identity, Person, opened, place
from trackmycrime.store import people as rows
from trackmycrime.store.people import PersonRow, Saved
from trackmycrime.tx import ForceTx

type Order = tuple[str, int, str]


class PersonFact(Struct, frozen=True):
    """A person as one event describes them; `order` is the event's time, version and id."""

    source_id: str
    identity: Identity
    contact: Contact
    language: str
    order: Order


class Recorded(Struct, frozen=True):
    """A person after recording. `confirm` says that a person must confirm a new address or number first.

    `was` is who they were before, where the event said something newer.
    """

    person: Person
    confirm: bool
    was: Identity | None = None

    @property
    def birthday_moved(self) -> bool:
        """Whether another date of birth is known than before."""
        return self.was is not None and self.was.date_of_birth != self.person.identity.date_of_birth


async def record(
    tx: ForceTx, facts: Sequence[PersonFact], *, stubs: Iterable[str] = (), named: Iterable[str] = ()
) -> dict[str, Recorded]:
    """Write what events say of people, and return everybody by their id in the record system.

    `stubs` are people who have to exist although nothing is said of them yet; `named` are returned if they are known.
    Everybody is locked until the transaction ends.
    """
    newest: dict[str, PersonFact] = {}
    for fact in facts:
        known = newest.get(fact.source_id)
        if known is None or fact.order > known.order:
            newest[fact.source_id] = fact
    locked = await rows.lock(tx, {*newest, *stubs}, named=set(named))
    known = {source: opened(tx.keys, row) for source, row in locked.items()}
    changed = {
        source: _changed(known[source], newest[source])
        for source, row in locked.items()
        if _is_news(row, newest.get(source))
    }
    await rows.save(tx, [_saved(tx, locked[source], now, newest[source]) for source, now in changed.items()])
    return {source: changed.get(source) or Recorded(person, confirm=False) for source, person in known.items()}


def _is_news(row: PersonRow, fact: PersonFact | None) -> bool:
    return fact is not None and fact.order > tuple(row.ordering)


def _changed(person: Person, fact: PersonFact) -> Recorded:
    told = person.contact if person.contact_by == "staff" else fact.contact
    # A registered person's address changes by a person alone: it is the way into their account.
    confirm = person.registered and told != person.contact
    changed = msgspec.structs.replace(
        person,
        identity=fact.identity,
        contact=person.contact if confirm else told,
        pending_contact=told if confirm else person.pending_contact,
        language=fact.language,
    )
    return Recorded(changed, confirm, person.identity)


def _saved(tx: ForceTx, row: PersonRow, recorded: Recorded, fact: PersonFact) -> Saved:
    person = recorded.person
    return Saved(
        row.id,
        _sealed(tx, row, "identity", person.identity),
        _sealed(tx, row, "contact", person.contact),
        _sealed(tx, row, "contact", person.pending_contact)
        if recorded.confirm and person.pending_contact
        else row.pending_contact,
        person.language,
        msgspec.json.encode(fact.order).decode(),
    )


def _sealed(tx: ForceTx, row: PersonRow, column: str, value: Struct) -> bytes:
    key = tx.keys.unwrap(row.data_key or b"")
    return key.seal(msgspec.json.encode(value), place(column, row.id))
