"""The ways in which somebody of the stage signs in beside a password: set up through the domain, as their owner would."""

import json
from dataclasses import dataclass
from uuid import UUID

from pyotp.totp import TOTP

from tests.cast import Victim
from tests.software_passkey import Authenticator
from trackmycrime.domain.cases import authenticator, card, passkeys, registration
from trackmycrime.domain.cases.halfway import Halfway
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.actor import VISITOR, Actor, Kind
from trackmycrime.kit.time import now
from trackmycrime.tx import ForceDoor

BROWSER = Browser("192.0.2.97")
_STEP = 30


@dataclass
class Ways:
    """What somebody holds in their hands."""

    passkey: Authenticator
    codes: tuple[str, ...]
    secret: str = ""

    def code(self, *, ahead: int = 1) -> str:
        """Return what their app will show so many steps from now."""
        return TOTP(self.secret).generate_otp(int(now().timestamp()) // _STEP + ahead)


async def session_of(door: ForceDoor, person_id: UUID) -> Session:
    """Begin a session, and return it as a request finds it."""
    async with door.open(Actor(Kind.VICTIM, person_id, role="victim")) as tx:
        begun = await sessions.begin(tx, Kind.VICTIM, person_id)
    async with door.open(VISITOR) as tx:
        found = await sessions.find(tx, begun.cookie)
    assert found
    return found


async def given(door: ForceDoor, person_id: UUID, password: str, name: str, *, app: bool) -> Ways:
    """Set up a passkey of this name, a card, and an app if there is to be one."""
    session, origin = await session_of(door, person_id), door.force.origin
    passkey = Authenticator(origin, origin.partition("://")[2].partition(":")[0], counts=False)
    await passkeys.begin(door, session, password, BROWSER)
    async with door.open(session.actor) as tx:
        options = json.loads(await passkeys.begun(tx, session))
    await passkeys.confirm(door, session, passkey.create(options), name)
    found = Ways(passkey, await card.make(door, session, password, BROWSER))
    if app:
        await authenticator.begin(door, session, password, BROWSER)
        async with door.open(session.actor) as tx:
            found.secret = (await authenticator.begun(tx, session)).key.replace(" ", "")
            await authenticator.confirm(tx, session, found.code(ahead=-1))
    return found


async def half_way(door: ForceDoor, victim: Victim) -> str:
    """Give the right password of somebody who has an app, in a browser that nobody knows, and return its cookie."""
    signed = await registration.sign_in(door, victim.facts, victim.password, BROWSER)
    assert isinstance(signed, Halfway)
    return signed.cookie


async def leave_open(door: ForceDoor, victim: Victim) -> None:
    """Leave something begun and not finished: a browser that is half way in, and one that was asked for a passkey."""
    await half_way(door, victim)
    async with door.open(VISITOR) as tx:
        await passkeys.ask(tx)
