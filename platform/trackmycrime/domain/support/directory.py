"""The support directory of a force: its own services first, then the national ones."""

import hashlib
from collections.abc import Iterable

from msgspec import Struct

from trackmycrime.domain.cases import offences
from trackmycrime.domain.support.national import NationalService
from trackmycrime.domain.support.national import directory as national
from trackmycrime.domain.tenancy.configuration import Configuration, OffenceGroup, SupportService
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _, language

_RELAY = "18001"  # what Relay UK asks people to dial before a number
_SHORTEST_WORD = 3


class Service(Struct, frozen=True):
    """A service as people see it; an empty field is not known. `languages` are codes.

    `key` names the service in an address without saying what it is.
    """

    key: str
    name: str
    helps_with: str
    who_for: str
    phone: str
    web: str
    hours: str
    languages: tuple[str, ...]
    free: bool
    anonymous: bool
    crimes: tuple[OffenceGroup, ...]

    @property
    def text_relay(self) -> str:
        """The number for a call by text relay; empty where there is no number."""
        return f"{_RELAY} {self.phone}" if self.phone else ""


class Directory(Struct, frozen=True):
    """The services that fit: the force's own, and those that help everywhere."""

    local: tuple[Service, ...]
    national: tuple[Service, ...]

    @property
    def found(self) -> int:
        """How many there are."""
        return len(self.local) + len(self.national)


def services(
    configuration: Configuration,
    *,
    crime: OffenceGroup | None = None,
    words: str = "",
    first: OffenceGroup | None = None,
) -> Directory:
    """Return the services that help after `crime` and speak of `words`; without either, all of them.

    A service speaks of words when all the longer ones are in what it says of itself, or when they name a crime it helps
    after. What helps after this crime, or after `first`, stands before what helps after any.
    """
    local, everywhere = (
        [service for service in listed if _helps_after(service, crime) and _speaks_of(service, words)]
        for listed in (_local(configuration), _national())
    )
    return Directory(_in_order(local, crime or first), _in_order(everywhere, crime or first))


def crimes(configuration: Configuration) -> tuple[OffenceGroup, ...]:
    """Return what may be asked for: the crimes that the force tracks, and those that a listed service helps after."""
    named = {crime for service in (*configuration.support, *national()) for crime in service.crimes}
    return tuple(crime for crime in OffenceGroup if crime in named or crime in configuration.offences.tracked)


def starting_with(followed: str) -> OffenceGroup | None:
    """Return the crime whose services may quietly stand first for the victim of a crime of this group.

    None for every risky group: what stands at the top of a page must not tell whoever looks over a shoulder what
    happened, so these victims see what everybody sees.
    """
    crime = OffenceGroup(followed)
    return None if offences.group_is_risky(crime) else crime


def with_site(configuration: Configuration, key: str) -> Service:
    """Return the service of this key that has a site of its own; NotFound where this force's directory has none."""
    for service in (*_local(configuration), *_national()):
        if service.key == key and service.web:
            return service
    raise NotFound(_("Page not found"))


def _in_order(services: list[Service], first: OffenceGroup | None) -> tuple[Service, ...]:
    return tuple(sorted(services, key=lambda service: first not in service.crimes))


def _helps_after(service: Service, crime: OffenceGroup | None) -> bool:
    return crime is None or not service.crimes or crime in service.crimes


def _speaks_of(service: Service, words: str) -> bool:
    wanted = [fold(word) for word in words.split() if len(fold(word)) >= _SHORTEST_WORD]
    named = " ".join(offences.plain(crime) for crime in service.crimes)
    told = fold(f"{service.name} {service.helps_with} {service.who_for} {named}")
    return all(word in told for word in wanted) or offences.group("", words) in service.crimes


def _local(configuration: Configuration) -> Iterable[Service]:
    return (_own(service.in_language(language()), service.name) for service in configuration.support)


def _own(service: SupportService, name: str) -> Service:
    return Service(
        _key(name, service.web),
        service.name,
        service.helps_with,
        service.who_for,
        service.phone,
        service.web,
        service.hours,
        service.languages,
        service.free,
        service.anonymous,
        service.crimes,
    )


def _national() -> Iterable[Service]:
    return (_everywhere(service) for service in national())


def _everywhere(service: NationalService) -> Service:
    return Service(
        _key(service.name, service.web),
        service.name,
        service.helps_with,
        service.who_for,
        service.phone,
        service.web,
        service.hours,
        (),
        service.free,
        anonymous=False,
        crimes=service.crimes,
    )


def _key(name: str, web: str) -> str:
    return hashlib.sha256(f"{name}\n{web}".encode()).hexdigest()[:12]
