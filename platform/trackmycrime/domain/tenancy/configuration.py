"""The configuration of a force: one schema for its file, its settings pages and its history."""

import tomllib
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct, ValidationError, convert, to_builtins

from trackmycrime.domain.tenancy import brand, footer, helplines, retention, services, shape, units, wording_faults
from trackmycrime.domain.tenancy.brand import Brand
from trackmycrime.domain.tenancy.features import Feature, needs
from trackmycrime.domain.tenancy.footer import FooterLink
from trackmycrime.domain.tenancy.kinds import (
    Domain,
    LateHours,
    LineOrNone,
    Name,
    NameOrNone,
    NationalId,
    OffenceCode,
    OffenceGroup,
    Phone,
    Slug,
    UpdateInterval,
    Web,
    repeated,
)
from trackmycrime.domain.tenancy.places import placed
from trackmycrime.domain.tenancy.retention import Retention
from trackmycrime.domain.tenancy.services import SupportService
from trackmycrime.domain.tenancy.units import Routing
from trackmycrime.domain.tenancy.wording import Wording
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import WELSH, _

RESERVED_SLUGS = frozenset({"console", "mailbox", "www"})


class OfficerStyle(StrEnum):
    """How a victim sees the officer in their case."""

    NAME = "name"
    ROLE = "role"
    COLLAR_NUMBER = "collar_number"


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
    """Which offences victims are invited for, and which codes the force calls risky besides the common list.

    A code stands for its attempts and conspiracies too; what it says of itself goes before what its group says. `elsewhere` is
    what people are told whose crime cannot be followed.
    """

    tracked: tuple[OffenceGroup, ...] = tuple(OffenceGroup)
    tracked_codes: tuple[OffenceCode, ...] = ()
    untracked_codes: tuple[OffenceCode, ...] = ()
    extra_risky_codes: tuple[OffenceCode, ...] = ()
    elsewhere: LineOrNone = ""
    elsewhere_cy: LineOrNone = ""

    def follows(self, group: OffenceGroup, code: str) -> bool:
        """Say whether an offence can be followed online; of two codes that fit it, the longer one decides."""
        said = dict.fromkeys(self.tracked_codes, True) | dict.fromkeys(self.untracked_codes, False)
        fitting = max((one for one in said if code.startswith(one)), key=len, default="")
        return said[fitting] if fitting else group in self.tracked

    def elsewhere_in(self, language: str) -> str:
        """Return what people are told, in Welsh where Welsh is spoken and there is a Welsh text."""
        return (language == WELSH and self.elsewhere_cy) or self.elsewhere


