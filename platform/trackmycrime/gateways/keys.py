"""Where the keys of the forces are kept: each force's key is stored wrapped, and only this opens it.

The embedded mode keeps one master key in a file (mode 0600) that is made at set-up; production keeps it in KMS and the
plain key of a force exists in memory alone.
"""

import os
import secrets
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from trackmycrime.gateways import aws
from trackmycrime.kit.sealing import KEY_BYTES, Key, Unreadable
from trackmycrime.settings import Settings

# What KMS says of a wrapped key that is not ours to open; anything else is its own trouble, and may pass.
_NOT_OURS = frozenset({"InvalidCiphertextException", "IncorrectKeyException"})


class Keys(Protocol):
    """Makes and opens the keys of forces."""

    def make(self, force: UUID) -> bytes:
        """Return a new key for a force, wrapped."""
        ...

    def open(self, force: UUID, wrapped: bytes) -> bytes:
        """Return a force's key. Raises Unreadable when it was wrapped for another force or by another master key."""
        ...


class LocalKeys:
    """A master key in a file: for the embedded mode."""

    def __init__(self, file: Path) -> None:
        self._master = Key(_kept(file))

    def make(self, force: UUID) -> bytes:
        """Return a new key for a force, wrapped by the master key."""
        return self._master.seal(secrets.token_bytes(KEY_BYTES), _place(force))

    def open(self, force: UUID, wrapped: bytes) -> bytes:
        """Return a force's key."""
        return self._master.open(wrapped, _place(force))


def _place(force: UUID) -> bytes:
    return f"force wrapped_key {force}".encode()


class KmsKeys:
    """A master key in AWS KMS, by its alias. The force is the encryption context: it is bound in, and KMS logs it."""

    def __init__(self, alias: str) -> None:
        self._key = f"alias/{alias}"
        self._kms: Any = aws.client("kms")

    def make(self, force: UUID) -> bytes:
        """Return a new key for a force, wrapped by KMS, which keeps the plain one to itself."""
        made = self._kms.generate_data_key_without_plaintext(
            KeyId=self._key, KeySpec="AES_256", EncryptionContext=_context(force)
        )
        return made["CiphertextBlob"]

    def open(self, force: UUID, wrapped: bytes) -> bytes:
        """Return a force's key. What boto3 raises when KMS cannot be asked is left as it is."""
        said_no, _ = aws.refusals()
        try:
            opened = self._kms.decrypt(KeyId=self._key, CiphertextBlob=wrapped, EncryptionContext=_context(force))
        except said_no as refused:
            if getattr(refused, "response", {}).get("Error", {}).get("Code") in _NOT_OURS:
                raise Unreadable(str(force)) from refused
            raise
        return opened["Plaintext"]


def _context(force: UUID) -> dict[str, str]:
    return {"force": str(force)}


def keys(settings: Settings) -> Keys:
    """Return the keys that TRACKMYCRIME_KEYS_URL asks for: kms://alias-prefix, or the file of the data folder."""
    if settings.keys_url:
        return KmsKeys(urlsplit(settings.keys_url).netloc)
    return LocalKeys(settings.home / "master.key")


def _kept(file: Path) -> bytes:
    """Read the master key; the first process to ask makes it, and nobody else ever sees half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as new:
        new.write(secrets.token_bytes(KEY_BYTES))
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass  # somebody was first: theirs is the master key
    finally:
        fresh.unlink()
    return file.read_bytes()
