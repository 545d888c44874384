"""Working days in England and Wales: neither weekends nor bank holidays (Banking and Financial Dealings Act 1971)."""

from datetime import date, timedelta
from functools import cache

_WEEK = 7
_SATURDAY = 5
_DAY = timedelta(days=1)


def between(first: date, last: date) -> int:
    """Return how many working days lie behind `first`, up to and with `last`: the same day is 0."""
    days = (first + _DAY * number for number in range(1, (last - first).days + 1))
    return sum(is_working(day) for day in days)


def is_working(day: date) -> bool:
    """Say whether a day is a working day."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays that come every year; what is proclaimed for one year alone is not among them."""
    easter = _easter(year)
    moving = {easter - 2 * _DAY, easter + _DAY, _monday(year, 5), _last_monday(year, 5), _last_monday(year, 8)}
    new_year, christmas, boxing = date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)
    fixed = {_weekday(new_year)}
    fixed |= {christmas, boxing} if max(christmas.weekday(), boxing.weekday()) < _SATURDAY else _instead(christmas)
    return frozenset(moving | fixed)


def _instead(christmas: date) -> set[date]:
    """Return the two days for Christmas and Boxing Day when one of them is at a weekend."""
    boxing = christmas + _DAY
    found = {day for day in (christmas, boxing) if day.weekday() < _SATURDAY}
    following = boxing
    while len(found) < 2:  # noqa: PLR2004 - Christmas and Boxing Day
        following += _DAY
        if following.weekday() < _SATURDAY:
            found.add(following)
    return found


def _weekday(day: date) -> date:
    return day if day.weekday() < _SATURDAY else day + _DAY * (_WEEK - day.weekday())


def _monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + _DAY * (-first.weekday() % _WEEK)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - _DAY * last.weekday()


def _easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian computus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
