"""Sessions of our own: a row for each browser, only the hash of its cookie stored, a new one at every sign-in."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.actor import VISITOR, Actor, Kind
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store.cases.rows import SeenRow
from trackmycrime.store.identity import members
from trackmycrime.store.identity import sessions as rows
from trackmycrime.store.identity.sessions import EndedRow, Lifetimes, ListedRow, SessionRow
from trackmycrime.tx import ForceTx

LIVES = Lifetimes(
    staff_idle=timedelta(minutes=30),
    victim_idle=timedelta(minutes=15),
    staff=timedelta(hours=12),
    victim=timedelta(hours=2),
    shared_idle=timedelta(minutes=5),
)
_TOUCH_AFTER = timedelta(minutes=1)
_LONGEST_COOKIE = 64


class BrowserKind(StrEnum):
    """What sort of browser it is: all that is kept of one. The words are stored."""

    CHROME = "chrome"
    EDGE = "edge"
    FIREFOX = "firefox"
    SAFARI = "safari"
    OTHER = "other"


Listed = ListedRow


class Session(Struct, frozen=True):
    """A live session: who it is, the token its forms carry, and the case that a victim looks at.

    On a `shared` device others can come to it too.
    """

    id: UUID
    actor: Actor
    csrf: str
    followed: SeenRow | None = None
    shared: bool = False


class Begun(Struct, frozen=True):
    """A session that was just begun; the cookie is told once and not kept."""

    cookie: str
    session: Session


def hashed(cookie: str) -> bytes:
    """Return what is stored of a cookie: its SHA-256. It is random, so nothing slower is needed."""
    return hashlib.sha256(cookie.encode()).digest()


async def find(tx: ForceTx, cookie: str | None, *, used: bool = True) -> Session | None:
    """Return the live session of a cookie of this force, or None. Being `used` keeps it alive."""
    if not cookie or len(cookie) > _LONGEST_COOKIE:
        return None
    row = await rows.live(tx, hashed(cookie), LIVES, configuration(tx).retention.access_months)
    if row is None:
        return None
    if used and now() - row.seen_at > _TOUCH_AFTER:
        await rows.touch(tx, row.id)
    return Session(row.id, _actor(row), row.csrf, row.followed, row.shared)


async def alive(tx: ForceTx, session_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these victims' sessions still live, without keeping them alive."""
    return await rows.alive(tx, session_ids, LIVES)


async def ended(tx: ForceTx, cookie: str) -> EndedRow | None:
    """Return whose session a cookie was, while it is remembered: it opens nothing any more."""
    return await rows.ended(tx, hashed(cookie)) if 0 < len(cookie) <= _LONGEST_COOKIE else None


async def had(tx: ForceTx, csrf: str) -> bool:
    """Say whether the person who acts had an earlier session with this token."""
    return bool(csrf) and await rows.had(tx, tx.actor.id, csrf)


def _actor(row: SessionRow) -> Actor:
    return Actor(Kind(row.kind), row.subject_id, role=row.role or row.kind, name=row.name)


async def begin(
    tx: ForceTx,
    kind: Kind,
    subject_id: UUID,
    *,
    shared: bool = False,
    browser: BrowserKind = BrowserKind.OTHER,
) -> Begun:
    """Begin a session for somebody who has just proved who they are."""
    cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    session_id = await rows.add(tx, hashed(cookie), kind, subject_id, csrf, shared=shared, browser=browser)
    if kind is Kind.STAFF:
        await members.signed_in(tx, subject_id)
    return Begun(cookie, Session(session_id, Actor(kind, subject_id, role=kind), csrf, shared=shared))


async def begin_proven(
    tx: ForceTx, person_id: UUID, password_hash: str, *, shared: bool, browser: BrowserKind
) -> Begun | None:
    """Begin a victim's session for a password that was just proved; None when it, or their account, was changed meanwhile."""
    cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    kind = Kind.VICTIM
    proven = (hashed(cookie), kind, person_id, csrf, password_hash)
    session_id = await rows.add_proven(tx, *proven, shared=shared, browser=browser)
    if session_id is None:
        return None
    return Begun(cookie, Session(session_id, Actor(kind, person_id, role=kind), csrf, shared=shared))


def idle(session: Session) -> timedelta:
    """Return how long a victim's session waits for them before it ends."""
    return LIVES.shared_idle if session.shared else LIVES.victim_idle


async def own(tx: ForceTx) -> list[Listed]:
    """Return where the signed-in victim is signed in, the last used first."""
    return await rows.listed(tx, tx.actor.id, LIVES)


async def end_own(tx: ForceTx, session_id: UUID) -> None:
    """Sign the signed-in victim out of one of their browsers. Raises NotFound when it is not theirs, or gone."""
    if not await rows.end_own(tx, session_id, tx.actor.id):
        raise NotFound(_("Page not found"))
    await audit.record(tx, "session.ended", subject_id=session_id)


async def end_others(tx: ForceTx, session: Session) -> int:
    """Sign the signed-in victim out of every browser but this one, and return of how many."""
    ended = await rows.end_others(tx, session.actor.id, session.id)
    await audit.record(tx, "sessions.ended", subject_id=session.actor.id, number=ended)
    return ended


async def choose_case(tx: ForceTx, session: Session, case_id: UUID) -> None:
    """Remember which of their cases the person looks at. The caller has made sure that it is theirs."""
    await rows.choose(tx, session.id, case_id)


async def end(tx: ForceTx, session: Session) -> None:
    """Sign this browser out."""
    await rows.end(tx, session.id)


async def end_all(tx: ForceTx, subject_id: UUID) -> int:
    """Sign somebody out everywhere, and return of how many browsers."""
    return await rows.end_all(tx, subject_id)


async def sweep(tx: ForceTx) -> int:
    """Remove what no longer lives."""
    return await rows.sweep(tx, LIVES.staff)


def actor(session: Session | None) -> Actor:
    """Return who acts in a session; without one, a visitor."""
    return session.actor if session else VISITOR
