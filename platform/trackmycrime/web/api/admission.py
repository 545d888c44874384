"""Who gets in to the API: a record system of this very force, by its access token."""

from typing import ClassVar

from litestar import Response

from trackmycrime.domain.identity import clients
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _
from trackmycrime.web.api import tokens
from trackmycrime.web.common import problems
from trackmycrime.web.common.permissions import Permission, may
from trackmycrime.web.common.visit import AnyRequest, visit_of


class NoToken(Refusal):
    """The request says nothing about who sends it."""

    status = 401
    challenge: ClassVar[str] = "Bearer"


class WrongToken(NoToken):
    """A token of another force, of a client that was disabled, too old, or no token at all: one answer (RFC 6750)."""

    challenge = 'Bearer error="invalid_token"'


class NotAllowed(Refusal):
    """Its force does not let this record system do that."""

    status = 403


async def admit(request: AnyRequest) -> None:
    """Let a record system in: from here on the request's transaction is its own."""
    if request.method == "OPTIONS":
        return
    permission = Permission(request.route_handler.opt["permission"])
    if permission is Permission.PUBLIC:
        return
    visit = visit_of(request)
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NoToken(_("Get an access token first, and send it as Authorization: Bearer."))
    bearer = tokens.bearer(visit.site.ref, token.strip())
    tx = visit.force_tx()
    acting = await clients.acting(tx, *bearer) if bearer else None
    if acting is None or not may(acting.actor.role, permission):
        raise WrongToken(_("This access token does not work here. Get a new one."))
    if permission not in {f"machine:{each}" for each in acting.may}:
        raise NotAllowed(_("Your connection may not do this. An administrator of the force can allow it."))
    visit.tx = tx.acting(acting.actor)


def show_challenge(_request: AnyRequest, refusal: NoToken) -> Response[bytes]:
    """Tell how to get in."""
    return problems.problem(refusal.status, refusal.message, headers={"WWW-Authenticate": refusal.challenge})
