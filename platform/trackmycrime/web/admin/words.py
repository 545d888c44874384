"""The words of administrators for what they set: each setting, each feature, and what a feature means."""

import re

from trackmycrime.domain.cases import offences
from trackmycrime.domain.tenancy.configuration import OffenceGroup
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.words import _
from trackmycrime.web.admin import routing_words, wording_words

_SERVICE = re.compile(r"support\.(.*)\.([a-z_]+)")

_FOOTER = re.compile(r"footer\.(.*)\.(name|name_cy|web)")
_LONGEST = 500  # letters of a value: the names of thousands of services are nothing to read


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


def ways_back() -> dict[Feature, str]:
    """Say of every feature that the service has what switching it off takes."""
    kept = _("You can switch it off without any work: what is there is kept, and shown again when it is on.")
    return dict.fromkeys(Feature, kept) | {
        Feature.TWO_WAY_MESSAGING: _(
            "Before you switch it off, answer what waits in the inbox: victims still read your updates, and cannot reply."
        ),
        Feature.SMS: _(
            "When you switch it off, whoever signs in with a code by text signs in without one, and is told by email alone."
        ),
        Feature.WELSH: _("When you switch it off, everybody reads English from the next page on."),
    }


def setting(path: str) -> str:
    """Name a setting by its path in the configuration; a path that has no name stays as it is."""
    service = _SERVICE.fullmatch(path)
    if service:
        return _(
            "Support service %(name)s: %(setting)s", name=service[1], setting=_of_services().get(service[2], service[2])
        )
    link = _FOOTER.fullmatch(path)
    if link:
        return _("Footer link %(name)s: %(setting)s", name=link[1], setting=_of_links()[link[2]])
    if path.startswith(wording_words.PATH):
        return wording_words.setting(path)
    switch = path.removeprefix("features.")
    if switch != path:
        return features().get(Feature(switch), path)
    return _settings().get(path) or routing_words.setting(path) or path


def leading(path: str) -> str:
    """Name what leads victims somewhere: a text, or a link of the footer."""
    name = path.removeprefix("footer.")
    return _("Footer link %(name)s", name=name) if name != path else setting(f"wording.{path}")


def _of_links() -> dict[str, str]:
    return {"name": _("name"), "name_cy": _("name in Welsh"), "web": _("website")}


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
        "brand.logo": _("Logo"),
        "brand.logo_says_name": _("The logo says the name in letters, and stands alone"),
        "footer": _("Order of footer links"),
        "offences.tracked": _("Crimes that can be followed"),
        "offences.tracked_codes": _("Offence codes that can be followed"),
        "offences.untracked_codes": _("Offence codes that cannot be followed"),
        "offences.elsewhere": _("What people are told whose crime cannot be followed"),
        "offences.elsewhere_cy": _("What people are told whose crime cannot be followed, in Welsh"),
        "offences.extra_risky_codes": _("Offence codes that are risky to write about"),
        "routing.contact_team": _("Name of the contact team"),
        "routing.contact_team_cy": _("Name of the contact team in Welsh"),
        "routing.reply_working_days": _("Working days within which most replies come"),
        "retention.access_months": _("Months in which victims read a closed case"),
        "retention.case_months": _("Months until a closed case is deleted here"),
        "retention.record_days": _("Days until what a used record said is deleted"),
        "retention.notification_days": _("Days until what became of a notification is deleted"),
        "retention.person_days": _("Days until somebody on no case is deleted"),
        "support": _("Order of support services"),
        "support_hidden": _("National services that are hidden"),
    }


def _of_services() -> dict[str, str]:
    return {
        "name": _("name"),
        "name_cy": _("name in Welsh"),
        "helps_with": _("what it helps with"),
        "helps_with_cy": _("what it helps with, in Welsh"),
        "who_for": _("who it is for"),
        "who_for_cy": _("who it is for, in Welsh"),
        "category": _("kind of help"),
        "areas": _("areas"),
        "areas_cy": _("areas in Welsh"),
        "phone": _("telephone"),
        "text_relay": _("text relay"),
        "web": _("website"),
        "hours": _("hours"),
        "hours_cy": _("hours in Welsh"),
        "languages": _("languages"),
        "free": _("free"),
        "anonymous": _("anonymous"),
        "crimes": _("after which crimes"),
        "reviewed_on": _("looked at on"),
    }


def value(path: str, said: str | None) -> str:
    """Return the value of a setting in words, "" where it has none."""
    if path == "officers":
        return officers().get(said or "", said or "")
    if said and path == "brand.logo":
        return _("The picture %(name)s", name=said[:12])
    if path.startswith(wording_words.PATH):
        return said or _("The national wording")
    if said and (path == "offences.tracked" or path.endswith(".crimes")):
        return ", ".join(offences.plain(OffenceGroup(group)) for group in said.split(", "))
    if said and path.startswith("offences.") and path.endswith("_codes"):
        return "; ".join(f"{code} ({offences.title(code)})" for code in said.split(", "))
    told = routing_words.value(path, said) if said is not None else ""
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


def officers() -> dict[str, str]:
    """Name the ways in which victims see officers."""
    return {"name": _("By name"), "role": _("By role"), "collar_number": _("By collar number")}
