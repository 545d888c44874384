"""Who acts for whom while they are away: how it reads, and the form by which it is said."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.identity.deputies import Deputy
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.time import today
from trackmycrime.kit.words import _
from trackmycrime.web.common import dates

_NUMBERS = re.compile(r"[0-9]+")
_LONGEST = 20


class DeputyLine(Struct, frozen=True):
    """Who acts for whom, between which days, and how it is ended. `now` says that it is so today."""

    id: str
    says: str
    days: str
    now: bool


def lines(found: Sequence[Deputy], about: UUID, *, own: bool = False) -> tuple[DeputyLine, ...]:
    """Return what is said of somebody: who acts for them, and for whom they act; `own` where they read it themselves."""
    return tuple(_line(each, about, own=own) for each in found)


def _line(each: Deputy, about: UUID, *, own: bool) -> DeputyLine:
    days = _("%(first)s to %(last)s", first=dates.day(each.from_day), last=dates.day(each.until_day))
    return DeputyLine(str(each.id), _says(each, about, own=own), days, each.from_day <= today() <= each.until_day)


def _says(each: Deputy, about: UUID, *, own: bool) -> str:
    if each.absent_id == about:
        return _("%(name)s acts for you", name=each.deputy) if own else _("%(name)s acts for them", name=each.deputy)
    if each.deputy_id == about:
        return _("You act for %(name)s", name=each.absent) if own else _("They act for %(name)s", name=each.absent)
    return _("%(deputy)s acts for %(name)s", deputy=each.deputy, name=each.absent)


def days(form: dict[str, str]) -> tuple[date, date]:
    """Return the first and the last day in a form. Raises Invalid by field."""
    read = {name: read_day(form.get(name, "")) for name in ("from_day", "until_day")}
    wrong = {name: _("Enter a day, such as 3 8 2026") for name, day in read.items() if day is None}
    first, last = read["from_day"], read["until_day"]
    if first is None or last is None:
        raise Invalid(wrong)
    return first, last


def read_day(text: str) -> date | None:
    """Return a day as browsers send it (2026-08-03) or as people write it (3 8 2026, 03/08/2026)."""
    parts = _NUMBERS.findall(text) if len(text) < _LONGEST else []
    if len(parts) != len(("day", "month", "year")):
        return None
    year, month, day = parts if len(parts[0]) > len("12") else reversed(parts)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
