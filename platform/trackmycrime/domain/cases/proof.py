"""Asking somebody who is signed in for their password again, before something that must be theirs alone."""

from uuid import UUID

from trackmycrime.domain.identity import passwords, throttle
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.store import people as rows
from trackmycrime.tx import ForceDoor


async def prove(door: ForceDoor, person_id: UUID, password: str, by: Browser) -> None:
    """Raise Invalid unless this is the person's password, and Slower after too many that were not."""
    if not password:
        raise Invalid({"password": _("Enter your password")})
    async with door.open(VISITOR) as tx:
        stored = await rows.account(tx, person_id)
    async with throttle.trying(door, by.attempt(f"again {person_id}", person_id)) as taken:
        right = await passwords.matches(password[: passwords.LONGEST + 1], stored.password_hash if stored else None)
    if not right:
        raise Invalid({"password": _("This is not your password")})
    async with door.open(VISITOR) as tx:
        await throttle.take_back(tx, taken)
