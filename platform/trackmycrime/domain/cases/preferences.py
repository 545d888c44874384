"""What a registered person wants to be told, and by which way. The email address is the police's to change."""

from msgspec import Struct

from trackmycrime.domain import audit, feed, people
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.people import Person
from trackmycrime.domain.people.person import place
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import people as rows
from trackmycrime.tx import ForceTx


class Preferences(Struct, frozen=True):
    """What is on, and where it goes."""

    email: str
    email_on: bool
    text_on: bool
    mobile: str
    link_on: bool = True


async def _own(tx: ForceTx) -> Person:
    return (await people.by_id(tx, [tx.actor.id]))[tx.actor.id]


async def of_actor(tx: ForceTx) -> Preferences:
    """Return what the signed-in person has chosen."""
    person, account = await _own(tx), await rows.account(tx, tx.actor.id)
    if account is None:
        raise NotFound(_("Page not found"))
    mobile = people.chosen_mobile(tx.keys, person, account.mobile) or ""
    return Preferences(person.contact.email or "", account.email_on, account.text_on, mobile, account.link_on)


async def choose(tx: ForceTx, chosen: Preferences) -> None:
    """Write what the signed-in person chooses, and tell the force's systems."""
    person = await _own(tx)
    key = tx.keys.unwrap(person.data_key or b"")
    sealed = key.seal(chosen.mobile.encode(), place("mobile", person.id)) if chosen.mobile else None
    await rows.choose(
        tx, person.id, email_on=chosen.email_on, text_on=chosen.text_on, mobile=sealed, link_on=chosen.link_on
    )
    changed = {"email": chosen.email_on, "text": chosen.text_on}
    await audit.record(tx, "preferences.changed", subject_id=person.id)
    await feed.tell(tx, [Fact("preferences.changed", None, person.id, detail=dict(changed))])
