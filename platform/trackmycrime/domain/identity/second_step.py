"""The second step of staff who sign in here: set up the first time, and taken every time after the password.

It is a code of an authenticator app, or a passkey (staff_passkeys). Until it is taken the browser is half way in, and opens
nothing.
"""

import hmac
import secrets
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.identity import app_codes, sessions, throttle
from trackmycrime.domain.identity.app_codes import SetUp
from trackmycrime.domain.identity.sessions import Begun
from trackmycrime.domain.identity.throttle import Attempt, Browser
from trackmycrime.kit.actor import VISITOR, Actor, Kind
from trackmycrime.kit.errors import Conflict, Invalid, NotFound, Refusal
from trackmycrime.kit.words import _
from trackmycrime.store import challenges
from trackmycrime.store.identity import staff as staff_rows
from trackmycrime.store.identity import steps as rows
from trackmycrime.store.identity.staff import StaffRow
from trackmycrime.store.identity.steps import HalfwayRow, StepRow
from trackmycrime.tx import ForceDoor, ForceTx

LIVES = timedelta(minutes=10)
APP_NEW, PASSKEY_NEW = "authenticator_new", "passkey_new"
_TRIES, _LONGEST_COOKIE = 5, 64


class StepKind(StrEnum):
    """What a second step is taken with. The words are stored."""

    PASSKEY = "passkey"
    AUTHENTICATOR = "authenticator"


class Content(Struct, frozen=True):
    """What is sealed: the secret of an app, or the public key and the id of a passkey."""

    secret: bytes
    credential: bytes = b""


class Halfway(Struct, frozen=True):
    """A browser that is half way in. The cookie is told once, and is no session."""

    cookie: str


class Gone(NotFound):
    """A browser is not half way in, or not any more: it has to begin again."""

    def __init__(self) -> None:
        super().__init__(_("Start again: enter your email address and your password."))


class Elsewhere(Refusal):
    """The force's people sign in with its own provider, and no password of ours works."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Your force signs in with its own accounts. Go to the sign-in page for staff."))


class Asked(Struct, frozen=True):
    """What somebody who is half way in can take the second step with; nothing: they have to set one up."""

    app: bool
    passkey: bool

    @property
    def nothing(self) -> bool:
        """Whether there is nothing yet."""
        return not (self.app or self.passkey)


def place(row_id: UUID) -> bytes:
    """Return the place that the content of a second step is sealed for."""
    return b"staff_factor.content " + row_id.bytes


def opened(tx: ForceTx, row: StepRow) -> Content:
    """Return what is sealed of a second step."""
    return msgspec.json.decode(tx.keys.own().open(row.content, place(row.id)), type=Content)


def encoded(content: Content) -> bytes:
    """Return what is sealed."""
    return msgspec.json.encode(content)


def acting(row: StaffRow) -> Actor:
    """Return a member of staff as an actor."""
    return Actor(Kind.STAFF, row.id, role=row.role, name=row.name)


async def begin(tx: ForceTx, row: StaffRow) -> Halfway:
    """Note that this browser has just given somebody's right password, and return what it is to come back with."""
    cookie = secrets.token_urlsafe(32)
    hashed = sessions.hashed(cookie)
    await rows.begin(tx, row.id, hashed, _proof(tx, row), tries=_TRIES)
    if not await rows.of_staff(tx, row.id):
        for purpose in (APP_NEW, PASSKEY_NEW):
            await challenges.give(tx, purpose, hashed)
    await audit.record(tx, "staff.half_way", subject_id=row.id)
    return Halfway(cookie)


def _proof(tx: ForceTx, row: StaffRow) -> bytes:
    return tx.keys.sign("staff half way", (row.password_hash or "").encode())


async def who(tx: ForceTx, cookie: str) -> StaffRow:
    """Return who is half way in with this cookie. Raises Gone."""
    return await _still(tx, await rows.halfway(tx, _hashed(cookie), LIVES))


async def _still(tx: ForceTx, half: HalfwayRow | None) -> StaffRow:
    row = await staff_rows.by_id(tx, half.staff_id) if half else None
    if half is None or row is None or not (row.active and row.role and row.password_hash):
        raise Gone
    if not hmac.compare_digest(half.proof, _proof(tx, row)):
        raise Gone
    return row


def _hashed(cookie: str) -> bytes:
    return sessions.hashed(cookie[:_LONGEST_COOKIE])


async def asked(tx: ForceTx, cookie: str) -> Asked:
    """Return what somebody who is half way in can take the second step with. Raises Gone."""
    kinds = {row.kind for row in await rows.of_staff(tx, (await who(tx, cookie)).id)}
    return Asked(StepKind.AUTHENTICATOR in kinds, StepKind.PASSKEY in kinds)


