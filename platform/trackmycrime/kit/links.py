"""Links that prove themselves: nothing of them is stored, so a leaked database opens nothing.

A link is the id of what it opens, and 256 bits that only the force's key can make for that purpose and id.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from uuid import UUID

from trackmycrime.kit.sealing import Keyring

_ID_BYTES = 16
_LINK_BYTES = _ID_BYTES + 32


def token(keys: Keyring, purpose: str, subject: UUID) -> str:
    """Return the 64 characters that open `subject` for `purpose`."""
    return urlsafe_b64encode(subject.bytes + keys.sign(purpose, subject.bytes)).decode()


def opened(keys: Keyring, purpose: str, text: str) -> UUID | None:
    """Return what a link opens, or None when this force did not make it for this purpose."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii"))
    except (Error, ValueError):
        return None
    subject, proof = raw[:_ID_BYTES], raw[_ID_BYTES:]
    if len(raw) != _LINK_BYTES or not hmac.compare_digest(proof, keys.sign(purpose, subject)):
        return None
    return UUID(bytes=subject)
