"""A force's own identity provider over the web: what it says of itself, its keys, and a code exchanged for tokens.

OpenID Connect Core and Discovery 1.0. What is believed of it is decided elsewhere (domain/identity/provider).
"""

import time
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2
import msgspec
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from trackmycrime.gateways.guarded import Failed, Fault, Guarded
from trackmycrime.settings import Settings

__all__ = ["Client", "Failed", "Fault", "Metadata", "Providers", "Tokens"]

_FRESH_FOR = 600.0  # seconds
_DOWN_FOR = 5.0  # seconds for which one that did not answer is not asked again, however many want to come in
_MOST_KNOWN = 500
_OK = 200
_client = cast("Callable[..., Any]", AsyncOAuth2Client)


class Metadata(Struct, frozen=True):
    """What a provider says of itself (OpenID Connect Discovery 1.0, 3); "" where it has no such address."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    authorization_response_iss_parameter_supported: bool = False
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)

    @property
    def says_who_answers(self) -> bool:
        """Whether each answer names its issuer (RFC 9207)."""
        return self.authorization_response_iss_parameter_supported


class Client(Struct, frozen=True):
    """How the service is known to one provider."""

    issuer: str
    id: str
    secret: str
    callback: str


class Tokens(Struct, frozen=True):
    """What a provider gave for a code; nothing of it is believed yet."""

    id_token: str
    access_token: str


class Providers:
    """The providers of all forces; what they say of themselves is remembered for ten minutes. All of it raises Failed."""

    def __init__(self, settings: Settings) -> None:
        self._loopback = settings.local_providers
        self._metadata: dict[str, tuple[float, Metadata]] = {}
        self._keys: dict[str, tuple[float, KeySet]] = {}
        self._down: dict[str, tuple[float, Fault]] = {}

    async def metadata(self, issuer: str) -> Metadata:
        """Return what a provider says of itself. It must call itself exactly `issuer`."""
        at, known = self._metadata.get(issuer, (0.0, None))
        if known is not None and time.monotonic() - at < _FRESH_FOR:
            return known
        at, fault = self._down.get(issuer, (0.0, None))
        if fault is not None and time.monotonic() - at < _DOWN_FOR:
            raise Failed(fault)
        try:
            found = self._read(await self._json(issuer.rstrip("/") + "/.well-known/openid-configuration"), issuer)
        except Failed as failed:
            _remember(self._down, issuer, failed.fault)
            raise
        _remember(self._metadata, issuer, found)
        return found

    def _read(self, told: bytes, issuer: str) -> Metadata:
        try:
            found = msgspec.json.decode(told, type=Metadata)
        except msgspec.MsgspecError:
            raise Failed(Fault.UNUSABLE) from None
        shown = (found.authorization_endpoint, found.end_session_endpoint)
        if found.issuer != issuer or not all(self._may_be_opened(each) for each in shown if each):
            raise Failed(Fault.UNUSABLE)
        return found

    def _may_be_opened(self, address: str) -> bool:
        """Say whether a browser may be sent there."""
        parts = urlsplit(address)
        local = self._loopback and parts.hostname in {"127.0.0.1", "localhost"}
        return bool(parts.hostname) and (parts.scheme == "https" or (local and parts.scheme == "http"))

    async def keys(self, issuer: str, *, fresh_for: float = _FRESH_FOR) -> KeySet:
        """Return the keys that a provider signs with, remembered for so many seconds: a token may name one that is new."""
        at, known = self._keys.get(issuer, (0.0, None))
        if known is not None and time.monotonic() - at < fresh_for:
            return known
        found = _key_set(await self._json((await self.metadata(issuer)).jwks_uri))
        _remember(self._keys, issuer, found)
        return found

    def forget(self, issuer: str) -> None:
        """Ask a provider anew, whoever it is: somebody is setting it up, and changes it meanwhile."""
        for known in (self._metadata, self._keys, self._down):
            known.pop(issuer, None)

    def authorization_url(
        self, metadata: Metadata, client: Client, *, state: str, nonce: str, verifier: str, level: str
    ) -> str:
        """Return where a browser signs in: with a code, PKCE (RFC 7636), state and nonce; `level` is asked for if it is not ""."""
        asked = {"nonce": nonce} | ({"acr_values": level} if level else {})
        url, _state = self._client(metadata, client).create_authorization_url(
            metadata.authorization_endpoint, state=state, code_verifier=verifier, **asked
        )
        return url

    async def exchange(self, metadata: Metadata, client: Client, *, code: str, verifier: str) -> Tokens:
        """Exchange a code for tokens."""
        async with self._client(metadata, client) as asking:
            try:
                found: Any = await asking.fetch_token(metadata.token_endpoint, code=code, code_verifier=verifier)
            except (Failed, httpx2.HTTPError) as failed:
                raise failed if isinstance(failed, Failed) else Failed(Fault.UNREACHABLE) from failed
            except OAuthError as refused:
                raise Failed(Fault.REFUSED) from refused
            except Exception as broken:  # whatever a stranger's answer breaks in the library
                raise Failed(Fault.UNUSABLE) from broken
        try:
            return msgspec.convert(dict(found), Tokens)
        except (msgspec.ValidationError, TypeError, ValueError):
            raise Failed(Fault.UNUSABLE) from None

    def _client(self, metadata: Metadata, client: Client) -> Any:  # noqa: ANN401 - Authlib has no types
        basic = "client_secret_basic" in metadata.token_endpoint_auth_methods_supported
        return _client(
            client.id,
            client.secret,
            scope="openid profile email",
            redirect_uri=client.callback,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
            transport=Guarded(loopback=self._loopback),
            trust_env=False,
        )

    async def userinfo(self, metadata: Metadata, access_token: str) -> dict[str, Any]:
        """Return what a provider tells of whom an access token is about."""
        told = await self._json(metadata.userinfo_endpoint, authorization=f"Bearer {access_token}")
        try:
            return msgspec.json.decode(told, type=dict[str, Any])
        except msgspec.MsgspecError:
            raise Failed(Fault.UNUSABLE) from None

    async def _json(self, address: str, **headers: str) -> bytes:
        async with httpx2.AsyncClient(transport=Guarded(loopback=self._loopback), trust_env=False) as asking:
            try:
                answer = await asking.get(address, headers={"accept": "application/json", **headers})
            except (httpx2.HTTPError, httpx2.InvalidURL) as wrong:
                raise Failed(Fault.UNREACHABLE) from wrong
        if answer.status_code != _OK:
            raise Failed(Fault.UNUSABLE if answer.is_client_error else Fault.UNREACHABLE)
        return answer.content


def _key_set(told: bytes) -> KeySet:
    try:
        return KeySet.import_key_set(msgspec.json.decode(told))
    except (msgspec.MsgspecError, JoseError, KeyError, TypeError, ValueError, AttributeError):
        raise Failed(Fault.UNUSABLE) from None


def _remember[T](known: dict[str, tuple[float, T]], issuer: str, found: T) -> None:
    if len(known) >= _MOST_KNOWN:
        known.clear()
    known[issuer] = time.monotonic(), found
