"""The second step of signing in: a browser that gave the right password and has yet to give a code. It opens nothing."""

import hmac
import secrets
from contextlib import suppress
from datetime import timedelta

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.cases import authenticator, card, entry, text_step
from trackmycrime.domain.cases.entry import SignedIn
from trackmycrime.domain.cases.factors import FactorKind
from trackmycrime.domain.identity import sessions, throttle
from trackmycrime.domain.identity.staff import WrongSignIn
from trackmycrime.domain.identity.throttle import Attempt, Browser
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.errors import Invalid, NotFound, Slower
from trackmycrime.kit.words import _
from trackmycrime.store import challenges as rows
from trackmycrime.store import people as people_rows
from trackmycrime.store.challenges import HalfwayRow
from trackmycrime.store.people import AccountRow
from trackmycrime.tx import ForceDoor, ForceTx

LIVES = timedelta(minutes=10)
_TRIES = 5
_SHOWN = 3  # of a number: whoever has it knows which, and nobody else learns it
_LONGEST_COOKIE = 64


class HalfwayGone(NotFound):
    """A browser is not half way in, or not any more: it has to begin again."""

    def __init__(self) -> None:
        super().__init__(_("Start again: enter your details and your password."))


class Halfway(Struct, frozen=True):
    """A browser that is half way in. The cookie is told once, and is no session."""

    cookie: str


async def begin(tx: ForceTx, account: AccountRow, by: Browser) -> Halfway:
    """Note that this browser has just given the right password of an account, and return what it is to come back with."""
    cookie = secrets.token_urlsafe(32)
    hashed, proof = sessions.hashed(cookie), _proof(tx, account)
    await rows.begin_halfway(tx, account.person_id, hashed, proof, tries=_TRIES, shared=by.shared)
    await audit.record(tx, "person.half_way", subject_id=account.person_id)
    return Halfway(cookie)


async def is_asked(tx: ForceTx, account: AccountRow) -> bool:
    """Say whether a code is asked for after the password of an account, in a browser that is not known."""
    return account.stepped or (account.texted and await text_step.number_for(tx, account) is not None)


async def text_first(door: ForceDoor, account: AccountRow) -> None:
    """Send a code to whoever is half way in, where no app gives them one. After three in an hour there is the card."""
    if account.stepped:
        return
    with suppress(Slower):
        async with door.open(entry.owner(account.person_id)) as tx:
            await text_step.send(tx, account)


async def text_again(door: ForceDoor, cookie: str) -> None:
    """Send another code to whoever is half way in. Raises HalfwayGone, NoNumber and Slower."""
    async with door.open(VISITOR) as tx:
        account = await _account(tx, await _row(tx, cookie))
        await text_step.send(tx.acting(entry.owner(account.person_id)), account)


class Asked(Struct, frozen=True):
    """What a browser that is half way in is asked for: a code of an `app`, or the one sent to a number that `ends` so."""

    app: bool
    ends: str


async def asked(tx: ForceTx, cookie: str) -> Asked | None:
    """Return what the browser with this cookie is asked for; None when it is not half way in."""
    try:
        account = await _account(tx, await _row(tx, cookie))
    except HalfwayGone:
        return None
    number = await text_step.number_for(tx, account) if account.texted else None
    return Asked(account.stepped, number[-_SHOWN:] if number else "")


async def _row(tx: ForceTx, cookie: str) -> HalfwayRow:
    good = 0 < len(cookie) <= _LONGEST_COOKIE
    row = await rows.halfway(tx, sessions.hashed(cookie), LIVES) if good else None
    if row is None:
        raise HalfwayGone
    return row


async def _account(tx: ForceTx, row: HalfwayRow) -> AccountRow:
    account = await people_rows.account(tx, row.person_id)
    if account is None or not hmac.compare_digest(row.proof, _proof(tx, account)):
        raise HalfwayGone
    return account


def _proof(tx: ForceTx, account: AccountRow) -> bytes:
    return tx.keys.sign("half way", account.password_hash.encode())


async def finish(door: ForceDoor, cookie: str, code: str, by: Browser) -> SignedIn:
    """Sign in with a code of the app, of a text or of the card, after the password.

    Each try is counted before it is looked at: after five the browser begins again. Other wrong codes are counted over
    browsers too, as wrong passwords are; a code of a card is always heard. Raises HalfwayGone, Invalid and Slower.
    """
    if not code.strip():
        raise Invalid({"code": _("Enter the code")})
    async with door.open(VISITOR) as tx:
        row = await rows.take_try(tx, sessions.hashed(cookie), LIVES) if len(cookie) <= _LONGEST_COOKIE else None
        if row is None:
            raise HalfwayGone
        account = await _account(tx, row)
    if card.looks_like_one(code):
        return await _by_card(door, row, account, code, by)
    return await _by_figures(door, row, account, code, by)


async def _by_card(door: ForceDoor, row: HalfwayRow, account: AccountRow, code: str, by: Browser) -> SignedIn:
    async with door.open(entry.owner(account.person_id)) as tx:
        found = await card.unused(tx, account.person_id, code)
        if found is None or not await card.use(tx, found):
            raise _wrong(row)
        return await _entered(tx, row, account, by, FactorKind.CARD)


async def _by_figures(door: ForceDoor, row: HalfwayRow, account: AccountRow, code: str, by: Browser) -> SignedIn:
    attempt = Attempt(f"code {account.person_id}", by.network, worked=by.worked)
    taken = await throttle.take(door, attempt)
    async with door.open(entry.owner(account.person_id)) as tx:
        way = await _way(tx, account, code)
        if way is not None:
            await throttle.take_back(tx, taken)
            return await _entered(tx, row, account, by, way)
    raise _wrong(row)


async def _way(tx: ForceTx, account: AccountRow, code: str) -> FactorKind | None:
    """Return what a code is of, and use it up; None for a wrong one."""
    if await authenticator.use(tx, account.person_id, code):
        return FactorKind.AUTHENTICATOR
    figures = "".join(code.split()).replace("-", "")
    return FactorKind.TEXT if await text_step.use(tx, account, figures) else None


async def _entered(tx: ForceTx, row: HalfwayRow, account: AccountRow, by: Browser, way: str) -> SignedIn:
    if not await rows.end_halfway(tx, row.id):
        raise HalfwayGone
    try:
        return await entry.entered(tx, account, by, way, shared=row.shared)
    except WrongSignIn:
        raise HalfwayGone from None


def _wrong(row: HalfwayRow) -> Invalid | HalfwayGone:
    if row.tries_left <= 0:
        return HalfwayGone()
    return Invalid({"code": _("This code does not work. Enter the newest code, or one from your card")})


async def sweep(tx: ForceTx) -> int:
    """Remove what nobody can finish any more, and challenges that nobody answered."""
    return await rows.sweep(tx, LIVES)
