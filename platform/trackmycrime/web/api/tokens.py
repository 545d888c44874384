"""Access tokens of record systems: signed by the force's own key, good for ten minutes, on this force's site alone."""

import secrets
from datetime import timedelta
from typing import cast
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from trackmycrime.kit.time import now
from trackmycrime.tx import ForceRef

LIVES = timedelta(minutes=10)
_TYPE = "at+jwt"  # RFC 9068: nothing else that we sign is ever taken for an access token
_ALGORITHMS = ["HS256"]


def issue(force: ForceRef, client_id: str, key_id: UUID) -> str:
    """Return a new access token of a client, which came by this key: it ends with it."""
    moment = now()
    claims = {
        "iss": force.origin,
        "aud": force.origin,
        "sub": client_id,
        "client_id": client_id,
        "key": str(key_id),
        "iat": int(moment.timestamp()),
        "exp": int((moment + LIVES).timestamp()),
        "jti": secrets.token_urlsafe(16),
    }
    return jwt.encode({"alg": "HS256", "typ": _TYPE}, claims, _key(force), _ALGORITHMS)


def bearer(force: ForceRef, token: str) -> tuple[str, UUID] | None:
    """Return whose access token this is and by which key it came; None when this force did not sign it or its time has passed."""
    expected = jwt.JWTClaimsRegistry(
        now=int(now().timestamp()),
        iss={"essential": True, "value": force.origin},
        aud={"essential": True, "value": force.origin},
        exp={"essential": True},
        client_id={"essential": True},
        key={"essential": True},
    )
    try:
        read = jwt.decode(token, _key(force), _ALGORITHMS)
        expected.validate(read.claims)
        key_id = UUID(str(cast("object", read.claims["key"])))
    except (JoseError, ValueError):
        return None
    client_id = cast("object", read.claims["client_id"])
    return (client_id, key_id) if read.header.get("typ") == _TYPE and isinstance(client_id, str) else None


def _key(force: ForceRef) -> OctKey:
    return OctKey.import_key(force.keys.secret("token"))
