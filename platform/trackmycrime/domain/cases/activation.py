"""The activation code of an invitation: staff give it by another way, so that whoever reads the mail cannot use the link."""

import secrets
from uuid import UUID

from trackmycrime.kit.folding import fold
from trackmycrime.kit.sealing import Keyring

_LETTERS = "BCDFGHJKMNPQRTVWXY346789"  # none that is taken for another, and no vowels: no code is a word
GROUP = 4


def make() -> str:
    """Return a new code: eight letters and digits in two groups, to be read aloud or written down. It is told once."""
    return spoken(2)


def spoken(groups: int) -> str:
    """Return letters and digits, in groups of four, that nobody can guess or mishear."""
    return " ".join("".join(secrets.choice(_LETTERS) for _ in range(GROUP)) for _ in range(groups))


def hashed(keys: Keyring, invite_id: UUID, code: str) -> bytes:
    """Return what is stored of an invitation's code, however it is written: without the force's key nobody can guess it."""
    return keys.sign("activation code", invite_id.bytes + fold(code).encode())
