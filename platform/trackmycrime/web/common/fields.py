"""Reading forms: every field is checked, and everything that is wrong is said at once."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.folding import fold
from trackmycrime.kit.time import today
from trackmycrime.kit.words import _
from trackmycrime.web.common import dates

_OLDEST = 1900
_NUMBERS = re.compile(r"[0-9]+")
_LONGEST = 20


def uuid_or_none(text: str) -> UUID | None:
    """Return the id that a form gives, or None where it gives none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def day_or_none(text: str) -> date | None:
    """Return a day as browsers send it (2026-08-03) or as people write it (3 8 2026, 03/08/2026)."""
    parts = _NUMBERS.findall(text) if len(text) < _LONGEST else []
    if len(parts) != len(("day", "month", "year")):
        return None
    year, month, day = parts if len(parts[0]) > len("12") else reversed(parts)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


class Fields:
    """A form while it is read: collects what is wrong, field by field."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.errors: dict[str, str] = {}

    def text(self, name: str, missing: str, *, longest: int = 200) -> str:
        """Return a field's text without spaces around it; `missing` says what to enter."""
        value = self._values.get(name, "").strip()
        if not value:
            self.errors[name] = missing
        elif len(value) > longest:
            self.errors[name] = _("This must be %(number)s characters or fewer", number=longest)
        return value

    def secret(self, name: str, missing: str = "") -> str:
        """Return a password exactly as it was typed."""
        value = self._values.get(name, "")
        if not value and missing:
            self.errors[name] = missing
        return value[:1000]

    def date_of_birth(self, missing: str = "") -> date:
        """Return the date in Day, Month and Year; `missing` says what to enter where it is somebody else's."""
        day, month, year = parts = [self._values.get(name, "").strip() for name in ("day", "month", "year")]
        if not any(parts):
            self.errors["date_of_birth"] = missing or _("Enter your date of birth")
            return date.min
        wrong = {"date_of_birth": _wrong_day(day), "month": _wrong_month(month), "year": _wrong_year(year)}
        self.errors |= {name: text for name, text in wrong.items() if text}
        return date.min if any(wrong.values()) else self._real(int(day), _month(month) or 0, int(year))

    def _real(self, day: int, month: int, year: int) -> date:
        """Return a date whose parts are right by themselves; a day that its month does not have is said to be wrong."""
        most = monthrange(year, month)[1]
        if day > most:
            self.errors["date_of_birth"] = _(
                "Date of birth must be a real date. That month had only %(number)s days", number=most
            )
            return date.min
        if date(year, month, day) > today():
            self.errors["date_of_birth"] = _("Date of birth must be in the past")
        return date(year, month, day)

    def collect(self, check: Callable[[], object]) -> None:
        """Check what the domain would, so that all that is wrong is said together."""
        try:
            check()
        except Invalid as refusal:
            self.errors |= refusal.fields

    def require_good(self, *order: str) -> None:
        """Raise Invalid if anything is wrong, with the fields in this order."""
        if self.errors:
            raise Invalid({name: self.errors[name] for name in order if name in self.errors} | self.errors)


def _is_number(text: str, least: int, most: int, *, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits and least <= int(text) <= most


def _wrong_day(text: str) -> str:
    if not text:
        return _("Date of birth must include a day")
    return "" if _is_number(text, 1, 31, digits=2) else _("Day must be a number from 1 to 31")


def _wrong_month(text: str) -> str:
    if not text:
        return _("Date of birth must include a month")
    return "" if _month(text) else _("Month must be a number from 1 to 12")


def _wrong_year(text: str) -> str:
    if not text:
        return _("Date of birth must include a year")
    return "" if _is_number(text, _OLDEST, 9999, digits=4) else _("Year must be 4 numbers, like 1980")


def _month(text: str) -> int | None:
    """Return a month by its number or its name, whole or short; None for anything else."""
    if _is_number(text, 1, 12, digits=2):
        return int(text)
    written = fold(text)
    names = {number: dates.month_names(number) for number in range(1, 13)}
    return next((number for number, known in names.items() if written and written in map(fold, known)), None)
