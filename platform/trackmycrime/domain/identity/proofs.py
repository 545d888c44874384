"""What a record system signs to get in, instead of a secret: `private_key_jwt` (RFC 7523, OpenID Connect Core 9)."""

import hashlib
import json
import warnings
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError, SecurityWarning
from msgspec import Struct

from trackmycrime.domain.identity import public_keys
from trackmycrime.domain.identity.clients import Client, KeyKind
from trackmycrime.kit.time import now
from trackmycrime.store.identity import clients as rows
from trackmycrime.store.identity.clients import KeyRow
from trackmycrime.tx import ForceTx

LIVES = timedelta(minutes=5)
_SKEW = 30  # seconds by which clocks may differ
_LONGEST, _LONGEST_JTI = 8_000, 200
_PARTS = 3  # header, claims, signature


class _Claims(Struct, frozen=True):
    digest: bytes
    expires_at: datetime


def named(proof: str) -> str:
    """Return which client a proof says it is of, before anything of it is believed; "" for what says nothing."""
    parts = proof.split(".")
    if len(proof) > _LONGEST or len(parts) != _PARTS:
        return ""
    try:
        claims = cast("object", json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))))
    except (ValueError, RecursionError):
        return ""
    said = cast("dict[str, object]", claims).get("sub") if isinstance(claims, dict) else ""
    return said if isinstance(said, str) else ""


async def taken(tx: ForceTx, client: Client, proof: str, audience: str) -> UUID | None:
    """Return the key of a client that signed this proof for `audience`, our token endpoint, or None.

    It is good once, for five minutes at most, and says who it is of, for whom, until when, and which one it is (RFC 7523, 3).
    """
    if len(proof) > _LONGEST:
        return None
    for key in client.keys:
        found = _claims(key, client.row.client_id, proof, audience) if key.kind == KeyKind.PUBLIC_KEY else None
        if found is not None:
            new = await rows.add_proof(tx, client.row.id, found.digest, found.expires_at)
            return key.id if new else None
    return None


def _claims(key: KeyRow, client_id: str, proof: str, audience: str) -> _Claims | None:
    public_key, algorithms = public_keys.stored(key.public_key or "")
    moment = int(now().timestamp())
    expected = jwt.JWTClaimsRegistry(
        now=moment,
        leeway=_SKEW,
        iss={"essential": True, "value": client_id},
        sub={"essential": True, "value": client_id},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        jti={"essential": True},
    )
    try:
        with warnings.catch_warnings(
            action="ignore", category=SecurityWarning
        ):  # EdDSA has a newer name: both are in use
            claims = jwt.decode(proof, public_key, algorithms).claims
        expected.validate(claims)
    except (JoseError, ValueError, TypeError, RecursionError):
        return None
    return _once(claims, moment)


def _once(claims: dict[str, object], moment: int) -> _Claims | None:
    expires, jti = claims["exp"], claims["jti"]
    if not isinstance(expires, int | float) or not isinstance(jti, str) or not 0 < len(jti) <= _LONGEST_JTI:
        return None
    if claims["iss"] != claims["sub"] or expires > moment + LIVES.total_seconds() + _SKEW:
        return None
    # It is taken as good for a little longer than it says, so it is remembered for longer too.
    until = datetime.fromtimestamp(expires + 2 * _SKEW, UTC)
    return _Claims(hashlib.sha256(jti.encode()).digest(), until)


async def sweep(tx: ForceTx) -> int:
    """Forget the proofs that have expired; return how many."""
    return await rows.sweep(tx)
