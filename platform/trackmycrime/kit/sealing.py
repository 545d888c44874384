"""Keeping text secret at rest: AES-256-GCM under a key per case and per person, wrapped by a key per force.

Erasing somebody is forgetting their key. The place a text is stored in is bound into it as associated data, so that a
sealed text moved to another row, column or force does not open (NIST SP 800-38D; security.md, "Encryption and erasure").
"""

import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class Unreadable(Exception):
    """A sealed text did not open: it was altered, moved, or its key is another one."""


class Key:
    """One key: seals and opens. Never shows itself."""

    __slots__ = ("_cipher",)

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(secret)

    def seal(self, text: bytes, place: bytes) -> bytes:
        """Return `text` sealed for `place` (table, column and row id)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """Return what was sealed for `place`; Unreadable if it was not sealed here by this key."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
        except InvalidTag as wrong:
            raise Unreadable(place.decode()) from wrong


class Keyring:
    """The keys of one force: makes and opens the keys of its cases and people, signs its links and tokens."""

    __slots__ = ("_root", "_signing", "_wrapping", "unwrap")

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._wrapping = Key(self._derived("wrap"))
        self._signing = self._derived("sign")
        self.unwrap = lru_cache(maxsize=4096)(self._unwrap)

    def __repr__(self) -> str:
        return "Keyring(...)"

    def make(self) -> bytes:
        """Return a new key, wrapped: all that is stored of it."""
        return self._wrapping.seal(secrets.token_bytes(KEY_BYTES), b"key")

    def _unwrap(self, wrapped: bytes) -> Key:
        return Key(self._wrapping.open(wrapped, b"key"))

    def own(self) -> Key:
        """Return the key for what belongs to no case or person: an event that names no crime."""
        return Key(self._derived("own"))

    def sign(self, purpose: str, subject: bytes) -> bytes:
        """Return 32 bytes that only this force can make for this purpose and subject (HMAC-SHA-256)."""
        return hmac.digest(self._signing, purpose.encode() + b"\0" + subject, "sha256")

    def secret(self, purpose: str) -> bytes:
        """Return a 32 byte secret of this force for `purpose`, the same every time."""
        return self._derived(purpose)

    def _derived(self, purpose: str) -> bytes:
        return hmac.digest(self._root, b"trackmycrime " + purpose.encode(), hashlib.sha256)
