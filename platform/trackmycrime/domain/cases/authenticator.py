"""An authenticator app: a code every 30 seconds from a secret that the telephone keeps (RFC 6238). Each code is good once."""

from datetime import timedelta
from uuid import UUID

from trackmycrime.domain.cases import factors, proof
from trackmycrime.domain.cases.factors import Content, FactorKind
from trackmycrime.domain.identity import app_codes, sessions
from trackmycrime.domain.identity.app_codes import SetUp
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import accounts, challenges
from trackmycrime.store import factors as rows
from trackmycrime.tx import ForceDoor, ForceTx

LIVES = timedelta(minutes=10)
_PURPOSE = "authenticator_new"


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
    # What stands in the app's list, which others may see: it names nobody, no police and no crime.
    return app_codes.shown(_secret(tx, await _live(tx, session)), _("Online account"))


async def _live(tx: ForceTx, session: Session) -> UUID:
    given = await challenges.live(tx, _PURPOSE, session.id.bytes, LIVES)
    if given is None:
        raise NotFound(_("Page not found"))
    return given


def _secret(tx: ForceTx, given: UUID) -> str:
    return app_codes.secret(tx.keys.sign("authenticator", given.bytes))


async def confirm(tx: ForceTx, session: Session, code: str) -> UUID:
    """Set the app up, once it gives the right code, and return what the cookie of a known device is to name from now on.

    That code is used then. Everybody else is signed out, and no other device is known: where the password alone was enough,
    somebody else may have it. Raises Invalid, HasOne, and NotFound as `begun`.
    """
    secret = _secret(tx, await _live(tx, session))
    step = app_codes.step(secret, code)
    if step is None:
        raise Invalid({"code": _("This is not the code that your app shows now. Enter the next one")})
    await challenges.take(tx, _PURPOSE, session.id.bytes, LIVES)
    await factors.add(tx, session, FactorKind.AUTHENTICATOR, Content("", secret.encode()), counter=step)
    await sessions.end_others(tx, session)
    return await accounts.forget_devices(tx, session.actor.id)


async def use(tx: ForceTx, person_id: UUID, code: str) -> bool:
    """Say whether this is a code of somebody's app, and use it up: it is wrong from then on, and so are older ones."""
    row = await rows.of_kind(tx, person_id, FactorKind.AUTHENTICATOR)
    step = app_codes.step(factors.opened(tx, row).secret.decode(), code) if row else None
    return row is not None and step is not None and await rows.move_on(tx, row.id, step)
