"""The codes of an authenticator app: one every 30 seconds, from a secret that the telephone keeps (RFC 6238)."""

import base64
import hmac

from msgspec import Struct
from pyotp.totp import TOTP

from trackmycrime.kit.time import now

_STEP, _AROUND = 30, (-1, 0, 1)
_SECRET_BYTES, _GROUP, _DIGITS = 20, 4, 6


class SetUp(Struct, frozen=True):
    """What an app is given: a link for its camera, and the same key in groups for typing."""

    link: str
    key: str


def secret(random: bytes) -> str:
    """Return the secret of an app, made of 20 random bytes or more."""
    return base64.b32encode(random[:_SECRET_BYTES]).decode()


def shown(secret: str, called: str) -> SetUp:
    """Return what an app is given, which lists it as `called`."""
    link = TOTP(secret).provisioning_uri(name=called)
    return SetUp(link, " ".join(secret[start : start + _GROUP] for start in range(0, len(secret), _GROUP)))


def looks_like_one(code: str) -> bool:
    """Say whether somebody who typed this meant a code of an app."""
    digits = code.replace(" ", "")
    return len(digits) == _DIGITS and digits.isascii() and digits.isdecimal()


def step(secret: str, code: str) -> int | None:
    """Return the step of 30 seconds at which this is the code: this one, the last or the next; None when it is of none."""
    if not looks_like_one(code):
        return None
    this, app, typed = int(now().timestamp()) // _STEP, TOTP(secret), code.replace(" ", "")
    found = [this + off for off in _AROUND if hmac.compare_digest(app.generate_otp(this + off), typed)]
    return found[0] if found else None
