"""Where what a victim writes goes: one answer for the page that they write on, for sending, and for whoever tries it out."""

from datetime import datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.units import Routing, Unit, hours
from trackmycrime.kit.duty_hours import DutyHours
from trackmycrime.kit.words import WELSH

_REMEMBERED = 2048  # destinations of one minute or a few: each is some hundred bytes
# What counts as working hours for a team that does not say its hours: Monday to Friday, 9am to 5pm, no bank holidays.
OFFICE_HOURS = DutyHours(frozenset(range(5)), 9 * 60, 17 * 60, bank_holidays=False)


class Destination(Struct, frozen=True):
    """Who reads it first: a unit, or with an empty `unit` the contact team, because of the rule of this number, or 0.

    `back_at` is when they are on duty next, None while they are, or where their hours are not said. `silent_at` is when it
    goes on if nobody has opened it, to the unit `escalates_to`, or with an empty one to supervisors; None for never.
    """

    unit: str
    name: str
    name_cy: str
    rule: int
    reply_working_days: int
    hours: DutyHours | None
    back_at: datetime | None
    silent_at: datetime | None
    escalates_to: str

    def name_in(self, language: str) -> str:
        """Name who reads it, in Welsh where Welsh is spoken and there is a Welsh name, else in English."""
        return (language == WELSH and self.name_cy) or self.name


def destination(configuration: Configuration, group: str, area: str, moment: datetime) -> Destination:
    """Return where something about this kind of crime in this area goes, when it is written at this moment (to the minute).

    There is one for every crime, every area ("" for unknown) and every moment. Asked again within the minute it costs nothing.
    """
    return _destination(configuration.routing, group, area, moment.replace(second=0, microsecond=0))


@lru_cache(_REMEMBERED)
def _destination(routing: Routing, group: str, area: str, moment: datetime) -> Destination:
    number, unit = _unit(routing, group, area)
    on_duty = hours(unit or routing)
    back_at = on_duty.next_on(moment) if on_duty else moment
    worked = timedelta(hours=routing.silence_hours)
    name = unit.name if unit else ""
    return Destination(
        unit=name,
        name=name or routing.contact_team,
        name_cy=unit.name_cy if unit else routing.contact_team_cy,
        rule=number,
        reply_working_days=(unit and unit.reply_working_days) or routing.reply_working_days,
        hours=on_duty,
        back_at=back_at if back_at > moment else None,
        silent_at=(on_duty or OFFICE_HOURS).after(moment, worked) if worked else None,
        escalates_to="" if routing.escalate_to == name else routing.escalate_to,
    )


def _unit(routing: Routing, group: str, area: str) -> tuple[int, Unit | None]:
    """Return the number and the unit of the first rule that fits; a rule whose unit is gone is none."""
    for number, rule in enumerate(routing.rules, start=1):
        unit = routing.unit(rule.unit)
        if unit and rule.fits(group, area):
            return number, unit
    return 0, None