async def finish(door: ForceDoor, cookie: str, code: str, by: Browser) -> tuple[Begun, StaffRow]:
    """Take the second step with a code of the app.

    Each try is counted before it is looked at: after five the browser begins again, and over browsers they are counted too.
    Raises Gone, Invalid and Slower.
    """
    if not code.strip():
        raise Invalid({"code": _("Enter the code")})
    async with door.open(VISITOR) as tx:
        half = await rows.take_try(tx, _hashed(cookie), LIVES)
        row = await _still(tx, half)
    taken = await throttle.take(door, Attempt(f"staff code {row.id}", by.network, worked=by.worked))
    async with door.open(acting(row)) as tx:
        if half is not None and await _use(tx, row.id, code):
            await throttle.take_back(tx, taken)
            return await _end(tx, half, row, StepKind.AUTHENTICATOR), row
    if half is None or half.tries_left <= 0:
        raise Gone
    raise Invalid({"code": _("This code does not work. Enter the newest code of your app")})


async def _use(tx: ForceTx, staff_id: UUID, code: str) -> bool:
    """Say whether this is a code of somebody's app, and use it up: it is wrong from then on, and so are older ones."""
    own = [row for row in await rows.of_staff(tx, staff_id) if row.kind == StepKind.AUTHENTICATOR]
    step = app_codes.step(opened(tx, own[0]).secret.decode(), code) if own else None
    return step is not None and await rows.move_on(tx, own[0].id, step)


async def _end(tx: ForceTx, half: HalfwayRow, row: StaffRow, way: str) -> Begun:
    if not await rows.end(tx, half.id):
        raise Gone
    return await entered(tx, row, way)


async def entered(tx: ForceTx, row: StaffRow, way: str) -> Begun:
    """Begin the session of somebody who has proved who they are."""
    await audit.record(tx, "staff.signed_in", subject_id=row.id, way=way)
    return await sessions.begin(tx, Kind.STAFF, row.id)


async def set_up(tx: ForceTx, cookie: str) -> SetUp:
    """Return what the app is given of somebody who has nothing yet. Raises Gone."""
    await who(tx, cookie)
    return app_codes.shown(_secret(tx, await given(tx, cookie, APP_NEW)), tx.force.slug)


async def given(tx: ForceTx, cookie: str, purpose: str) -> UUID:
    """Return what was given to a browser that is half way in, to set something up. Raises Gone."""
    found = await challenges.live(tx, purpose, _hashed(cookie), LIVES)
    if found is None:
        raise Gone
    return found


def _secret(tx: ForceTx, given_id: UUID) -> str:
    return app_codes.secret(tx.keys.sign("staff authenticator", given_id.bytes))


async def confirm(door: ForceDoor, cookie: str, code: str) -> tuple[Begun, StaffRow]:
    """Set the app up once it gives the right code, which is used then, and come in. Raises Gone and Invalid."""
    async with door.open(VISITOR) as tx:
        secret = _secret(tx, await given(tx, cookie, APP_NEW))
    step = app_codes.step(secret, code)
    if step is None:
        raise Invalid({"code": _("This is not the code that your app shows now. Enter the next one")})
    return await keep(door, cookie, StepKind.AUTHENTICATOR, Content(secret.encode()), counter=step)


async def keep(
    door: ForceDoor, cookie: str, kind: StepKind, content: Content, *, counter: int, handle: bytes | None = None
) -> tuple[Begun, StaffRow]:
    """Keep what somebody who had nothing has set up, and let them in. Raises Gone."""
    async with door.open(VISITOR) as tx:
        half = await rows.take_try(tx, _hashed(cookie), LIVES)
        row = await _still(tx, half)
        tx.acting(acting(row))
        row_id = rows.new_id()
        sealed = tx.keys.own().seal(encoded(content), place(row_id))
        if half is None or await rows.of_staff(tx, row.id):
            raise Gone
        if not await rows.add(tx, StepRow(row_id, row.id, kind, sealed, counter), handle):
            raise Gone
        await audit.record(tx, "staff.factor_added", subject_id=row.id, kind=kind)
        return await _end(tx, half, row, kind), row


class Own(Conflict):
    """Nobody removes their own second step: whoever sits at their desk could."""

    def __init__(self) -> None:
        super().__init__(_("Ask another administrator: nobody can do this for themselves."))


async def reset(tx: ForceTx, email: str) -> UUID:
    """Remove the second step of somebody who has lost it, and sign them out everywhere; they set up a new one.

    Raises Invalid where nobody here has this address, and Own.
    """
    row = await staff_rows.by_email(tx, email.strip().lower())
    if row is None or not row.role:
        raise Invalid({"email": _("Nobody who works here has this email address. Check it")})
    if row.id == tx.actor.id:
        raise Own
    removed = await rows.remove(tx, row.id)
    await sessions.end_all(tx, row.id)
    await audit.record(tx, "staff.factors_removed", subject_id=row.id, number=removed)
    return row.id


async def waive(tx: ForceTx, staff_id: UUID) -> None:
    """Ask somebody of the demonstration for no second step. Production never hears of it."""
    await rows.waive(tx, staff_id)
    await audit.record(tx, "staff.factor_waived", subject_id=staff_id)


async def is_waived(tx: ForceTx, row: StaffRow) -> bool:
    """Say whether somebody is of the demonstration."""
    return await rows.is_waived(tx, row.id)


async def sweep(tx: ForceTx) -> int:
    """Remove what nobody can finish any more."""
    return await rows.sweep(tx, LIVES)
