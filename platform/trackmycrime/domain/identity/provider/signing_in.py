"""Signing in at the force's own provider: a browser is sent there, and comes back once, in ten minutes, to end what it began.

State, nonce and verifier are made from the force's key and the id of the sign-in, and not stored; the browser is known by a
cookie, of which the hash is. An answer counts only for the set-up, the issuer and the browser with which it began.
"""

import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.provider import leaving, people, setup, tokens
from trackmycrime.domain.identity.provider.people import NotLetIn, Said
from trackmycrime.domain.identity.provider.setup import Setup, Trial
from trackmycrime.domain.identity.provider.tokens import Claims, Untrue
from trackmycrime.domain.identity.sessions import Begun
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.gateways.providers import Failed, Metadata, Providers
from trackmycrime.kit import links
from trackmycrime.kit.actor import VISITOR, Actor, Kind
from trackmycrime.kit.errors import NotFound, Refusal
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store.identity import providers as rows
from trackmycrime.store.identity.providers import PendingRow
from trackmycrime.tx import ForceDoor, ForceTx

LIVES = timedelta(minutes=10)
_LONGEST_COOKIE, _LONGEST_PATH = 64, 500
_STATE = "provider state"
_OF_ADDRESS = ("email", "email_verified")


class Purpose(StrEnum):
    """Why somebody signs in at the provider. The words are stored."""

    SIGN_IN = "sign_in"
    TRIAL = "trial"


class Answer(Struct, frozen=True):
    """What a browser brought back from the provider; "" for what it did not."""

    state: str
    code: str
    issuer: str
    error: str


class OnTheWay(Struct, frozen=True):
    """A browser that is sent to the provider, with a cookie to come back with."""

    cookie: str
    url: str


class Entered(Struct, frozen=True):
    """Somebody who has come in, and the page that they asked for."""

    begun: Begun
    role: StaffRole
    destination: str


class NotProved(Refusal):
    """An answer of a provider that does not hold, whyever. `why` is for the audit."""

    status = 422

    def __init__(self, why: str) -> None:
        super().__init__(_("What came back from your force's sign-in could not be used. Start again."))
        self.why = why


class Stale(NotProved):
    """Not an answer to anything that this browser began a short while ago."""

    def __init__(self) -> None:
        super().__init__("stale")
        self.message = _("This sign-in was begun too long ago, or in another browser. Start again.")


class Down(Refusal):
    """The provider cannot be reached, or answers with nothing that can be used."""

    status = 503

    def __init__(self, why: str) -> None:
        super().__init__(
            _(
                "Your force's sign-in does not answer. Try again in a few minutes. If it goes on, tell your IT service desk."
            )
        )
        self.why = why


async def begin(
    door: ForceDoor, providers: Providers, purpose: Purpose, actor: Actor = VISITOR, destination: str = ""
) -> OnTheWay:
    """Send a browser to the provider. Raises NotFound where there is none, and Down."""
    async with door.open(actor) as tx:
        found = await _setup(tx, purpose)
    if purpose is Purpose.TRIAL:
        providers.forget(found.issuer)
    try:
        metadata = await providers.metadata(found.issuer)
    except Failed as failed:
        raise Down(failed.fault) from failed
    cookie, sign_in_id = secrets.token_urlsafe(32), rows.new_id()
    async with door.open(actor) as tx:
        tried_by = actor.id if purpose is Purpose.TRIAL else None
        bound, began = sessions.hashed(cookie), setup.digest(tx, found)
        await rows.begin(tx, sign_in_id, purpose, bound, began, destination[:_LONGEST_PATH], tried_by)
        url = providers.authorization_url(
            metadata,
            setup.client(tx, found),
            state=links.token(tx.keys, _STATE, sign_in_id),
            nonce=_derived(tx, "provider nonce", sign_in_id),
            verifier=_derived(tx, "provider verifier", sign_in_id),
            level=found.level,
        )
    return OnTheWay(cookie, url)


async def _setup(tx: ForceTx, purpose: Purpose) -> Setup:
    found = await setup.used(tx) if purpose is Purpose.SIGN_IN else (await setup.read(tx)).draft
    if found is None or not found.issuer:
        raise NotFound(_("Page not found"))
    return found


def _derived(tx: ForceTx, purpose: str, sign_in_id: UUID) -> str:
    return urlsafe_b64encode(tx.keys.sign(purpose, sign_in_id.bytes)).decode().rstrip("=")


async def finish(door: ForceDoor, providers: Providers, cookie: str, answer: Answer, actor: Actor) -> Entered | None:
    """End what this browser began: let somebody in, or keep what came of a trial, for which None is returned.

    Raises NotProved (Stale where nothing was begun), NotLetIn and Down; all are audited but Stale, which anybody can bring about.
    """
    pending, found = await _taken(door, cookie, answer.state)
    if pending.purpose == Purpose.TRIAL:
        await _tried(door, providers, pending, found, answer, actor)
        return None
    try:
        claims, id_token = await _claims(door, providers, pending, found, answer)
        return await _entered(door, found, people.said(found, claims), id_token, pending.destination)
    except Failed as failed:
        await _record(door, failed.fault)
        raise Down(failed.fault) from failed
    except Untrue as untrue:
        await _record(door, untrue.why)
        raise NotProved(untrue.why) from untrue
    except NotLetIn as refusal:
        await _record(door, refusal.why)
        raise


