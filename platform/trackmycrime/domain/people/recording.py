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
    """A person after recording. `confirm` says that a person must confirm a new address or number first."""

    person: Person
    confirm: bool


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
    changes = {
        source: _changed(tx, row, newest[source]) for source, row in locked.items() if _is_news(row, newest.get(source))
    }
    await rows.save(tx, [saved for saved, _ in changes.values()])
    return {source: _recorded(tx, row, changes.get(source)) for source, row in locked.items()}


def _is_news(row: PersonRow, fact: PersonFact | None) -> bool:
    return fact is not None and fact.order > tuple(row.ordering)


def _changed(tx: ForceTx, row: PersonRow, fact: PersonFact) -> tuple[Saved, bool]:
    person = opened(tx.keys, row)
    told = person.contact if row.contact_by == "staff" else fact.contact
    # A registered person's address changes by a person alone: it is the way into their account.
    confirm = person.registered and told != person.contact
    saved = Saved(
        row.id,
        _sealed(tx, row, "identity", fact.identity),
        _sealed(tx, row, "contact", person.contact if confirm else told),
        _sealed(tx, row, "contact", told) if confirm else row.pending_contact,
        fact.language,
        msgspec.json.encode(fact.order).decode(),
    )
    return saved, confirm


def _sealed(tx: ForceTx, row: PersonRow, column: str, value: Struct) -> bytes:
    key = tx.keys.unwrap(row.data_key or b"")
    return key.seal(msgspec.json.encode(value), place(column, row.id))


def _recorded(tx: ForceTx, row: PersonRow, change: tuple[Saved, bool] | None) -> Recorded:
    if change is None:
        return Recorded(opened(tx.keys, row), confirm=False)
    saved, confirm = change
    newer = msgspec.structs.replace(
        row,
        identity=saved.identity,
        contact=saved.contact,
        pending_contact=saved.pending_contact,
        language=saved.language,
    )
    return Recorded(opened(tx.keys, newer), confirm)
