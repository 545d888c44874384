"""Signing out of both: who signs out here is sent to sign out at the provider, and who signs out there is signed out here."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from trackmycrime.domain import audit
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.provider import people, setup, tokens
from trackmycrime.domain.identity.provider.people import Said
from trackmycrime.domain.identity.provider.setup import Setup
from trackmycrime.domain.identity.provider.tokens import Untrue
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.gateways.providers import Failed, Providers
from trackmycrime.kit.actor import VISITOR, service
from trackmycrime.kit.errors import NotFound, Refusal
from trackmycrime.kit.words import _
from trackmycrime.store.identity import providers as rows
from trackmycrime.tx import ForceDoor, ForceTx

_SKEW = timedelta(seconds=60)


class NotHeard(Refusal):
    """A logout token that proves nothing (OpenID Connect Back-Channel Logout 1.0, 2.8)."""

    def __init__(self) -> None:
        super().__init__(_("This could not be used."))


def place(row_id: UUID) -> bytes:
    """Return the place that an ID token is sealed for."""
    return b"provider_session.id_token " + row_id.bytes


async def remember(tx: ForceTx, found: Setup, session_id: UUID, said: Said, id_token: str) -> None:
    """Remember with which session of the provider one of ours began."""
    row_id = rows.new_id()
    sealed = tx.keys.own().seal(id_token.encode(), place(row_id))
    sid = _sid(tx, found, said.sid) if said.sid else None
    await rows.add_session(tx, row_id, session_id, people.subject(tx, found, said.subject), sid, sealed)


def _sid(tx: ForceTx, found: Setup, sid: str) -> bytes:
    return tx.keys.sign("provider sid", f"{found.issuer}\0{sid}".encode())


async def sign_out(door: ForceDoor, providers: Providers, session: Session) -> str:
    """Sign a browser out, and return where to sign out at the provider; "" where there is nothing to sign out of.

    The session here has ended before the provider is asked for anything.
    """
    async with door.open(session.actor) as tx:
        begun, found = await rows.of_session(tx, session.id), await setup.used(tx)
        await sessions.end(tx, session)
        if begun is None or found is None:
            return ""
        token = tx.keys.own().open(begun.id_token, place(begun.id)).decode()
    try:
        address = (await providers.metadata(found.issuer)).end_session_endpoint
    except Failed:
        return ""
    back = door.force.origin + setup.SIGN_IN
    asked = {"id_token_hint": token, "client_id": found.client_id, "post_logout_redirect_uri": back}
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}" if address else ""


async def signed_out(door: ForceDoor, providers: Providers, token: str) -> int:
    """End the sessions of whom the provider says that they signed out there, and return how many.

    Only those that had begun by then: the same token, heard again, ends no later one. Raises NotFound without a provider, and
    NotHeard.
    """
    async with door.open(VISITOR) as tx:
        found = await setup.used(tx)
    if found is None:
        raise NotFound(_("Page not found"))
    try:
        claims = await tokens.logout(providers, found, token)
    except (Untrue, Failed):
        raise NotHeard from None
    async with door.open(service("provider")) as tx:
        subject = people.subject(tx, found, claims["sub"]) if "sub" in claims else None
        sid = _sid(tx, found, str(claims["sid"])) if "sid" in claims else None
        before = datetime.fromtimestamp(claims["iat"], UTC) + _SKEW
        ended = await rows.end(tx, subject, sid, before)
        await audit.record(tx, "provider.signed_out", number=ended)
        return ended
