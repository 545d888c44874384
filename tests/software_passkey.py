"""A passkey in software: it makes key pairs for a site, and answers challenges as a browser with a real one does."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

_PRESENT, _VERIFIED, _HAS_KEY = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(written: str) -> bytes:
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


@dataclass
class Authenticator:
    """One key pair of one person at one site. Anything may be set to what an attacker would have it say."""

    origin: str
    site: str
    counts: bool = True
    verifies: bool = True
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    holder: bytes = b""
    count: int = 0

    def create(self, options: dict[str, Any], *, kind: str = "webauthn.create") -> str:
        """Answer what a site asks to make a passkey."""
        self.holder = raw(options["user"]["id"])
        data = self._data(_HAS_KEY) + self._attested()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._told({"attestationObject": text(attestation)}, self._client(options, kind))

    def get(self, options: dict[str, Any], *, kind: str = "webauthn.get") -> str:
        """Answer what a site asks of a passkey."""
        if self.counts:
            self.count += 1
        data, client = self._data(), self._client(options, kind)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        more = {"authenticatorData": text(data), "signature": text(signature), "userHandle": text(self.holder)}
        return self._told(more, client)

    def _data(self, flags: int = 0) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _attested(self) -> bytes:
        point = self.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        return bytes(16) + len(self.id).to_bytes(2) + self.id + cbor2.dumps(key)

    def _client(self, options: dict[str, Any], kind: str) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _told(self, more: dict[str, str], client: bytes) -> str:
        response = {"clientDataJSON": text(client), **more}
        return json.dumps({"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response})
