"""Asking somebody who is signed in for their password again, before something that must be theirs alone."""

from trackmycrime.domain.identity import passwords, throttle
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.identity.throttle import Attempt, Browser
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.store import people as rows
from trackmycrime.tx import ForceDoor


async def prove(door: ForceDoor, session: Session, password: str, by: Browser, *, field: str = "password") -> None:
    """Raise Invalid, at the form's `field`, unless this is the password of whoever is signed in; Slower after too many wrong.

    Somebody else may sit at a session that was left open: wrong ones count against this session, and keep nobody out elsewhere.
    """
    if not password:
        raise Invalid({field: _("Enter your password")})
    async with door.open(VISITOR) as tx:
        stored = await rows.account(tx, session.actor.id)
    async with throttle.trying(door, Attempt("password", by.network, device=session.id)) as taken:
        right = await passwords.matches(password[: passwords.LONGEST + 1], stored.password_hash if stored else None)
    if not right:
        raise Invalid({field: _("This is not your password")})
    async with door.open(VISITOR) as tx:
        await throttle.take_back(tx, taken)
