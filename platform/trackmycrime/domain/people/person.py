"""One person, opened: what is stored of them is sealed under their own key."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain.people.hours import Hours
from trackmycrime.domain.people.safe_contact import SafeContact
from trackmycrime.kit.folding import fold
from trackmycrime.kit.sealing import Keyring
from trackmycrime.store import people as rows
from trackmycrime.store.people import PersonRow
from trackmycrime.tx import ForceTx


class Identity(Struct, frozen=True):
    """Who somebody is: identifiers, never proof, because those close to them know them."""

    given_names: str
    last_name: str
    date_of_birth: date | None

    def is_of(self, last_name: str, date_of_birth: date) -> bool:
        """Say whether these facts are theirs; case, accents and punctuation do not matter.

        Somebody with one name only gives that one, wherever the record system keeps it.
        """
        named = fold(self.last_name) or fold(self.given_names)
        return named == fold(last_name) and self.date_of_birth == date_of_birth


class Contact(Struct, frozen=True):
    """How somebody can be reached."""

    email: str | None = None
    mobile: str | None = None


class Person(Struct, frozen=True):
    """A victim, reporter or proxy. `safe` is what staff recorded, `hours` when they want to be told themselves."""

    id: UUID
    source_id: str
    identity: Identity
    contact: Contact
    pending_contact: Contact | None
    language: str
    contact_by: str
    registered: bool
    data_key: bytes | None
    safe: SafeContact | None = None
    safe_at: datetime | None = None
    pending_by: UUID | None = None
    hours: Hours | None = None

    @property
    def name(self) -> str:
        """Their full name, for those who may see it."""
        return f"{self.identity.given_names} {self.identity.last_name}".strip()


_NOBODY = Identity("", "", None)


def place(column: str, person_id: UUID) -> bytes:
    """Return the place that a person's sealed column is bound to."""
    return f"person.{column} ".encode() + person_id.bytes


def opened(keys: Keyring, row: PersonRow) -> Person:
    """Return the person of a row. An erased person has no name and no way to be reached."""
    return Person(
        row.id,
        row.source_id,
        _open(keys, row, "identity", row.identity, Identity) or _NOBODY,
        _open(keys, row, "contact", row.contact, Contact) or Contact(),
        _open(keys, row, "contact", row.pending_contact, Contact),
        row.language,
        row.contact_by,
        row.registered,
        row.data_key,
        _open(keys, row, "safe_contact", row.safe_contact, SafeContact),
        row.safe_contact_at,
        row.pending_by,
        _open(keys, row, "own_hours", row.own_hours, Hours),
    )


def _open[T](keys: Keyring, row: PersonRow, column: str, sealed: bytes | None, kind: type[T]) -> T | None:
    if sealed is None or row.data_key is None:
        return None
    return msgspec.json.decode(keys.unwrap(row.data_key).open(sealed, place(column, row.id)), type=kind)


def chosen_mobile(keys: Keyring, person: Person, sealed: bytes | None) -> str | None:
    """Return the number somebody gave for texts, or None."""
    if sealed is None or person.data_key is None:
        return None
    return keys.unwrap(person.data_key).open(sealed, place("mobile", person.id)).decode()


def sealed(keys: Keyring, person: Person, column: str, value: Struct) -> bytes:
    """Return something of a person as it is stored."""
    return keys.unwrap(person.data_key or b"").seal(msgspec.json.encode(value), place(column, person.id))


async def by_id(tx: ForceTx, person_ids: Sequence[UUID]) -> dict[UUID, Person]:
    """Return people by id."""
    return {row.id: opened(tx.keys, row) for row in await rows.by_id(tx, person_ids)}


async def on_case(tx: ForceTx, reference: str) -> list[Person]:
    """Return the victims, proxies and reporters of a crime reference, however it is written; none for one that is not there."""
    return [opened(tx.keys, row) for row in await rows.on_case(tx, fold(reference).upper())]
