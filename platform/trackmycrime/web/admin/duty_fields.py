"""When a team is on duty, as a form asks for it and as a page says it."""

import re
from collections.abc import Mapping

from trackmycrime.domain.tenancy.kinds import Weekday
from trackmycrime.domain.tenancy.units import Routing, Unit
from trackmycrime.kit.duty_hours import DutyHours
from trackmycrime.kit.words import _
from trackmycrime.web.common import dates

_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)?")
_NOON, _WEEK = 12, 7

type Options = tuple[tuple[str, str], ...]


def days() -> Options:
    """Return a box for each day of the week."""
    return tuple((day, dates.weekday(number)) for number, day in enumerate(Weekday))


def filled(of: Unit | Routing) -> dict[str, str]:
    """Return the fields of a form as they are filled in."""
    ticked = {str(day): "yes" for day in of.days} | ({"bank_holidays": "yes"} if of.bank_holidays else {})
    return {"opens": of.opens, "closes": of.closes, **ticked}


def read(form: Mapping[str, str]) -> dict[str, object]:
    """Return what a form says of the hours; what is no time stays as it is, for the schema to refuse."""
    return {
        "days": tuple(day for day in Weekday if day in form),
        "opens": clock(form.get("opens", "")),
        "closes": clock(form.get("closes", "")),
        "bank_holidays": "bank_holidays" in form,
    }


def clock(text: str) -> str:
    """Return a time of the day as it is kept, 08:30, from how people write it: 8:30, 8.30am, 8; else the text itself."""
    found = _CLOCK.fullmatch(text.strip().lower())
    if not found:
        return text.strip()
    hour, half = int(found[1]), found[3]
    if half and not 1 <= hour <= _NOON:
        return text.strip()
    hour = hour % _NOON + (_NOON if half == "pm" else 0) if half else hour
    return f"{hour:02}:{found[2] or '00'}"


def wrong() -> dict[str, str]:
    """Say what to enter, by the names of the settings."""
    return {
        "days": _("Choose each day once"),
        "opens": _("Enter a time, such as 08:30"),
        "closes": _("Enter a time, such as 17:30. It has to be an hour or more after the start"),
    }


def said(hours: DutyHours | None) -> str:
    """Say when a team is on duty: Monday to Friday, 8am to 8pm, not on bank holidays."""
    if hours is None:
        return _("Hours are not said")
    times = _("%(opens)s to %(closes)s", opens=dates.clock(hours.opens), closes=dates.clock(hours.closes))
    parts = [_days(sorted(hours.days)), _("day and night") if hours.opens == hours.closes else times]
    return ", ".join([*parts, *([] if hours.bank_holidays else [_("not on bank holidays")])])


def _days(which: list[int]) -> str:
    in_a_row = which[-1] - which[0] == len(which) - 1
    if in_a_row and 2 < len(which) < _WEEK:  # noqa: PLR2004  two are named
        return _("%(first)s to %(last)s", first=dates.weekday(which[0]), last=dates.weekday(which[-1]))
    return dates.days(which)
