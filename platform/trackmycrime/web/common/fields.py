"""Reading forms: every field is checked, and everything that is wrong is said at once."""

from collections.abc import Mapping
from datetime import date

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.time import today
from trackmycrime.kit.words import _

_OLDEST = 1900


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

    def date_of_birth(self) -> date:
        """Return the date in Day, Month and Year."""
        parts = [self._values.get(name, "").strip() for name in ("day", "month", "year")]
        born = _date(parts)
        if not any(parts):
            self.errors["date_of_birth"] = _("Enter your date of birth")
        elif born is None or born.year < _OLDEST:
            self.errors["date_of_birth"] = _("Date of birth must be a real date, like 31 3 1980")
        elif born > today():
            self.errors["date_of_birth"] = _("Date of birth must be in the past")
        return born or date.min

    def require_good(self) -> None:
        """Raise Invalid if anything is wrong."""
        if self.errors:
            raise Invalid(self.errors)


def _date(parts: list[str]) -> date | None:
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    day, month, year = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None
