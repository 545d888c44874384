"""The token endpoint: client credentials (RFC 6749, 4.4), decided by Authlib's authorization server."""

from collections.abc import Collection, Mapping
from typing import Any, cast, override

from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6749.util import extract_basic_authorization
from litestar import Response, post
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.identity import clients, throttle
from trackmycrime.domain.identity.clients import ClientRow
from trackmycrime.domain.identity.throttle import Attempt
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceRef
from trackmycrime.web.api import tokens
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

LARGEST_FORM = 16 * 1024
_UNAUTHORISED = 401


class Token(Struct, frozen=True):
    """An access token, good for `expires_in` seconds."""

    access_token: str
    token_type: str
    expires_in: int


class TokenRefusal(Struct, frozen=True):
    """Why there is no token (RFC 6749, 5.2)."""

    error: str
    error_description: str


@post("/oauth/token", opt={"permission": Permission.PUBLIC}, request_max_body_size=LARGEST_FORM)
async def token(request: AnyRequest, visit: NamedDependency[Visit]) -> Response[Token] | Response[TokenRefusal]:
    """Give a client an access token for its id and secret, sent as HTTP Basic or in the form."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    asked = _Asked(form, request.headers.get("authorization", ""))
    attempt = Attempt(f"client {asked.client_id}", visit.network, machine=True)
    taken = await throttle.take(visit.door, attempt)
    async with visit.door.open(VISITOR) as tx:
        found = await clients.find(tx, asked.client_id)
    status, answer = _Server(visit.site.ref, _Client(asked.client_id, found)).decide(asked)
    if status != _UNAUTHORISED:
        async with visit.door.open(VISITOR) as tx:
            await throttle.take_back(tx, taken)
    if isinstance(answer, Token):
        return Response(answer, status_code=status, headers={"Cache-Control": "no-store"})
    return Response(answer, status_code=status, headers=_challenge(status))


def _challenge(status: int) -> dict[str, str]:
    return {"WWW-Authenticate": 'Basic realm="TrackMyCrime"'} if status == _UNAUTHORISED else {}


class _Asked(OAuth2Request):
    """A request for a token, as Authlib reads it."""

    def __init__(self, form: dict[str, str], authorization: str) -> None:
        # Authlib wants https. Whether a request came by it is known to the proxy before us; on one machine it does not.
        address = "https://ours/oauth/token"
        super().__init__("POST", address, headers=_readable(authorization))  # pyright: ignore[reportUnknownMemberType]
        self.payload = BasicOAuth2Payload(form)
        self._form = form

    @property
    @override
    def client_id(self) -> str:
        basic, _secret = extract_basic_authorization(dict(self.headers or {}))
        return basic or self._form.get("client_id", "")

    @property
    @override
    def form(self) -> dict[str, str]:
        return self._form


def _readable(authorization: str) -> dict[str, str]:
    headers = {"Authorization": authorization}
    try:
        extract_basic_authorization(headers)
    except ValueError:  # bytes that are no text
        return {}
    return headers


class _Client(ClientMixin):
    """The client that was asked for. One that is not there is refused as one whose secret is wrong."""

    def __init__(self, client_id: str, row: ClientRow | None) -> None:
        self._client_id, self._row = client_id, row

    @override
    def get_client_id(self) -> str:
        return self._client_id

    @override
    def get_allowed_scope(self, scope: Collection[str] | str) -> str:
        return ""

    @override
    def check_client_secret(self, client_secret: str) -> bool:
        return self._row is not None and clients.proves(self._row, client_secret)

    @override
    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return True

    @override
    def check_grant_type(self, grant_type: str) -> bool:
        return True


class _Grant(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")


class _Server(AuthorizationServer):
    """Authlib's server for one request: it works without waiting, so everything it asks for was read before."""

    def __init__(self, force: ForceRef, client: _Client) -> None:
        super().__init__()
        self._force, self._client = force, client
        self.register_grant(_Grant)

    def decide(self, asked: _Asked) -> tuple[int, Token | TokenRefusal]:
        """Return the status and the answer."""
        answer: object = self.create_token_response(asked)  # pyright: ignore[reportUnknownMemberType]
        return cast("tuple[int, Token | TokenRefusal]", answer)

    @override
    def query_client(self, client_id: str) -> _Client:
        return self._client

    @override
    def generate_token(self, *_: object, **__: object) -> dict[str, str | int]:
        access_token = tokens.issue(self._force, self._client.get_client_id())
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
        "invalid_client": _("This client id or secret does not work here."),
        "unsupported_grant_type": _("Send a form with grant_type=client_credentials."),
    }.get(error, _("We could not read this request for a token."))
