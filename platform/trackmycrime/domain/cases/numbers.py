"""A number for texts that somebody gives themselves: it is used once they have typed the code that went to it."""

from datetime import timedelta

from trackmycrime.domain import audit, feed, people
from trackmycrime.domain.cases import codes
from trackmycrime.domain.cases.codes import Purpose, Sent
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.people import Person
from trackmycrime.domain.people.person import place
from trackmycrime.kit.actor import Actor
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import accounts, resets
from trackmycrime.tx import ForceDoor, ForceTx

_FROZEN = timedelta(hours=72)  # security.md, "Sign-in and registration": after a reset contact details are frozen


class NotTheirs(Conflict):
    """Staff recorded how it is safe to reach somebody, or nothing is sent to them: no number of theirs would be used."""

    def __init__(self) -> None:
        super().__init__(_("Only the police can change the number that we use for you."))


class JustReset(Conflict):
    """A password was set by a link not long ago: whoever did it must not turn the texts to a number of theirs as well."""

    def __init__(self) -> None:
        super().__init__(
            _("A new password was chosen by a link. For 3 days after that nobody can change the number here. Call us.")
        )


async def ask(tx: ForceTx, person: Person, number: str) -> None:
    """Send a code to a new number (E.164), unless one is on its way there. The number before stays in use until it is typed.

    Raises NotTheirs, JustReset, and Slower after three codes in an hour.
    """
    await _require_own(tx, person)
    waiting = await codes.sent(tx, person, Purpose.NUMBER)
    if waiting != Sent(number, lives=True):
        await codes.send(tx, person, Purpose.NUMBER, number)


async def _require_own(tx: ForceTx, person: Person) -> None:
    if not (await people.leaves(tx, [person]))[person.id].own_number:
        raise NotTheirs
    if await resets.used_within(tx, person.id, _FROZEN):
        raise JustReset


async def _own(tx: ForceTx) -> Person:
    return (await people.by_id(tx, [tx.actor.id]))[tx.actor.id]


async def waiting(tx: ForceTx) -> Sent | None:
    """Return the code that the signed-in person has still to type, or that ran out; None where there is none."""
    return await codes.sent(tx, await _own(tx), Purpose.NUMBER)


async def ask_again(tx: ForceTx) -> None:
    """Send the signed-in person another code to the same number.

    Raises NotFound where none waits, NotTheirs, JustReset and Slower.
    """
    person = await _own(tx)
    await _require_own(tx, person)
    sent = await codes.sent(tx, person, Purpose.NUMBER)
    if sent is None:
        raise NotFound(_("Page not found"))
    await codes.send(tx, person, Purpose.NUMBER, sent.number)


async def confirm(door: ForceDoor, actor: Actor, typed: str) -> None:
    """Use a new number from now on, for whoever types its code.

    Raises Invalid for a wrong one, CodeGone, NotTheirs and JustReset.
    """
    code = codes.read(typed, "code")
    async with door.open(actor) as tx:
        person = await _own(tx)
        await _require_own(tx, person)
        number = await codes.use(tx, person, Purpose.NUMBER, code)
        if number:
            await _use(tx, person, number)
    if number is None:
        raise Invalid({"code": _("This is not the code that we sent. Check the newest text message")})


async def _use(tx: ForceTx, person: Person, number: str) -> None:
    sealed = tx.keys.unwrap(person.data_key or b"").seal(number.encode(), place("mobile", person.id))
    await accounts.set_mobile(tx, person.id, sealed)
    await audit.record(tx, "number.confirmed", subject_id=person.id)
    await feed.tell(tx, [Fact("preferences.changed", None, person.id, detail={"number": "confirmed"})])
