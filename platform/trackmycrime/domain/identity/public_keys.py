"""Public keys of record systems: which ones we take, and how one is stored."""

import json
from base64 import urlsafe_b64decode
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _

LONGEST = 10_000
SMALLEST_RSA = 2048
_LARGEST_RSA = 8192
# Which signatures each sort of key may make. Whoever signs never chooses beyond these: "none" and keys as shared secrets are not here.
_ALGORITHMS = {"RSA": ("RS256", "PS256"), "EC": ("ES256",), "OKP": ("Ed25519", "EdDSA")}
_CURVES = {"EC": "P-256", "OKP": "Ed25519"}
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})

type PublicKey = RSAKey | ECKey | OKPKey


def read(text: str) -> str:
    """Return a public key, given as PEM or as a JSON Web Key, as it is stored. Raises Invalid.

    RSA of 2048 bits or more, elliptic curve P-256, or Ed25519 (RFC 7518, RFC 8037). A private key is never taken nor repeated.
    """
    told = text.strip()
    if "PRIVATE KEY" in told:
        raise _wrong(_private())
    if not told or len(told) > LONGEST:
        raise _wrong(_("Paste the public key"))
    key = _parsed(_from_json(told) if told.startswith("{") else _from_pem(told))
    return json.dumps(key.as_dict(private=False), sort_keys=True)


def _wrong(sentence: str) -> Invalid:
    return Invalid({"public_key": sentence})


def _private() -> str:
    return _(
        "This is the private key. It must stay with the record system: make a new pair, and paste the public key here."
    )


def _unreadable() -> str:
    return _("We cannot read this as a public key. Paste all of it, with its first and last line.")


def _from_json(text: str) -> dict[str, Any]:
    try:
        found = cast("dict[str, Any]", json.loads(text))
    except ValueError as fault:
        raise _wrong(_unreadable()) from fault
    if _PRIVATE & found.keys():
        raise _wrong(_private())
    return {name: value for name, value in found.items() if name in {"kty", "n", "e", "crv", "x", "y"}}


def _from_pem(text: str) -> dict[str, Any]:
    """Return what a PEM says, looked at by `cryptography` first: only a public key is read as one."""
    try:
        found = load_pem_public_key(text.encode())
    except Exception as fault:
        raise _wrong(_unreadable()) from fault
    kinds: tuple[tuple[type, type[PublicKey]], ...] = (
        (RSAPublicKey, RSAKey),
        (EllipticCurvePublicKey, ECKey),
        (Ed25519PublicKey, OKPKey),
    )
    kind = next((ours for theirs, ours in kinds if isinstance(found, theirs)), None)
    if kind is None or (isinstance(found, RSAPublicKey) and not SMALLEST_RSA <= found.key_size <= _LARGEST_RSA):
        raise _wrong(_kinds())
    try:
        return dict(kind.import_key(text).as_dict(private=False))
    except (JoseError, ValueError) as fault:  # a curve that nobody signs with
        raise _wrong(_kinds()) from fault


def _kinds() -> str:
    return _("We take RSA keys of 2048 bits or more, elliptic curve keys on P-256, and Ed25519 keys.")


def _parsed(told: dict[str, Any]) -> PublicKey:
    kind = str(told.get("kty", ""))
    if kind not in _ALGORITHMS or told.get("crv") != _CURVES.get(kind):
        raise _wrong(_kinds())
    try:
        good = kind != "RSA" or SMALLEST_RSA <= _bits(str(told.get("n"))) <= _LARGEST_RSA
        key = _imported(told) if good else None
        _ = key and key.public_key  # a point that is not on the curve is found here
    except Exception as fault:
        raise _wrong(_unreadable()) from fault
    if key is None:
        raise _wrong(_kinds())
    return key


def _bits(modulus: str) -> int:
    return int.from_bytes(urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4))).bit_length()


def _imported(told: dict[str, Any]) -> PublicKey:
    kinds: dict[str, type[PublicKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
    return kinds[str(told["kty"])].import_key(told)


def stored(text: str) -> tuple[PublicKey, tuple[str, ...]]:
    """Return a key as it is stored, and which signatures it may have made."""
    told = cast("dict[str, Any]", json.loads(text))
    return _imported(told), _ALGORITHMS[str(told["kty"])]
