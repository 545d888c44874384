"""An authenticator app: a code every 30 seconds from a secret that the telephone keeps (RFC 6238). Each code is good once."""

import base64
import hmac
from datetime import timedelta
from uuid import UUID

from msgspec import Struct
from pyotp.totp import TOTP

from trackmycrime.domain.cases import factors, proof
from trackmycrime.domain.cases.factors import Content, FactorKind
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import accounts, challenges
from trackmycrime.store import factors as rows
from trackmycrime.tx import ForceDoor, ForceTx

LIVES = timedelta(minutes=10)
_PURPOSE = "authenticator_new"
_STEP, _AROUND = 30, (-1, 0, 1)
_SECRET_BYTES, _GROUP, _DIGITS = 20, 4, 6


class SetUp(Struct, frozen=True):
    """What an app is given: a link for its camera, and the same key in groups for typing."""

    link: str
    key: str


async def begin(door: ForceDoor, session: Session, password: str, by: Browser) -> None:
    """Begin to set up an app, for whoever knows the password; until a code confirms it nothing changes.

    Raises Invalid and Slower for a wrong password, HasOne when there is an app already.
    """
    async with door.open(session.actor) as tx:
        await factors.require_none(tx, FactorKind.AUTHENTICATOR)
    await proof.prove(door, session, password, by)
    async with door.open(session.actor) as tx:
        await challenges.give(tx, _PURPOSE, session.id.bytes)


async def begun(tx: ForceTx, session: Session) -> SetUp:
    """Return what the app of whoever has just begun is given. Raises NotFound in any other session, or after ten minutes."""
    secret = _secret(tx, await _live(tx, session))
    # What stands in the app's list, which others may see: it names nobody, no police and no crime.
    link = TOTP(secret).provisioning_uri(name=_("Online account"))
    return SetUp(link, " ".join(secret[start : start + _GROUP] for start in range(0, len(secret), _GROUP)))


async def _live(tx: ForceTx, session: Session) -> UUID:
    given = await challenges.live(tx, _PURPOSE, session.id.bytes, LIVES)
    if given is None:
        raise NotFound(_("Page not found"))
    return given


def _secret(tx: ForceTx, given: UUID) -> str:
    return base64.b32encode(tx.keys.sign("authenticator", given.bytes)[:_SECRET_BYTES]).decode()


async def confirm(tx: ForceTx, session: Session, code: str) -> UUID:
    """Set the app up, once it gives the right code, and return what the cookie of a known device is to name from now on.

    That code is used then. Everybody else is signed out, and no other device is known: where the password alone was enough,
    somebody else may have it. Raises Invalid, HasOne, and NotFound as `begun`.
    """
    secret = _secret(tx, await _live(tx, session))
    step = _step(secret, code)
    if step is None:
        raise Invalid({"code": _("This is not the code that your app shows now. Enter the next one")})
    await challenges.take(tx, _PURPOSE, session.id.bytes, LIVES)
    await factors.add(tx, session, FactorKind.AUTHENTICATOR, Content("", secret.encode()), counter=step)
    await sessions.end_others(tx, session)
    return await accounts.forget_devices(tx, session.actor.id)


def looks_like_one(code: str) -> bool:
    """Say whether somebody who typed this meant a code of an app."""
    digits = code.replace(" ", "")
    return len(digits) == _DIGITS and digits.isascii() and digits.isdecimal()


async def use(tx: ForceTx, person_id: UUID, code: str) -> bool:
    """Say whether this is a code of somebody's app, and use it up: it is wrong from then on, and so are older ones."""
    row = await rows.of_kind(tx, person_id, FactorKind.AUTHENTICATOR)
    step = _step(factors.opened(tx, row).secret.decode(), code) if row else None
    return row is not None and step is not None and await rows.move_on(tx, row.id, step)


def _step(secret: str, code: str) -> int | None:
    """Return the step of 30 seconds at which this is the code: this one, the last or the next; None when it is of none."""
    if not looks_like_one(code):
        return None
    this, app, typed = int(now().timestamp()) // _STEP, TOTP(secret), code.replace(" ", "")
    found = [this + off for off in _AROUND if hmac.compare_digest(app.generate_otp(this + off), typed)]
    return found[0] if found else None
