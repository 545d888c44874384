"""What time it is, in UTC inside and in London for people."""

from calendar import monthrange
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_MONTHS = 12


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the date that people in England and Wales see on their calendar now."""
    return now().astimezone(LONDON).date()


def age(born: date, on: date) -> int:
    """Return somebody's age in whole years on a day; a birthday counts from its morning."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """Return the day on which somebody reaches an age; born on 29 February, they do on 1 March of a common year."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the month's last where there is no such day: as PostgreSQL counts."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
