"""Days and moments in words, as people in England and Wales say them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache

from babel.dates import get_day_names, get_month_names

from trackmycrime.kit import words
from trackmycrime.kit.time import LONDON, today
from trackmycrime.kit.words import _
from trackmycrime.web.common.frame import Day

_BABEL = {words.ENGLISH: "en_GB", words.WELSH: "cy"}
_NOON = 12
DAYS = range(7)


def day(when: date | datetime) -> str:
    """Return a date in words: 9 December 2026. A moment counts as its day in London."""
    local = when.astimezone(LONDON) if isinstance(when, datetime) else when
    return f"{local.day} {_months(words.language())[local.month]} {local.year}"


def month(when: date) -> str:
    """Return the month of a day in words: December 2026."""
    return f"{_months(words.language())[when.month]} {when.year}"


def short_month(when: date) -> str:
    """Return the month of a day in a few letters: Dec 2026."""
    return f"{_short_months(words.language())[when.month]} {when.year}"


def coming(when: date) -> str:
    """Return a day of the next weeks in words: Today, Monday 30 November."""
    if when == today():
        return _("Today")
    language = words.language()
    return f"{_days(language)[when.weekday()]} {when.day} {_months(language)[when.month]}"


def day_line(when: datetime | None) -> Day | None:
    """Return a moment's day in London as a page writes it; None for no moment."""
    local = when.astimezone(LONDON).date() if when else None
    return Day(local.isoformat(), day(local)) if local else None


def moment(when: datetime) -> str:
    """Return a day and time in London in words: Saturday 21 November 2026, 4:12pm."""
    return _moment(when, words.language())


@lru_cache(maxsize=5000)
def _moment(when: datetime, language: str) -> str:
    local = when.astimezone(LONDON)
    return f"{_days(language)[local.weekday()]} {day(local)}, {_clock(local)}"


def coming_at(when: datetime) -> str:
    """Return a moment of the next weeks in London in words: Monday 30 November at 8am."""
    local, language = when.astimezone(LONDON), words.language()
    said = f"{_days(language)[local.weekday()]} {local.day} {_months(language)[local.month]}"
    return _("%(day)s at %(time)s", day=said, time=_clock(local))


def clock(minutes: int) -> str:
    """Return a time of the day, in minutes since midnight, in words: 8:30am."""
    return _clock(datetime(2000, 1, 1, minutes // 60, minutes % 60, tzinfo=LONDON))


def weekday(number: int) -> str:
    """Name a day of the week, of which Monday is 0."""
    return _days(words.language())[number]


def _clock(local: datetime) -> str:
    if words.language() == words.WELSH:
        return f"{local.hour:02}:{local.minute:02}"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % _NOON or _NOON}{minutes}{'am' if local.hour < _NOON else 'pm'}"


@cache
def _days(language: str) -> Mapping[int, str]:
    return get_day_names("wide", locale=_BABEL[language])


@cache
def _short_months(language: str) -> Mapping[int, str]:
    return get_month_names("abbreviated", locale=_BABEL[language])


@cache
def _months(language: str) -> Mapping[int, str]:
    return get_month_names("wide", locale=_BABEL[language])


def days(which: Sequence[int]) -> str:
    """Name days of the week, of which Monday is 0: Monday, Wednesday; every day for all of them."""
    if len(set(which)) == len(DAYS):
        return _("every day")
    return ", ".join(_days(words.language())[each] for each in sorted(which))


def hour(number: int) -> str:
    """Return a full hour of the day, 0 to 24, in words: 9am, midnight."""
    if number in {0, 2 * _NOON}:
        return _("midnight")
    return _("midday") if number == _NOON else _clock(datetime(2000, 1, 1, number, tzinfo=LONDON))


def month_names(number: int) -> list[str]:
    """Return how people write a month, in both languages, whole and short."""
    found = [
        get_month_names(width, locale=babel)[number] for babel in _BABEL.values() for width in ("wide", "abbreviated")
    ]
    return [*found, *(name[:3] for name in found[:1])]
