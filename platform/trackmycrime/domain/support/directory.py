"""The support directory of a force: its own services first, then the national ones."""

from msgspec import Struct

from trackmycrime.domain.support.national import directory as national
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit.words import language


class Service(Struct, frozen=True):
    """A service as the page shows it; an empty field is not shown."""

    name: str
    helps_with: str
    who_for: str
    phone: str
    web: str
    hours: str


def local(configuration: Configuration) -> list[Service]:
    """Return the force's own services, in the language of the moment."""
    own = [service.in_language(language()) for service in configuration.support]
    return [Service(s.name, s.helps_with, s.who_for, s.phone, s.web, s.hours) for s in own]


def everywhere() -> list[Service]:
    """Return the services that help everywhere in England and Wales."""
    return [Service(s.name, s.helps_with, s.who_for, s.phone, s.web, s.hours) for s in national()]
