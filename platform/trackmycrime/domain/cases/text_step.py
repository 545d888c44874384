"""Codes by text as a second step of signing in: they go to the number that its owner has confirmed, and nowhere else."""

from uuid import UUID

from trackmycrime.domain import people
from trackmycrime.domain.cases import codes, factors, proof
from trackmycrime.domain.cases.codes import CodeGone, Purpose
from trackmycrime.domain.cases.factors import Content, FactorKind
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.domain.people import Person
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.errors import Conflict
from trackmycrime.kit.words import _
from trackmycrime.store import accounts
from trackmycrime.store import people as rows
from trackmycrime.store.people import AccountRow
from trackmycrime.tx import ForceDoor, ForceTx


class NoNumber(Conflict):
    """There is no number to which a code could go."""

    def __init__(self) -> None:
        super().__init__(_("First give us a number in Settings, and type the code that we send to it."))


async def own_number(tx: ForceTx) -> str | None:
    """Return the number to which codes of the signed-in victim would go, or None."""
    account = await rows.account(tx, tx.actor.id)
    return await number_for(tx, account) if account else None


async def number_for(tx: ForceTx, account: AccountRow) -> str | None:
    """Return the number to which codes of an account go; None where there is none, or staff say how its owner is reached."""
    return (await _reached(tx, account))[1]


async def _reached(tx: ForceTx, account: AccountRow) -> tuple[Person, str | None]:
    person = (await people.by_id(tx, [account.person_id]))[account.person_id]
    own = configuration(tx).has(Feature.SMS) and (await people.leaves(tx, [person]))[person.id].own_number
    return person, people.chosen_mobile(tx.keys, person, account.mobile) if own else None


async def set_up(door: ForceDoor, session: Session, password: str, by: Browser) -> UUID:
    """Ask for codes by text from now on, for whoever knows the password; return what the cookie of a known device is to name.

    Everybody else is signed out, and no other device is known, as with an app. Raises NoNumber, HasOne, and Invalid and Slower
    for a wrong password.
    """
    async with door.open(session.actor) as tx:
        await factors.require_none(tx, FactorKind.TEXT)
        if await own_number(tx) is None:
            raise NoNumber
    await proof.prove(door, session, password, by)
    async with door.open(session.actor) as tx:
        await factors.add(tx, session, FactorKind.TEXT, Content("", b""))
        await sessions.end_others(tx, session)
        return await accounts.forget_devices(tx, session.actor.id)


async def send(tx: ForceTx, account: AccountRow) -> None:
    """Send a code to whoever has just given the right password. Raises NoNumber, and Slower after three in an hour."""
    person, number = await _reached(tx, account)
    if number is None or not account.texted:
        raise NoNumber
    await codes.send(tx, person, Purpose.SIGN_IN, number)


async def use(tx: ForceTx, account: AccountRow, figures: str) -> bool:
    """Say whether this is the code that was sent, and use it up. A wrong one counts: the transaction must be committed."""
    if not account.texted:
        return False
    person = (await people.by_id(tx, [account.person_id]))[account.person_id]
    try:
        return await codes.use(tx, person, Purpose.SIGN_IN, figures) is not None
    except CodeGone:
        return False
