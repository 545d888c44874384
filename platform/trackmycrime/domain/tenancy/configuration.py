"""The configuration of a force: one schema for its file, its settings pages and its history."""

import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Self

from msgspec import Meta, Struct, convert, structs, to_builtins

from trackmycrime.domain.tenancy import brand, shape
from trackmycrime.domain.tenancy.brand import Brand
from trackmycrime.domain.tenancy.features import Feature, needs
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import WELSH, _

# What is printed in an email's headers and on pages: no line breaks, control or direction-changing characters.
_VISIBLE = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_SOLID = r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_TEXT = rf"{_SOLID}({_VISIBLE}*{_SOLID})?"
_PHONE = r"\+?[0-9]([0-9 ]{1,18}[0-9])?"
_HOST = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+"
_WEB = rf"https://{_HOST}(/[^\s\"<>\\]*)?"

Slug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]([a-z0-9-]{0,38}[a-z0-9])?\Z",
        description="the force's part of the address: small letters, digits and hyphens, such as avon-and-somerset",
    ),
]
Name = Annotated[str, Meta(pattern=rf"^{_TEXT}\Z", max_length=80, description="one line of up to 80 characters")]
NameOrNone = Annotated[
    str, Meta(pattern=rf"^({_TEXT})?\Z", max_length=80, description="one line of up to 80 characters, or empty")
]
Line = Annotated[str, Meta(pattern=rf"^{_TEXT}\Z", max_length=300, description="one line of up to 300 characters")]
LineOrNone = Annotated[
    str, Meta(pattern=rf"^({_TEXT})?\Z", max_length=300, description="one line of up to 300 characters, or empty")
]
Domain = Annotated[
    str,
    Meta(pattern=rf"^({_HOST})?\Z", max_length=253, description="a host name such as www.kent.police.uk, or empty"),
]
Web = Annotated[
    str,
    Meta(pattern=rf"^({_WEB})?\Z", max_length=500, description="an address that starts with https://, or empty"),
]
Phone = Annotated[
    str,
    Meta(pattern=rf"^({_PHONE})?\Z", description="a telephone number of digits and spaces such as 101, or empty"),
]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}\Z", description="a language code such as en, cy or pl")]
OffenceCode = Annotated[
    str, Meta(pattern=r"^[A-Z]{2}([0-9]{5}|[A-Z]{2}[0-9]{3})[A-Z]?\Z", description="an offence code such as TH68010")
]
UpdateInterval = Annotated[
    int, Meta(ge=1, le=28, description="a number of days from 1 to 28: a force may promise more, never less")
]
LateHours = Annotated[int, Meta(ge=1, le=240, description="a number of hours from 1 to 240")]
WorkingDays = Annotated[int, Meta(ge=1, le=20, description="a number of working days from 1 to 20")]
RESERVED_SLUGS = frozenset({"console", "mailbox", "www"})


class OfficerStyle(StrEnum):
    """How a victim sees the officer in their case."""

    NAME = "name"
    ROLE = "role"
    COLLAR_NUMBER = "collar_number"


class OffenceGroup(StrEnum):
    """A kind of crime in the words people use; a force tracks some of them, and each is risky to write about or not."""

    BURGLARY = "burglary"
    ROBBERY = "robbery"
    THEFT = "theft"
    SHOPLIFTING = "shoplifting"
    VEHICLE = "vehicle"
    BICYCLE = "bicycle"
    DAMAGE = "damage"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    STALKING = "stalking"
    THREATS = "threats"
    DOMESTIC = "domestic"
    HONOUR_BASED = "honour_based"
    EXPLOITATION = "exploitation"
    FRAUD = "fraud"
    PUBLIC_ORDER = "public_order"
    WEAPONS = "weapons"
    DRUGS = "drugs"
    DRIVING = "driving"
    OTHER = "other"


