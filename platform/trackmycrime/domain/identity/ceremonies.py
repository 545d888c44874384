"""Passkeys as browsers and authenticators speak (W3C Web Authentication): what is asked, and whether an answer is right.

The site is the force's own stored origin, never what a request says of itself: a passkey of one force is none of another.
"""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import webauthn
from msgspec import Struct
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx

LONGEST_ANSWER = 20_000
_PATIENCE_MS = 300_000


class WrongAnswer(Refusal):
    """An answer of a browser that proves nothing, whyever."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("The passkey did not work. Try again."))


class Asked(Struct, frozen=True):
    """What a browser is asked, as JSON, and the cookie with which it has to answer."""

    cookie: str
    options: str


class Made(Struct, frozen=True):
    """A new passkey: its id, the public key by which its answers are checked, and how often it was used."""

    id: bytes
    public_key: bytes
    count: int


class Claim(Struct, frozen=True):
    """Which passkey an answer says that it is of, and whose; nothing of it is proved yet."""

    id: bytes
    holder: bytes


def _site(tx: ForceTx) -> str:
    return urlsplit(tx.force.origin).hostname or ""


def creation(tx: ForceTx, challenge: bytes, holder: bytes, known: Sequence[bytes]) -> str:
    """Return what a browser needs to make a passkey, as JSON; `holder` names nobody, and `known` are those that they have."""
    site, called = _site(tx), _("Online account")
    options = webauthn.generate_registration_options(
        rp_id=site,
        rp_name=site,
        user_id=holder,
        user_name=called,
        user_display_name=called,
        challenge=challenge,
        timeout=_PATIENCE_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return webauthn.options_to_json(options)


def request(tx: ForceTx, challenge: bytes) -> str:
    """Return what a browser needs to use whatever passkey its owner has for this site, as JSON."""
    options = webauthn.generate_authentication_options(
        rp_id=_site(tx),
        challenge=challenge,
        timeout=_PATIENCE_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def made(tx: ForceTx, challenge: bytes, answer: str) -> Made:
    """Return the passkey that was made for this challenge. Raises WrongAnswer."""
    found = _read(
        lambda: webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_site(tx),
            expected_origin=tx.force.origin,
            require_user_verification=True,
        )
    )
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def claimed(answer: str) -> Claim:
    """Return which passkey an answer says that it is of. Raises WrongAnswer when it is no answer at all."""
    found = _read(lambda: parse_authentication_credential_json(answer))
    return Claim(found.raw_id, found.response.user_handle or b"")


def proved(tx: ForceTx, challenge: bytes, answer: str, *, public_key: bytes, count: int) -> int:
    """Return how often a passkey was used, after making sure that it gave this answer to this challenge.

    Raises WrongAnswer; also where it was used as often before, because it may be a copy.
    """
    found = _read(
        lambda: webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_site(tx),
            expected_origin=tx.force.origin,
            credential_public_key=public_key,
            credential_current_sign_count=count,
            require_user_verification=True,
        )
    )
    return found.new_sign_count


def _read[T](look: Callable[[], T]) -> T:
    try:
        return look()
    except Exception:  # noqa: BLE001 - it is a stranger's bytes, and breaks in the reading wherever they are wrong
        raise WrongAnswer from None
