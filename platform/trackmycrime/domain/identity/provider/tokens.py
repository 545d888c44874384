"""What a provider signed, and whether it holds: who signed it, for whom, about which sign-in, and when (OpenID Connect Core 1.0, 3.1.3.7)."""

import hmac
import time
from collections.abc import Awaitable, Callable
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from trackmycrime.domain.identity.provider.setup import Setup
from trackmycrime.gateways.providers import Providers

# Never what the provider or the token names: HS256 would take a public key for a secret, and "none" is no signature.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
_SKEW = 60  # seconds
_LOGOUT_LIVES = 120  # seconds
_NEW_KEYS_AFTER = 60.0  # seconds: anybody may send us a logout token, and cannot make us ask all the time
_LONGEST_TOKEN, _LONGEST_SUBJECT = 50_000, 255

type Claims = dict[str, Any]


class Untrue(Exception):
    """A token that proves nothing; `why` is for the audit."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def identity(providers: Providers, setup: Setup, token: str, nonce: str) -> Claims:
    """Return what an ID token says, after making sure of it. Raises Untrue, and Failed where the keys cannot be had."""
    claims = await _signed(providers, setup, token, new_keys_after=0)
    _require(_is_text(claims.get("sub")), "subject")
    _require(_is_number(claims.get("exp")) and claims["exp"] > time.time() - _SKEW, "expired")
    said = claims.get("nonce")
    _require(isinstance(said, str) and hmac.compare_digest(said.encode(), nonce.encode()), "nonce")
    return claims


async def logout(providers: Providers, setup: Setup, token: str) -> Claims:
    """Return what a logout token says, after making sure of it (OpenID Connect Back-Channel Logout 1.0, 2.6).

    It is heard for two minutes. Raises Untrue and Failed.
    """
    claims = await _signed(providers, setup, token, new_keys_after=_NEW_KEYS_AFTER)
    events = claims.get("events")
    _require(isinstance(events, dict) and isinstance(events.get(LOGOUT), dict), "event")  # pyright: ignore[reportUnknownMemberType]
    _require("nonce" not in claims, "nonce")
    _require(claims["iat"] > time.time() - _LOGOUT_LIVES - _SKEW, "expired")
    _require("exp" not in claims or (_is_number(claims["exp"]) and claims["exp"] > time.time() - _SKEW), "expired")
    _require(_is_text(claims.get("sub")) or _is_text(claims.get("sid")), "subject")
    return claims


async def _signed(providers: Providers, setup: Setup, token: str, *, new_keys_after: float) -> Claims:
    """Return the claims of a token that this provider signed for us, not long ago."""
    _require(0 < len(token) <= _LONGEST_TOKEN, "size")
    claims = await _decoded(
        token,
        lambda: providers.keys(setup.issuer),
        lambda: providers.keys(setup.issuer, fresh_for=new_keys_after),
    )
    _require(claims.get("iss") == setup.issuer, "issuer")
    _require(claims.get("aud") in (setup.client_id, [setup.client_id]), "audience")
    _require(claims.get("azp", setup.client_id) == setup.client_id, "audience")
    _require(_is_number(claims.get("iat")) and claims["iat"] < time.time() + _SKEW, "from the future")
    _require(
        "nbf" not in claims or (_is_number(claims["nbf"]) and claims["nbf"] < time.time() + _SKEW), "from the future"
    )
    return claims


type _Keys = Callable[[], Awaitable[KeySet]]


async def _decoded(token: str, keys: _Keys, newer_keys: _Keys) -> Claims:
    try:
        try:
            return jwt.decode(token, await keys(), algorithms=ALGORITHMS).claims
        except InvalidKeyIdError:  # it has new keys, perhaps: once more
            return jwt.decode(token, await newer_keys(), algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, TypeError, KeyError) as wrong:
        raise Untrue("signature") from wrong


def _require(holds: bool, why: str) -> None:
    if not holds:
        raise Untrue(why)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_SUBJECT
