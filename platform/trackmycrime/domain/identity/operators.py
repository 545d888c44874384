"""National operators: how they are invited, sign in, and what the national audit says of them."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.identity import passwords
from trackmycrime.domain.identity.sessions import hashed
from trackmycrime.domain.identity.staff import WrongSignIn, clean_email
from trackmycrime.kit.actor import VISITOR, Actor, Kind
from trackmycrime.kit.errors import Conflict, NotFound, Slower
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import national_audit
from trackmycrime.store.identity import operators as rows
from trackmycrime.store.identity.operators import OperatorRow
from trackmycrime.tx import NationalDoor, NationalTx

IDLE, ABSOLUTE, TOUCH_AFTER = timedelta(minutes=15), timedelta(hours=8), timedelta(minutes=1)
INVITE_LIVES = timedelta(hours=72)
_HOUR = 3600
_MOST_FAILURES = 10


class OperatorSession(Struct, frozen=True):
    """A live session of an operator."""

    id: UUID
    actor: Actor
    csrf: str


class NationalDeed(Struct, frozen=True):
    """What an operator did; `who` is empty for the service itself, `subject` a force's slug or an operator's name."""

    at: datetime
    who: str
    what: str
    subject: str


async def invite(tx: NationalTx, email: str, name: str = "") -> str:
    """Enter an operator, and return the token by which they choose a password within 72 hours.

    The token is told once and not kept; whoever has not used theirs is given a new one. Raises Conflict when the
    address belongs to somebody who has registered.
    """
    address = clean_email(email)
    known = await rows.by_email(tx, address)
    if known and known.password_hash:
        raise Conflict(_("An operator with this email address exists already."))
    token = secrets.token_urlsafe(32)
    operator_id = await rows.invite(tx, address, name.strip() or address.partition("@")[0], hashed(token))
    await national_audit.add(tx, "operator.invited", str(operator_id), {})
    return token


async def invited(tx: NationalTx, token: str) -> OperatorRow:
    """Return who may choose a first password; NotFound when the invitation is wrong, used or too old."""
    row = await rows.by_invite(tx, hashed(token))
    if row is None or row.password_hash or not row.active or now() - row.invited_at > INVITE_LIVES:
        raise NotFound(_("This link does not work any more. Ask another operator for a new one."))
    return row


async def register(door: NationalDoor, token: str, password: str, repeated: str) -> tuple[str, str]:
    """Choose the first password, and return the cookie and the form token of the session that begins with it."""
    async with door.open(VISITOR) as tx:
        row = await invited(tx, token)
    passwords.require_good(password, repeated, [row.name, row.email])
    stored = await passwords.hashed(password)
    async with door.open(_actor(row)) as tx:
        await invited(tx, token)
        await rows.set_password(tx, row.id, stored)
        await national_audit.add(tx, "operator.registered", str(row.id), {})
        return await _begin(tx, row)


async def sign_in(door: NationalDoor, email: str, password: str, network: str) -> tuple[str, str]:
    """Return a new session's cookie and form token. Raises WrongSignIn for every failure, Slower after too many."""
    windows = _windows(email.strip().lower(), network)
    async with door.open(VISITOR) as tx:
        counts = await rows.failures(tx, windows)
        row = await rows.by_email(tx, email.strip().lower())
    if any(number >= _MOST_FAILURES for number in counts.values()):
        raise Slower(_("There have been too many tries. Wait a while, then try again."), retry_after=_HOUR)
    if not await passwords.matches(password, row.password_hash if row and row.active else None) or row is None:
        async with door.open(VISITOR) as tx:
            await rows.add_failures(tx, windows)
        raise WrongSignIn
    async with door.open(_actor(row)) as tx:
        await national_audit.add(tx, "operator.signed_in", str(row.id), {})
        return await _begin(tx, row)


def _windows(email: str, network: str) -> Sequence[tuple[bytes, datetime]]:
    moment = now()
    start = datetime.fromtimestamp(int(moment.timestamp()) // _HOUR * _HOUR, moment.tzinfo)
    return [(hashlib.sha256(text.encode()).digest(), start) for text in (f"account {email}", f"network {network}")]


async def _begin(tx: NationalTx, row: OperatorRow) -> tuple[str, str]:
    cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    await rows.add_session(tx, row.id, hashed(cookie), csrf)
    return cookie, csrf


def _actor(row: OperatorRow) -> Actor:
    return Actor(Kind.OPERATOR, row.id, role="operator", name=row.name)


async def find_session(tx: NationalTx, cookie: str | None) -> OperatorSession | None:
    """Return the live session of a cookie, or None."""
    row = await rows.live_session(tx, hashed(cookie), IDLE, ABSOLUTE) if cookie else None
    if row is None:
        return None
    if now() - row.seen_at > TOUCH_AFTER:
        await rows.touch_session(tx, row.id)
    return OperatorSession(row.id, Actor(Kind.OPERATOR, row.operator_id, role="operator", name=row.name), row.csrf)


async def end_session(tx: NationalTx, session: OperatorSession) -> None:
    """Sign an operator out."""
    await rows.end_session(tx, session.id)


async def all_of_them(tx: NationalTx) -> list[OperatorRow]:
    """Return every operator, by name."""
    return await rows.all_of_them(tx)


async def deeds(tx: NationalTx, limit: int) -> list[NationalDeed]:
    """Return the newest rows of the national audit, newest first."""
    names = {str(operator.id): operator.name for operator in await rows.all_of_them(tx)}
    return [
        NationalDeed(deed.at, names.get(str(deed.actor_id), ""), deed.what, names.get(deed.subject, deed.subject))
        for deed in await national_audit.newest(tx, limit)
    ]
