"""The words of administrators for who reads what: settings, and what is wrong with them."""

import re

from trackmycrime.domain.cases import offences
from trackmycrime.domain.tenancy.kinds import OffenceGroup, Weekday
from trackmycrime.kit.words import _
from trackmycrime.web.common import dates

_UNIT = re.compile(r"routing\.units\.(.*)\.([a-z_]+)")
_RULE = re.compile(r"routing\.rules\.([0-9]+)\.([a-z_]+)")


def setting(path: str) -> str:
    """Name a setting by its path in the configuration, "" for what is none of ours."""
    unit, rule = _UNIT.fullmatch(path), _RULE.fullmatch(path)
    if unit:
        return _("Team %(name)s: %(setting)s", name=unit[1], setting=_of_units().get(unit[2], unit[2]))
    if rule:
        return _("Rule %(number)s: %(setting)s", number=rule[1], setting=_of_rules().get(rule[2], rule[2]))
    return _settings().get(path, "")


def _settings() -> dict[str, str]:
    team = _of_units()
    return {
        **{f"routing.{name}": _("Contact team: %(setting)s", setting=team[name]) for name in _HOURS},
        "routing.out_of_hours": _("What victims are told out of hours"),
        "routing.out_of_hours_cy": _("What victims are told out of hours, in Welsh"),
        "routing.silence_hours": _("Working hours until an unopened message goes on"),
        "routing.escalate_to": _("Where an unopened message goes on to"),
        "routing.units": _("Order of teams"),
    }


_HOURS = ("days", "opens", "closes", "bank_holidays")


def _of_units() -> dict[str, str]:
    return {
        "name": _("name"),
        "name_cy": _("name in Welsh"),
        "days": _("days on duty"),
        "opens": _("start of duty"),
        "closes": _("end of duty"),
        "bank_holidays": _("on duty on bank holidays"),
        "reply_working_days": _("working days within which most replies come"),
    }


def _of_rules() -> dict[str, str]:
    return {"crimes": _("crimes"), "areas": _("areas"), "unit": _("who reads it")}


def value(path: str, said: str) -> str:
    """Return the value of a setting of ours in words."""
    if not path.startswith("routing."):
        return said
    name = path.rpartition(".")[2]
    if name == "crimes":
        return crimes(said.split(", ")) if said else _("Any crime")
    if name == "days":
        return dates.days([list(Weekday).index(Weekday(day)) for day in said.split(", ")]) if said else ""
    if name == "areas":
        return said or _("Any area")
    return said if said or name != "escalate_to" else _("Supervisors")


def crimes(groups: list[str]) -> str:
    """Name kinds of crime."""
    return ", ".join(offences.plain(OffenceGroup(group)) for group in groups)


def name_is_wrong() -> str:
    """Say what a team's name has to be."""
    return _("Enter the team's name in up to 80 characters")


def no_hours() -> str:
    """Say what a number of hours has to be."""
    return _("Enter a number of hours from 1 to 72, or leave it empty")


def no_days() -> str:
    """Say what a number of days has to be."""
    return _("Enter a number of working days from 1 to 20")
