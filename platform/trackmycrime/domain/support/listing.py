"""All services that a force's directory lists, made ready once for each publication: there may be thousands of them."""

import hashlib
from collections.abc import Mapping

from msgspec import Struct

from trackmycrime.domain.cases import offences
from trackmycrime.domain.support import national
from trackmycrime.domain.support.national import NationalService
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.services import SupportCategory, SupportService
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import language

_RELAY = "18001"  # what Relay UK asks people to dial before a number


class Service(Struct, frozen=True):
    """A service as people see it; an empty field is not known. `languages` are codes.

    `key` names the service in an address without saying what it is, and `told` is all that it says of itself, folded.
    """

    key: str
    name: str
    helps_with: str
    who_for: str
    category: SupportCategory
    areas: str
    phone: str
    text_relay: str
    web: str
    hours: str
    languages: tuple[str, ...]
    free: bool
    anonymous: bool
    crimes: tuple[OffenceGroup, ...]
    told: str


class Listing(Struct, frozen=True):
    """The services of a force's directory in one language, in their order, and what they have to do with."""

    local: tuple[Service, ...]
    national: tuple[Service, ...]
    by_key: Mapping[str, Service]
    crimes: frozenset[OffenceGroup]
    categories: tuple[SupportCategory, ...]


# One for each force and language, beside the configuration it was made of.
_kept: dict[tuple[str, str], tuple[Configuration, Listing]] = {}


def of(configuration: Configuration) -> Listing:
    """Return what a published configuration lists, in the language of the moment."""
    name = configuration.slug, language()
    known = _kept.get(name)
    if known is None or known[0] is not configuration:  # to compare them would cost as much as to make it
        known = _kept[name] = configuration, _made(configuration)
    return known[1]


def _made(configuration: Configuration) -> Listing:
    local = tuple(_own(service.in_language(language()), service.name) for service in configuration.support)
    everywhere = tuple(map(_everywhere, national.shown_by(configuration)))
    every = (*local, *everywhere)
    given = {one.category for one in every}
    return Listing(
        local,
        everywhere,
        {one.key: one for one in reversed(every)},
        frozenset(crime for one in every for crime in one.crimes),
        tuple(category for category in SupportCategory if category in given),
    )


def _own(service: SupportService, name: str) -> Service:
    return Service(
        _key(name, service.web),
        service.name,
        service.helps_with,
        service.who_for,
        service.category,
        service.areas,
        service.phone,
        service.text_relay or _relay(service.phone),
        service.web,
        service.hours,
        service.languages,
        service.free,
        service.anonymous,
        service.crimes,
        _told(service.crimes, service.name, service.helps_with, service.who_for, service.areas),
    )


def _everywhere(service: NationalService) -> Service:
    return Service(
        _key(service.name, service.web),
        service.name,
        service.helps_with,
        service.who_for,
        service.category,
        "",
        service.phone,
        _relay(service.phone),
        service.web,
        service.hours,
        (),
        service.free,
        anonymous=False,
        crimes=service.crimes,
        told=_told(service.crimes, service.name, service.helps_with, service.who_for),
    )


def _told(crimes: tuple[OffenceGroup, ...], *texts: str) -> str:
    return fold(" ".join((*texts, *map(offences.plain, crimes))))


def _relay(phone: str) -> str:
    return f"{_RELAY} {phone}" if phone else ""


def _key(name: str, web: str) -> str:
    return hashlib.sha256(f"{name}\n{web}".encode()).hexdigest()[:12]