async def _taken(door: ForceDoor, cookie: str, state: str) -> tuple[PendingRow, Setup]:
    """Return what this browser began, which nobody can end again, and the set-up with which it began. Raises Stale."""
    sign_in_id = links.opened(door.force.keys, _STATE, state)
    if sign_in_id is None or not 0 < len(cookie) <= _LONGEST_COOKIE:
        raise Stale
    async with door.open(VISITOR) as tx:
        pending = await rows.take(tx, sign_in_id, sessions.hashed(cookie), LIVES)
    if pending is None:
        raise Stale
    async with door.open(VISITOR) as tx:
        try:
            found = await _setup(tx, Purpose(pending.purpose))
        except NotFound:
            raise Stale from None
        if setup.digest(tx, found) != pending.setup:
            raise Stale
    return pending, found


async def _claims(
    door: ForceDoor, providers: Providers, pending: PendingRow, found: Setup, answer: Answer
) -> tuple[Claims, str]:
    """Return what the provider signed, and the token in which it did. Raises Untrue and Failed."""
    metadata = await providers.metadata(found.issuer)
    if (answer.issuer or metadata.says_who_answers) and answer.issuer != found.issuer:
        raise Untrue("issuer of the answer")
    if answer.error or not answer.code:
        raise Untrue("an error")
    async with door.open(VISITOR) as tx:
        client = setup.client(tx, found)
        verifier, nonce = (_derived(tx, f"provider {name}", pending.id) for name in ("verifier", "nonce"))
    given = await providers.exchange(metadata, client, code=answer.code, verifier=verifier)
    claims = await tokens.identity(providers, found, given.id_token, nonce)
    return await _completed(providers, metadata, found, claims, given.access_token), given.id_token


async def _completed(
    providers: Providers, metadata: Metadata, found: Setup, claims: Claims, access_token: str
) -> Claims:
    """Add what the provider tells only when asked: many put groups and addresses there."""
    if not metadata.userinfo_endpoint or {"email", found.groups} <= claims.keys():
        return claims
    told = await providers.userinfo(metadata, access_token)
    if told.get("sub") != claims["sub"]:  # OpenID Connect Core 1.0, 5.3.2
        raise Untrue("somebody else's facts")
    return _together(claims, told, found.groups)


def _together(claims: Claims, told: Claims, groups: str) -> Claims:
    """Put what is signed before what is told. An address, and whether it is confirmed, are believed of one place only."""
    added = {name: told[name] for name in ("name", groups) if name in told}
    signed = {name: value for name, value in claims.items() if name not in _OF_ADDRESS}
    source = claims if "email" in claims else told
    return added | signed | {name: source[name] for name in _OF_ADDRESS if name in source}


async def _entered(door: ForceDoor, found: Setup, said: Said, id_token: str, destination: str) -> Entered:
    async with door.open(VISITOR) as tx:
        who = await people.known(tx, found, said)
        row = await people.arrive(tx, found, said, who)
        tx.acting(Actor(Kind.STAFF, row.id, role=row.role, name=row.name))
        await audit.record(tx, "staff.signed_in", subject_id=row.id, way="provider")
        begun = await sessions.begin(tx, Kind.STAFF, row.id)
        await leaving.remember(tx, found, begun.session.id, said, id_token)
        return Entered(begun, StaffRole(row.role), destination)


async def _tried(
    door: ForceDoor, providers: Providers, pending: PendingRow, found: Setup, answer: Answer, actor: Actor
) -> None:
    """Keep what came of a trial, for the administrator who began it and nobody else. It changes nothing else."""
    if pending.staff_id != actor.id or actor.role != StaffRole.ADMIN:
        raise Stale
    trial = await _trial(door, providers, pending, found, answer)
    async with door.open(actor) as tx:
        await setup.keep_trial(tx, trial)


async def _trial(door: ForceDoor, providers: Providers, pending: PendingRow, found: Setup, answer: Answer) -> Trial:
    async with door.open(VISITOR) as tx:
        revision = (await setup.read(tx)).revision
    try:
        claims, _id_token = await _claims(door, providers, pending, found, answer)
    except (Failed, Untrue) as failed:
        return Trial(revision, now(), str(failed))
    said = people.said(found, claims)
    async with door.open(VISITOR) as tx:
        try:
            failed, role = "", str((await people.known(tx, found, said)).role)
        except NotLetIn as refusal:
            failed, role = refusal.why, ""
    return Trial(
        revision,
        now(),
        failed,
        said.name,
        said.email,
        said.email_confirmed is True,
        people.heard_groups(said.groups),
        said.second_factor,
        role,
    )


async def _record(door: ForceDoor, why: str) -> None:
    async with door.open(VISITOR) as tx:
        await audit.record(tx, "provider.refused", why=why)


async def sweep(tx: ForceTx) -> int:
    """Remove what nobody can end any more."""
    return await rows.sweep(tx, LIVES)
