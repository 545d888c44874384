"""The support directory of a force: its own services first, then the national ones."""

from msgspec import Struct

from trackmycrime.domain.cases import offences
from trackmycrime.domain.support import listing
from trackmycrime.domain.support.listing import Service
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.services import SupportCategory
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _

PAGE = 30  # services on one page
_SHORTEST_WORD = 3


class Asked(Struct, frozen=True):
    """What somebody looks for: help after a crime, of one sort, that speaks of words; nothing asks for all there is.

    What helps after `first` stands before what helps after any crime.
    """

    crime: OffenceGroup | None = None
    category: SupportCategory | None = None
    words: str = ""
    first: OffenceGroup | None = None


class Directory(Struct, frozen=True):
    """A page of the services that fit: the force's own, and then those that help everywhere. `found` are all that fit."""

    local: tuple[Service, ...]
    national: tuple[Service, ...]
    found: int

    @property
    def pages(self) -> int:
        """How many pages there are; without any service, one."""
        return max(1, -(-self.found // PAGE))


def services(configuration: Configuration, asked: Asked | None = None, *, page: int = 1) -> Directory:
    """Return a page, counted from 1, of the services that fit what is asked for.

    A service speaks of words when all the longer ones are in what it says of itself, or when they name a crime it helps
    after.
    """
    wanted, own = asked or Asked(), listing.of(configuration)
    local, national = _fitting(own.local, wanted), _fitting(own.national, wanted)
    start = (page - 1) * PAGE
    after = max(0, start - len(local)), max(0, start + PAGE - len(local))
    return Directory(local[start : start + PAGE], national[slice(*after)], len(local) + len(national))


def crimes(configuration: Configuration) -> tuple[OffenceGroup, ...]:
    """Return what may be asked for: the crimes that the force tracks, and those that a listed service helps after."""
    named = listing.of(configuration).crimes
    return tuple(crime for crime in OffenceGroup if crime in named or crime in configuration.offences.tracked)


def categories(configuration: Configuration) -> tuple[SupportCategory, ...]:
    """Return the sorts of help that a listed service gives."""
    return listing.of(configuration).categories


def starting_with(followed: str) -> OffenceGroup | None:
    """Return the crime whose services may quietly stand first for the victim of a crime of this group.

    None for every risky group: what stands at the top of a page must not tell whoever looks over a shoulder what
    happened, so these victims see what everybody sees.
    """
    crime = OffenceGroup(followed)
    return None if offences.group_is_risky(crime) else crime


def with_site(configuration: Configuration, key: str) -> Service:
    """Return the service of this key that has a site of its own; NotFound where this force's directory has none."""
    service = listing.of(configuration).by_key.get(key)
    if service is None or not service.web:
        raise NotFound(_("Page not found"))
    return service


def _fitting(services: tuple[Service, ...], asked: Asked) -> tuple[Service, ...]:
    found = services
    if asked.crime or asked.category or asked.words:
        wanted = [fold(word) for word in asked.words.split() if len(fold(word)) >= _SHORTEST_WORD]
        named = offences.group("", asked.words) if asked.words else None
        found = tuple(one for one in services if _is_of(one, asked) and _speaks_of(one, wanted, named))
    first = asked.crime or asked.first
    if first is None:
        return found
    return (*(one for one in found if first in one.crimes), *(one for one in found if first not in one.crimes))


def _is_of(service: Service, asked: Asked) -> bool:
    helps = asked.crime is None or not service.crimes or asked.crime in service.crimes
    return helps and asked.category in {None, service.category}


def _speaks_of(service: Service, wanted: list[str], named: OffenceGroup | None) -> bool:
    return all(word in service.told for word in wanted) or named in service.crimes