class Contact(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How to reach the force when it is not an emergency; a force without 101 gives its own number, or only `web`."""

    non_emergency: Phone = "101"
    text_relay: Phone = "18001 101"
    web: Web = ""


class Features(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One switch for each `Feature`, under the same name."""

    two_way_messaging: bool = False
    sms: bool = False
    property_page: bool = False
    property_submission: bool = False
    attachments: bool = False
    journey: bool = False
    welsh: bool = False
    self_service_reporting: bool = False
    next_on_duty: bool = False


class Offences(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which offences victims are invited for, and which codes the force calls risky besides the common list."""

    tracked: tuple[OffenceGroup, ...] = tuple(OffenceGroup)
    extra_risky_codes: tuple[OffenceCode, ...] = ()


class Routing(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who reads a victim's message first, and within how many working days most replies come."""

    contact_team: Name = "Contact Team"
    contact_team_cy: NameOrNone = ""
    reply_working_days: WorkingDays = 3

    def contact_team_in(self, language: str) -> str:
        """Name the team in Welsh where Welsh is spoken and there is a Welsh name, else in English."""
        return (language == WELSH and self.contact_team_cy) or self.contact_team


class SupportService(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A local service that helps victims, as its own people describe it; Welsh texts may be empty.

    `crimes` names what it helps after; empty means any crime.
    """

    name: Name
    name_cy: NameOrNone = ""
    helps_with: Line
    helps_with_cy: LineOrNone = ""
    who_for: Line
    who_for_cy: LineOrNone = ""
    phone: Phone = ""
    web: Web = ""
    hours: LineOrNone = ""
    hours_cy: LineOrNone = ""
    languages: tuple[Language, ...] = ("en",)
    free: bool = True
    anonymous: bool = False
    crimes: tuple[OffenceGroup, ...] = ()

    def in_language(self, language: str) -> Self:
        """Return the service with its Welsh texts where its English ones were, as far as it has any."""
        if language != WELSH:
            return self
        texts = ("name", "helps_with", "who_for", "hours")
        return structs.replace(self, **{text: getattr(self, text + "_cy") or getattr(self, text) for text in texts})


class Configuration(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything a force decides about its own part of the service.

    `live` says whether victims can be invited; only a national operator changes it. With `activation_code_for_all` nobody is
    invited by the service itself: staff give everybody a code by another way (security.md, "Sign-in and registration").
    When nothing came from the record system for `records_late_hours` of working days, its administrators are told.
    """

    slug: Slug
    name: Name
    name_cy: NameOrNone = ""
    domain: Domain = ""
    website: Web = ""
    from_name: Name
    live: bool = False
    officers: OfficerStyle = OfficerStyle.NAME
    update_interval_days: UpdateInterval = 28
    activation_code_for_all: bool = False
    records_late_hours: LateHours = 24
    contact: Contact
    brand: Brand
    features: Features
    offences: Offences
    routing: Routing
    support: tuple[SupportService, ...] = ()

    def has(self, feature: Feature) -> bool:
        """Say whether the force has the feature."""
        enabled: bool = getattr(self.features, feature)
        return enabled

    def name_in(self, language: str) -> str:
        """Name the force in Welsh where Welsh is spoken and the force has a Welsh name, else in English."""
        return (language == WELSH and self.name_cy) or self.name


class ConfigurationError(Refusal):
    """A configuration that cannot be used: every problem, by the path of its setting, in one line."""

    status = 422

    def __init__(self, where: str, problems: dict[str, str]) -> None:
        super().__init__(f"{where}: " + "; ".join(problems.values()))
        self.problems = problems


def load(content: bytes, *, where: str) -> Configuration:
    """Read a force's TOML file; raise ConfigurationError with everything that is wrong in it, in the reader's words.

    `where` is how the reader knows the file, such as tenants/kent/force.toml.
    """
    try:
        table = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ConfigurationError(where, {"": _("this is not a TOML file: %(fault)s", fault=fault)}) from fault
    found = shape.problems(Configuration, table)
    if found:
        raise ConfigurationError(where, found)
    configuration = convert(table, Configuration)
    require_sound(configuration, where=where)
    return configuration


def require_sound(configuration: Configuration, *, where: str) -> None:
    """Raise ConfigurationError unless the configuration may be published."""
    found = problems(configuration)
    if found:
        raise ConfigurationError(where, found)


def problems(configuration: Configuration) -> dict[str, str]:
    """Return what keeps a configuration from being published: a sentence for each setting, by its path.

    Items of a list are counted from one: `support[2].phone` belongs to the second service.
    """
    return shape.problems(Configuration, to_builtins(configuration)) or dict(_rule_problems(configuration))


def _rule_problems(configuration: Configuration) -> Iterator[tuple[str, str]]:
    if configuration.slug in RESERVED_SLUGS:
        yield "slug", _("slug must not be %(slug)s: the service itself uses that address", slug=configuration.slug)
    if configuration.has(Feature.WELSH) and not configuration.name_cy:
        yield "name_cy", _("name_cy must give the force's Welsh name, because features.welsh is on")
    if not (configuration.contact.non_emergency or configuration.contact.web):
        yield "contact.web", _("contact.web must be given, because there is no contact.non_emergency number")
    yield from _feature_problems(configuration)
    yield from _support_problems(configuration.support)
    yield from _repeated("offences.tracked", configuration.offences.tracked)
    yield from _repeated("offences.extra_risky_codes", configuration.offences.extra_risky_codes)
    yield from _contrast_problems(configuration.brand)


def _feature_problems(configuration: Configuration) -> Iterator[tuple[str, str]]:
    for feature in Feature:
        needed = needs(feature)
        if needed and configuration.has(feature) and not configuration.has(needed):
            path = f"features.{feature}"
            yield path, _("%(path)s needs features.%(needed)s to be on as well", path=path, needed=needed)


def _support_problems(support: tuple[SupportService, ...]) -> Iterator[tuple[str, str]]:
    yield from _repeated("support", [service.name for service in support])
    for position, service in enumerate(support, start=1):
        path = f"support[{position}].phone"
        if not (service.phone or service.web):
            yield path, _("%(path)s must be given, because %(name)s has no web", path=path, name=service.name)


def _repeated(path: str, items: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    twice = [item for item in items if item in seen or seen.add(item)]
    if twice:
        yield path, _("%(path)s must name %(item)s only once", path=path, item=twice[0])


def _contrast_problems(colours: Brand) -> Iterator[tuple[str, str]]:
    better = brand.suggest(colours)
    for pair in brand.failing(colours):
        path = f"brand.{pair.field}"
        sentence = _("%(path)s is too faint (%(label)s): %(better)s would do")
        yield path, sentence % {"path": path, "label": pair.label, "better": better[pair.field]}