class Configuration(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything a force decides about its own part of the service.

    `live` says whether victims can be invited; only a national operator changes it. With `activation_code_for_all` nobody is
    invited by the service itself: staff give everybody a code by another way (security.md, "Sign-in and registration").
    `support_hidden` names the national services that this force's directory leaves out.
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
    support_hidden: tuple[NationalId, ...] = ()
    records_late_hours: LateHours = 24
    contact: Contact
    brand: Brand
    features: Features
    offences: Offences
    routing: Routing
    retention: Retention = Retention()
    footer: tuple[FooterLink, ...] = ()
    support: tuple[SupportService, ...] = ()
    wording: tuple[Wording, ...] = ()

    def has(self, feature: Feature) -> bool:
        """Say whether the force has the feature."""
        enabled: bool = getattr(self.features, feature)
        return enabled

    def name_in(self, language: str) -> str:
        """Name the force in Welsh where Welsh is spoken and the force has a Welsh name, else in English."""
        return (language == WELSH and self.name_cy) or self.name


class ConfigurationError(Refusal):
    """A configuration that cannot be used: every problem, by the path of its setting, and all of them in one line.

    `sentences` say where in the file each stands.
    """

    status = 422

    def __init__(self, where: str, problems: dict[str, str], content: str = "") -> None:
        self.problems, self.sentences = problems, tuple(placed(content, problems).values())
        super().__init__(f"{where}: " + "; ".join(self.sentences))


def load(content: bytes, *, where: str) -> Configuration:
    """Read a force's TOML file; raise ConfigurationError with everything that is wrong in it, and where, in the reader's words.

    `where` is how the reader knows the file, such as tenants/kent/force.toml.
    """
    try:
        text = content.decode()
        table = tomllib.loads(text)
    except RecursionError as deep:
        raise ConfigurationError(where, {"": _("this is not a settings file: its lists go too deep")}) from deep
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ConfigurationError(where, {"": _("this is not a TOML file: %(fault)s", fault=fault)}) from fault
    found = shape.problems(Configuration, table)
    if found:
        raise ConfigurationError(where, found, text)
    configuration = convert(table, Configuration)
    if found := problems(configuration):
        raise ConfigurationError(where, found, text)
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
    table = to_builtins(configuration)
    if not _fits(table):  # what is wrong is then looked for setting by setting, which takes its time
        return shape.problems(Configuration, table)
    return dict(_rule_problems(configuration))


def _fits(table: object) -> bool:
    try:
        convert(table, Configuration)
    except ValidationError:
        return False
    return True


def _rule_problems(configuration: Configuration) -> Iterator[tuple[str, str]]:
    if configuration.slug in RESERVED_SLUGS:
        yield "slug", _("slug must not be %(slug)s: the service itself uses that address", slug=configuration.slug)
    if configuration.has(Feature.WELSH) and not configuration.name_cy:
        yield "name_cy", _("name_cy must give the force's Welsh name, because features.welsh is on")
    if not (configuration.contact.non_emergency or configuration.contact.web):
        yield "contact.web", _("contact.web must be given, because there is no contact.non_emergency number")
    yield from _feature_problems(configuration)
    yield from footer.problems(configuration.footer, welsh=configuration.has(Feature.WELSH))
    yield from services.problems(configuration.support)
    yield from units.problems(configuration.routing)
    yield from retention.problems(configuration.retention)
    yield from _hidden_problems(configuration.support_hidden)
    yield from repeated("offences.tracked", configuration.offences.tracked)
    yield from repeated("offences.extra_risky_codes", configuration.offences.extra_risky_codes)
    yield from repeated("offences.tracked_codes", configuration.offences.tracked_codes)
    yield from repeated(
        "offences.untracked_codes", (*configuration.offences.tracked_codes, *configuration.offences.untracked_codes)
    )
    yield from _contrast_problems(configuration.brand)
    yield from _wording_problems(configuration.wording)


def _feature_problems(configuration: Configuration) -> Iterator[tuple[str, str]]:
    for feature in Feature:
        needed = needs(feature)
        if needed and configuration.has(feature) and not configuration.has(needed):
            path = f"features.{feature}"
            yield path, _("%(path)s needs features.%(needed)s to be on as well", path=path, needed=needed)


def _hidden_problems(hidden: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from repeated("support_hidden", hidden)
    if unknown := [name for name in hidden if name not in helplines.ids()]:
        yield (
            "support_hidden",
            _("support_hidden must not name %(name)s: there is no such national service", name=unknown[0]),
        )
    if needed := [name for name in hidden if name in helplines.ALWAYS]:
        yield "support_hidden", _("support_hidden must not name %(name)s: no force may hide that", name=needed[0])


def _wording_problems(own: tuple[Wording, ...]) -> Iterator[tuple[str, str]]:
    yield from repeated("wording", [wording.key for wording in own])
    for position, wording in enumerate(own, start=1):
        for name, fault in wording_faults.of(wording).items():
            path = f"wording[{position}].{name}"
            yield path, f"{path}: {fault}"


def _contrast_problems(colours: Brand) -> Iterator[tuple[str, str]]:
    better = brand.suggest(colours)
    for pair in brand.failing(colours):
        path = f"brand.{pair.field}"
        sentence = _("%(path)s is too faint (%(label)s): %(better)s would do")
        yield path, sentence % {"path": path, "label": pair.label, "better": better[pair.field]}
