"""What a registered person wants to be told, and by which way. The email address is the police's to change."""

from msgspec import Struct

from trackmycrime.domain import audit, feed, people
from trackmycrime.domain.cases import codes, numbers
from trackmycrime.domain.cases.codes import Purpose, Sent
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.people import Hours, Person
from trackmycrime.domain.tenancy.registry import spoken
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import codes as code_rows
from trackmycrime.store import people as rows
from trackmycrime.store.people import AccountRow
from trackmycrime.tx import ForceTx


class Preferences(Struct, frozen=True):
    """What is on, and where it goes: `mobile` is a number whose code was typed.

    `hours` are chosen by themselves (hours.py). `language` is what emails and pages are in; "" chooses none. A number that waits for its code is in `sent`. Where it is not their `own_number` to choose, staff say which is used.
    """

    email: str
    email_on: bool
    text_on: bool
    mobile: str
    link_on: bool = True
    own_number: bool = True
    sent: Sent | None = None
    language: str = ""
    hours: Hours | None = None


async def _own(tx: ForceTx) -> tuple[Person, AccountRow]:
    person, account = (await people.by_id(tx, [tx.actor.id]))[tx.actor.id], await rows.account(tx, tx.actor.id)
    if account is None:
        raise NotFound(_("Page not found"))
    return person, account


async def of_actor(tx: ForceTx) -> Preferences:
    """Return what the signed-in person has chosen."""
    return await _of(tx, *await _own(tx))


async def _of(tx: ForceTx, person: Person, account: AccountRow) -> Preferences:
    leave = (await people.leaves(tx, [person]))[person.id]
    return Preferences(
        person.contact.email or "",
        account.email_on,
        account.text_on,
        people.chosen_mobile(tx.keys, person, account.mobile) or "",
        account.link_on,
        leave.own_number,
        await codes.sent(tx, person, Purpose.NUMBER),
        spoken(tx, person.language),
        person.hours,
    )


async def choose(tx: ForceTx, chosen: Preferences) -> bool:
    """Write what the signed-in person chooses, and tell the force's systems.

    A new number is sent a code first, and the one before stays in use until it is typed: True where that is so. Raises what
    numbers.ask raises, and Invalid where codes to sign in go to the number.
    """
    person, account = await _own(tx)
    own = await _of(tx, person, account)
    mobile = chosen.mobile if own.own_number else own.mobile
    if account.texted and mobile != own.mobile:
        raise Invalid({"mobile": _("Codes to sign in go to this number. First turn them off, under “How you sign in”")})
    await rows.choose(
        tx,
        person.id,
        email_on=chosen.email_on,
        text_on=chosen.text_on,
        mobile=account.mobile if mobile else None,
        link_on=chosen.link_on,
    )
    changed: dict[str, object] = {"email": chosen.email_on, "text": chosen.text_on}
    if chosen.language:
        await rows.choose_language(tx, person.id, chosen.language)
        changed["language"] = chosen.language
    await audit.record(tx, "preferences.changed", subject_id=person.id)
    await feed.tell(tx, [Fact("preferences.changed", None, person.id, detail=changed)])
    return await _ask(tx, person, own, mobile)


async def _ask(tx: ForceTx, person: Person, own: Preferences, mobile: str) -> bool:
    if not mobile:
        await code_rows.withdraw(tx, person.id)
    if mobile in {"", own.mobile}:
        return False
    await numbers.ask(tx, person, mobile)
    return True
