"""Telephone numbers, as people write them and as providers want them."""

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _

_HOME = "GB"
_MOBILE_DIGITS = 10  # 7700 900982


def mobile(text: str, field: str = "mobile") -> str:
    """Return a number as +44..., or "" for none. Raises Invalid, at the form's `field`, when nobody can send a text to it."""
    if not text.strip():
        return ""
    number = _possible(text)
    if number is None or not _takes_texts(text, number):
        raise Invalid({field: _("Enter a mobile number, like 07700 900982")})
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _takes_texts(text: str, number: PhoneNumber) -> bool:
    """Say whether texts go to a number: at home only to mobile numbers. Letters are a slip, not a number in words."""
    home = number.country_code == phonenumbers.country_code_for_region(_HOME)
    national = str(number.national_number)
    return not any(map(str.isalpha, text)) and (not home or (national[0] == "7" and len(national) == _MOBILE_DIGITS))


def any_number(text: str, field: str) -> str:
    """Return a number as people write it, or "" for none. Raises Invalid, at the form's `field`, when nobody could call it."""
    if not text.strip():
        return ""
    number = _possible(text)
    if number is None:
        raise Invalid({field: _("Enter a phone number, like 07700 900982 or 01632 960001")})
    return _as_people_write(number)


def written(number: str) -> str:
    """Return a stored number (+44...) as people write it; what is no number stays as it is."""
    found = _possible(number)
    return _as_people_write(found) if found else number


def _as_people_write(number: PhoneNumber) -> str:
    home = number.country_code == phonenumbers.country_code_for_region(_HOME)
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def _possible(text: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
