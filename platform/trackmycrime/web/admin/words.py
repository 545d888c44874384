"""The words of administrators for what they set: each setting, each feature, and what a feature means."""

import re

from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.words import _

_SERVICE = re.compile(r"support\.(.*)\.([a-z_]+)")


def features() -> dict[Feature, str]:
    """Name every feature."""
    return {
        Feature.TWO_WAY_MESSAGING: _("Victims can write messages"),
        Feature.SMS: _("Text message notifications"),
        Feature.PROPERTY_PAGE: _("Missing or damaged property"),
        Feature.PROPERTY_SUBMISSION: _("Victims can list property themselves"),
        Feature.ATTACHMENTS: _("Photos and documents"),
        Feature.JOURNEY: _("The journey of the case"),
        Feature.WELSH: _("Welsh"),
        Feature.SELF_SERVICE_REPORTING: _("Reporting a crime online"),
        Feature.NEXT_ON_DUTY: _("When an officer is next on duty"),
    }


def meanings() -> dict[Feature, str]:
    """Say of every feature that the service has in a sentence what victims and officers see of it."""
    return {
        Feature.TWO_WAY_MESSAGING: _(
            "Victims write to you on Messages. The contact team reads it first, and it waits in the inbox."
        ),
        Feature.SMS: _(
            "Victims can ask to be told by text message that there is something to read, and sign in with codes."
        ),
        Feature.PROPERTY_PAGE: _(
            "Victims see what was stolen or damaged, as your record system has it, and can correct it."
        ),
        Feature.JOURNEY: _("Victims see on Progress how far their case has come and what may come next."),
        Feature.WELSH: _("Victims can read every page, email and text message in Welsh."),
        Feature.NEXT_ON_DUTY: _("Victims see the day on which their officer works next, where the officer says it."),
    }


def setting(path: str) -> str:
    """Name a setting by its path in the configuration; a path that has no name stays as it is."""
    service = _SERVICE.fullmatch(path)
    if service:
        return _(
            "Support service %(name)s: %(setting)s", name=service[1], setting=_of_services().get(service[2], service[2])
        )
    switch = path.removeprefix("features.")
    if switch != path:
        return features().get(Feature(switch), path)
    return _settings().get(path, path)


def _settings() -> dict[str, str]:
    return {
        "slug": _("Part of the address"),
        "name": _("Force name"),
        "name_cy": _("Force name in Welsh"),
        "domain": _("Host of your website"),
        "website": _("Own website"),
        "from_name": _("Who emails come from"),
        "live": _("Victims can be invited"),
        "officers": _("How victims see officers"),
        "update_interval_days": _("Days between promised updates"),
        "activation_code_for_all": _("An activation code for everybody"),
        "records_late_hours": _("Hours without records before administrators are told"),
        "contact.non_emergency": _("Non-emergency number"),
        "contact.text_relay": _("Text relay number"),
        "contact.web": _("Address for contact online"),
        "brand.header": _("Header background"),
        "brand.accent": _("Line under the header"),
        "brand.brand": _("Brand colour"),
        "brand.link": _("Links"),
        "brand.emblem": _("Shape beside the name"),
        "offences.tracked": _("Crimes that can be followed"),
        "offences.extra_risky_codes": _("Offence codes that are risky to write about"),
        "routing.contact_team": _("Name of the contact team"),
        "routing.contact_team_cy": _("Name of the contact team in Welsh"),
        "routing.reply_working_days": _("Working days within which most replies come"),
        "support": _("Order of support services"),
    }


def _of_services() -> dict[str, str]:
    return {
        "name": _("name"),
        "name_cy": _("name in Welsh"),
        "helps_with": _("what it helps with"),
        "helps_with_cy": _("what it helps with, in Welsh"),
        "who_for": _("who it is for"),
        "who_for_cy": _("who it is for, in Welsh"),
        "phone": _("telephone"),
        "web": _("website"),
        "hours": _("hours"),
        "hours_cy": _("hours in Welsh"),
        "languages": _("languages"),
        "free": _("free"),
        "anonymous": _("anonymous"),
        "crimes": _("after which crimes"),
    }


def value(path: str, said: str | None) -> str:
    """Return the value of a setting in words, "" where it has none."""
    if path == "officers":
        return officers().get(said or "", said or "")
    return said or ""


def officers() -> dict[str, str]:
    """Name the ways in which victims see officers."""
    return {"name": _("By name"), "role": _("By role"), "collar_number": _("By collar number")}
