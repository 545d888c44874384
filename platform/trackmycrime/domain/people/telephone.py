"""Telephone numbers, as people write them and as providers want them."""

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _

_HOME = "GB"


def mobile(text: str, field: str = "mobile") -> str:
    """Return a number as +44..., or "" for none. Raises Invalid, at the form's `field`, when nobody can send a text to it."""
    if not text.strip():
        return ""
    number = _possible(text)
    if number is None:
        raise Invalid({field: _("Enter a mobile number, like 07700 900982")})
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def any_number(text: str, field: str) -> str:
    """Return a number as people write it, or "" for none. Raises Invalid, at the form's `field`, when nobody could call it."""
    if not text.strip():
        return ""
    number = _possible(text)
    if number is None:
        raise Invalid({field: _("Enter a phone number, like 07700 900982 or 01632 960001")})
    home = number.country_code == phonenumbers.country_code_for_region(_HOME)
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def _possible(text: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
