"""Work that a browser does before it is heard, where many have failed: it costs a person seconds and a guesser dearly.

The browser looks for a number that, put behind the challenge, makes a SHA-256 that begins with enough zero bits. The
challenge proves itself: it is ours, of this network, and fresh. That it is used once is counted with the failures.
"""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from trackmycrime.kit.sealing import Keyring
from trackmycrime.kit.time import now

LIVES = timedelta(minutes=10)
LEAST, MOST = 17, 22  # bits: about a third of a second and ten seconds of an ordinary telephone
_PARTS, _LONGEST = 5, 200


class Done(Struct, frozen=True):
    """Work that was done: how many bits of it, and for which challenge. It counts once."""

    bits: int
    challenge: str
    expires_at: datetime


def challenge(keys: Keyring, network: str, bits: int) -> str:
    """Return a new challenge for a browser of this network; `bits` are the zeros it has to find."""
    claim = f"{bits}.{int((now() + LIVES).timestamp())}.{secrets.token_hex(12)}"
    return f"{claim}.{_proof(keys, network, claim)}"


def done(keys: Keyring, network: str, answer: str) -> Done | None:
    """Return the work that an answer proves; None when it is none of ours, too old, or not done."""
    parts = answer.split(".")
    if len(answer) > _LONGEST or len(parts) != _PARTS:
        return None
    claim, proof = ".".join(parts[:3]), parts[3]
    if not hmac.compare_digest(proof.encode(), _proof(keys, network, claim).encode()):
        return None
    bits, expires_at = int(parts[0]), datetime.fromtimestamp(int(parts[1]), UTC)  # ours, so these are numbers
    return Done(bits, claim, expires_at) if expires_at > now() and zeros(answer) >= bits else None


def zeros(answer: str) -> int:
    """Return with how many zero bits the SHA-256 of a text begins."""
    digest = hashlib.sha256(answer.encode()).digest()
    return len(digest) * 8 - int.from_bytes(digest).bit_length()


def _proof(keys: Keyring, network: str, claim: str) -> str:
    return keys.sign("work", f"{network} {claim}".encode()).hex()
