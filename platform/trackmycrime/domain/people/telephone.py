"""A mobile number as providers want it."""

import phonenumbers

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _


def clean(text: str, field: str = "mobile") -> str:
    """Return a number as +44..., or "" for none. Raises Invalid when nobody can send a text to it."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Invalid({field: _("Enter a mobile number, like 07700 900982")})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
