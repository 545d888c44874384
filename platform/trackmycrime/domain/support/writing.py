"""A service as people write it, on a form or in a file: every field is a text, and all that is wrong is said at once."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import cast

from babel import Locale
from msgspec import ValidationError, convert

from trackmycrime.domain.tenancy import shape
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.services import SupportCategory, SupportService, leads_inward
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.folding import fold
from trackmycrime.kit.time import today
from trackmycrime.kit.words import _

TEXTS = ("name", "helps_with", "who_for", "areas", "hours")
WELSH_TEXTS = tuple(f"{text}_cy" for text in TEXTS)
FIELDS = SupportService.__struct_fields__
_TEMPLATES = ("((", "{{", "{%", "${", "<%")
_BRITISH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_RELAYS = ("18001", "18002")
_SHORT, _HOME, _ABROAD = (
    range(3, 7),
    range(8, 12),
    range(8, 16),
)  # digits of 101, 116 123; 0800 1111, 01632 960001; +44...


def as_text(service: SupportService) -> dict[str, str]:
    """Return a service's fields as people write them: `read` makes the same service of them."""
    plain = {field: str(getattr(service, field)) for field in FIELDS}
    return plain | {
        "languages": ", ".join(_language_names().get(code, code) for code in service.languages),
        "crimes": ", ".join(service.crimes),
        "free": _yes(service.free),
        "anonymous": _yes(service.anonymous),
    }


def read(values: Mapping[str, str]) -> SupportService:
    """Return the service that texts describe; what is missing is as in a new one. Raises Invalid, with a sentence a field."""
    told = {field: values[field].strip() for field in FIELDS if field in values}
    table: dict[str, object] = {**dict.fromkeys(("name", "helps_with", "who_for"), ""), **told, **_parsed(told)}
    wrong = _wrong_shapes(table)
    wrong |= {field: sentence for field, sentence in _wrong_texts(told).items() if field not in wrong}
    if wrong:
        raise Invalid({field: wrong[field] for field in FIELDS if field in wrong})
    return convert(table, SupportService)


def _parsed(told: Mapping[str, str]) -> dict[str, object]:
    """Return the fields that are more than a text, of those that are there; what cannot be read stays as it is."""
    found: dict[str, object] = {}
    if "languages" in told:
        found["languages"] = _codes(told["languages"])
    if "crimes" in told:
        found["crimes"] = list(dict.fromkeys(word.lower() for word in _items(told["crimes"])))
    if "category" in told:
        found["category"] = told["category"].lower() or SupportCategory.OTHER.value
    for switch, otherwise in (("free", "yes"), ("anonymous", "no")):
        if switch in told:
            found[switch] = _SAID.get(told[switch].lower() or otherwise, told[switch])
    if "web" in told:
        found["web"] = _small_host(told["web"])
    if "reviewed_on" in told:
        found["reviewed_on"] = _day(told["reviewed_on"])
    return found


_SAID = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def _yes(switch: bool) -> str:
    return "yes" if switch else "no"


def _items(text: str) -> list[str]:
    return [item.strip() for item in re.split(r"[,;|]", text) if item.strip()]


@cache
def _language_names() -> Mapping[str, str]:
    """Return the English names of the languages that have one to themselves, by their codes."""
    named = cast("Mapping[str, str]", Locale.parse("en").languages)
    short = {code: name for code, name in named.items() if re.fullmatch(r"[a-z]{2,3}", code) and "," not in name}
    folded = [fold(name) for name in short.values()]
    return {code: name for code, name in short.items() if folded.count(fold(name)) == 1 and fold(name) not in short}


@cache
def _languages() -> Mapping[str, str]:
    return {fold(name): code for code, name in _language_names().items()}


def _codes(text: str) -> list[str]:
    found = (_languages().get(fold(item), item.lower()) for item in _items(text))
    return list(dict.fromkeys(found))


def _small_host(address: str) -> str:
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{mark}{host.lower()}{slash}{path}" if mark else address


def _day(text: str) -> str:
    british = _BRITISH_DAY.fullmatch(text)  # what spreadsheets make of a day
    return f"{british[3]}-{british[2]:0>2}-{british[1]:0>2}" if british else text


def _wrong_shapes(table: Mapping[str, object]) -> dict[str, str]:
    try:
        convert(table, SupportService)
    except ValidationError:
        found = shape.problems(SupportService, dict(table))
    else:
        return {}
    said = _sentences()
    return {field: said[field] for path in found if (field := path.partition("[")[0]) in said}


def _wrong_texts(told: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong although it has the right shape."""
    plain = _("Write plain words, without (( or {{: victims would see them as they stand")
    wrong = {text: plain for text in (*TEXTS, *WELSH_TEXTS) if any(mark in told.get(text, "") for mark in _TEMPLATES)}
    phone, relay, web = (told.get(field, "") for field in ("phone", "text_relay", "web"))
    if not (phone or web):
        wrong["phone"] = _("Enter a telephone number, or a website below")
    if phone and not _can_be_called(phone):
        wrong["phone"] = _sentences()["phone"]
    if relay and not _can_be_called(_without_prefix(relay)):
        wrong["text_relay"] = _sentences()["text_relay"]
    if web and leads_inward(_small_host(web)):
        wrong["web"] = _("Enter a website by its name: this address leads to one computer or into a private network")
    return wrong | _wrong_day(_day(told.get("reviewed_on", "")))


def _wrong_day(day: str) -> dict[str, str]:
    try:
        seen = date.fromisoformat(day) if day else date.min
    except ValueError:
        return {"reviewed_on": _sentences()["reviewed_on"]}
    return {"reviewed_on": _("This day is still to come")} if seen > today() else {}


def _can_be_called(number: str) -> bool:
    digits = len(number.replace(" ", "").removeprefix("+"))
    if number.startswith("+"):
        return digits in _ABROAD
    return digits in (_HOME if number.startswith("0") else _SHORT)


def _without_prefix(relay: str) -> str:
    prefix = next((prefix for prefix in _RELAYS if relay.startswith(prefix)), "")
    return relay.removeprefix(prefix).strip()


def _sentences() -> dict[str, str]:
    line = _("Write one line of up to 300 characters")
    welsh = dict.fromkeys(WELSH_TEXTS, line)
    return {
        "name": _("Enter the name of the service, in up to 80 characters"),
        "helps_with": _("Say what it helps with, in up to 300 characters"),
        "who_for": _("Say who it is for, in up to 300 characters"),
        "areas": line,
        "hours": line,
        **welsh,
        "name_cy": _("Write one line of up to 80 characters"),
        "category": _("Choose one of: %(names)s", names=", ".join(SupportCategory)),
        "phone": _("Enter a telephone number that people can call, such as 01632 960001 or 0800 1111"),
        "text_relay": _("Enter a number for text relay, such as 18001 01632 960001, or leave it empty"),
        "web": _("Enter an address that begins with https:// and a name, such as https://help.example.org"),
        "languages": _("Enter languages by their English names, with commas between them, such as English, Polish"),
        "crimes": _("Enter crimes with commas between them. There are: %(names)s", names=", ".join(OffenceGroup)),
        "free": _("Enter yes or no"),
        "anonymous": _("Enter yes or no"),
        "reviewed_on": _("Enter a day such as 31/3/2026 or 2026-03-31, or leave it empty"),
    }
