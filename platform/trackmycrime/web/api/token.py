"""The token endpoint: client credentials (RFC 6749, 4.4), decided by Authlib's authorization server."""

from collections.abc import Collection, Mapping
from typing import Any, cast, override
from uuid import UUID

from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6749.util import extract_basic_authorization
from litestar import Response, post
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.identity import clients, proofs, throttle
from trackmycrime.domain.identity.clients import Client
from trackmycrime.domain.identity.throttle import Attempt
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceRef, ForceTx
from trackmycrime.web.api import tokens
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

PATH = "/oauth/token"
LARGEST_FORM = 16 * 1024
BY_SIGNING = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"  # RFC 7523
_BAD_REQUEST, _UNAUTHORISED = 400, 401


class Token(Struct, frozen=True):
    """An access token, good for `expires_in` seconds."""

    access_token: str
    token_type: str
    expires_in: int


class TokenRefusal(Struct, frozen=True):
    """Why there is no token (RFC 6749, 5.2)."""

    error: str
    error_description: str


@post(PATH, opt={"permission": Permission.PUBLIC}, request_max_body_size=LARGEST_FORM)
async def token(request: AnyRequest, visit: NamedDependency[Visit]) -> Response[Token] | Response[TokenRefusal]:
    """Give a client an access token for its id and secret, by HTTP Basic or in the form, or for what it has signed."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    asked = _Asked(form, request.headers.get("authorization", ""))
    attempt = Attempt(f"client {asked.client_id}", visit.network, machine=True)
    taken = await throttle.take(visit.door, attempt)
    async with visit.door.open(VISITOR) as tx:
        client = await _asking(tx, asked)
    status, answer = _Server(visit.site.ref, client).decide(asked)
    if status != _UNAUTHORISED:
        async with visit.door.open(VISITOR) as tx:
            await throttle.take_back(tx, taken)
            if client.key_id and isinstance(answer, Token):
                await clients.entered(tx, client.key_id)
    if isinstance(answer, Token):
        return Response(answer, status_code=status, headers={"Cache-Control": "no-store"})
    return Response(answer, status_code=status, headers=_challenge(status))


async def _asking(tx: ForceTx, asked: "_Asked") -> "_Client":
    """Return the client that asks. What it has signed is looked at here, where it is written down that it was used."""
    found = await clients.find(tx, asked.client_id)
    signed_by = None
    if found is not None and asked.proof and not asked.has_secret:  # two ways at once are none (RFC 6749, 2.3)
        signed_by = await proofs.taken(tx, found, asked.proof, tx.force.origin + PATH)
    return _Client(asked.client_id, found, signed_by)


def _challenge(status: int) -> dict[str, str]:
    return {"WWW-Authenticate": 'Basic realm="TrackMyCrime"'} if status == _UNAUTHORISED else {}


class _Asked(OAuth2Request):
    """A request for a token, as Authlib reads it."""

    def __init__(self, form: dict[str, str], authorization: str) -> None:
        # Authlib wants https. Whether a request came by it is known to the proxy before us; on one machine it does not.
        address = "https://ours/oauth/token"
        super().__init__("POST", address, headers=_readable(authorization))  # pyright: ignore[reportUnknownMemberType]
        self.payload = BasicOAuth2Payload(form)
        self._form, self._authorization = form, authorization

    @property
    @override
    def client_id(self) -> str:
        basic, _secret = extract_basic_authorization(dict(self.headers or {}))
        return basic or self._form.get("client_id", "") or proofs.named(self.proof)

    @property
    def proof(self) -> str:
        """What the client has signed, "" for nothing."""
        signed = self._form.get("client_assertion_type", "") == BY_SIGNING
        return self._form.get("client_assertion", "") if signed else ""

    @property
    def is_signed_otherwise(self) -> bool:
        """Whether the client has signed in a way that we do not know, which is then no proof, nor nothing."""
        return self._form.get("client_assertion_type", BY_SIGNING) != BY_SIGNING

    @property
    def has_secret(self) -> bool:
        """Whether a secret is sent too."""
        return "client_secret" in self._form or "Authorization" in _readable(self._authorization)

    @property
    @override
    def form(self) -> dict[str, str]:
        return self._form


def _readable(authorization: str) -> dict[str, str]:
    headers = {"Authorization": authorization} if authorization else {}
    try:
        extract_basic_authorization(headers)
    except ValueError:  # bytes that are no text
        return {}
    return headers


class _Client(ClientMixin):
    """The client that was asked for. One that is not there is refused as one whose secret is wrong.

    `key_id` is by what it has proven who it is, None before that.
    """

    def __init__(self, client_id: str, found: Client | None, signed_by: UUID | None) -> None:
        self._client_id, self._found, self.key_id = client_id, found, signed_by

    @override
    def get_client_id(self) -> str:
        return self._client_id

    @override
    def get_allowed_scope(self, scope: Collection[str] | str) -> str:
        return ""

    @override
    def check_client_secret(self, client_secret: str) -> bool:
        if self._found is not None and self.key_id is None:
            self.key_id = clients.proven(self._found, client_secret)
        return self.key_id is not None

    @override
    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return True

    @override
    def check_grant_type(self, grant_type: str) -> bool:
        return True


_SIGNED = "private_key_jwt"


class _Grant(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = (_SIGNED, "client_secret_basic", "client_secret_post")


class _Server(AuthorizationServer):
    """Authlib's server for one request: it works without waiting, so everything it asks for was read before."""

    def __init__(self, force: ForceRef, client: _Client) -> None:
        super().__init__()
        self._force, self._client = force, client
        self.register_grant(_Grant)
        self.register_client_auth_method(_SIGNED, self._signed)  # pyright: ignore[reportUnknownMemberType]

    def _signed(self, _query: object, request: _Asked) -> _Client | None:
        return self._client if request.proof and self._client.key_id else None

    def decide(self, asked: _Asked) -> tuple[int, Token | TokenRefusal]:
        """Return the status and the answer."""
        if asked.is_signed_otherwise:
            return _BAD_REQUEST, TokenRefusal("invalid_request", _reason("invalid_request"))
        answer: object = self.create_token_response(asked)  # pyright: ignore[reportUnknownMemberType]
        return cast("tuple[int, Token | TokenRefusal]", answer)

    @override
    def query_client(self, client_id: str) -> _Client:
        return self._client

    @override
    def generate_token(self, *_: object, **__: object) -> dict[str, str | int]:
        if self._client.key_id is None:  # nothing is given to whoever has proven nothing
            raise LookupError
        access_token = tokens.issue(self._force, self._client.get_client_id(), self._client.key_id)
        return {"access_token": access_token, "token_type": "Bearer", "expires_in": int(tokens.LIVES.total_seconds())}

    @override
    def save_token(self, token: object, request: object) -> None:
        """Keep nothing: a token proves itself."""

    @override
    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Tell nobody."""

    @override
    def create_oauth2_request(self, request: _Asked) -> _Asked:
        return request

    @override
    def handle_response(
        self, status: int, body: Mapping[str, Any], headers: object
    ) -> tuple[int, Token | TokenRefusal]:
        if "error" in body:
            return status, TokenRefusal(body["error"], _reason(body["error"]))
        return status, Token(**body)


def _reason(error: str) -> str:
    return {
        "invalid_client": _("This client id, secret or signature does not work here."),
        "unsupported_grant_type": _("Send a form with grant_type=client_credentials."),
    }.get(error, _("We could not read this request for a token."))
