"""Days and moments in words, as people in England and Wales say them."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache

from babel.dates import get_day_names, get_month_names

from trackmycrime.kit import words
from trackmycrime.kit.time import LONDON
from trackmycrime.web.common.frame import Day

_BABEL = {words.ENGLISH: "en_GB", words.WELSH: "cy"}
_NOON = 12


def day(when: date | datetime) -> str:
    """Return a date in words: 9 December 2026. A moment counts as its day in London."""
    local = when.astimezone(LONDON) if isinstance(when, datetime) else when
    return f"{local.day} {_months(words.language())[local.month]} {local.year}"


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


def _clock(local: datetime) -> str:
    if words.language() == words.WELSH:
        return f"{local.hour:02}:{local.minute:02}"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % _NOON or _NOON}{minutes}{'am' if local.hour < _NOON else 'pm'}"


@cache
def _days(language: str) -> Mapping[int, str]:
    return get_day_names("wide", locale=_BABEL[language])


@cache
def _months(language: str) -> Mapping[int, str]:
    return get_month_names("wide", locale=_BABEL[language])
