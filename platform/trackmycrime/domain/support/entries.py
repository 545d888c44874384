"""The services of a force's own as its administrators keep them: their order, what is added and taken away, and what is due.

Each function returns a configuration with a change in it: it is saved as a draft, reviewed and published like any setting.
"""

import hashlib
from collections.abc import Callable, Iterable

from msgspec import Struct, structs

from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.services import SupportService
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.time import today
from trackmycrime.kit.words import _

PAGE = 50
MOST = 10_000  # services: some twenty times what the largest force is known to need
_YEARS = 1  # after which somebody has to look at a service again


class Entry(Struct, frozen=True):
    """A service and its place in the list, counted from one."""

    place: int
    service: SupportService


class Entries(Struct, frozen=True):
    """A page of the services that fit, of which there are `found`; `all` and `due` count the whole list."""

    entries: tuple[Entry, ...]
    found: int
    pages: int
    number: int
    all: int
    due: int


def listed(configuration: Configuration, *, words: str = "", only_due: bool = False, number: int = 1) -> Entries:
    """Return a page, counted from 1, of the services that have these words, in the order that victims see.

    With `only_due`, of those that somebody has to look at again.
    """
    wanted, support, last = [fold(word) for word in words.split()], configuration.support, last_due()
    fitting = [
        Entry(place, service)
        for place, service in enumerate(support, start=1)
        if _has(service, wanted) and (not only_due or service.reviewed_on <= last)
    ]
    pages = max(1, -(-len(fitting) // PAGE))
    shown = min(number, pages)
    part = tuple(fitting[(shown - 1) * PAGE : shown * PAGE])
    return Entries(part, len(fitting), pages, shown, len(support), due(configuration))


def _has(service: SupportService, wanted: list[str]) -> bool:
    if not wanted:
        return True
    told = fold(
        f"{service.name} {service.name_cy} {service.helps_with} {service.who_for} {service.areas} {service.phone}"
    )
    return all(word in told for word in wanted)


def last_due() -> str:
    """Return the day, a year ago: what nobody has looked at since then, or ever, has to be looked at again."""
    now = today()
    leap = (now.month, now.day) == (2, 29)
    return now.replace(year=now.year - _YEARS, day=28 if leap else now.day).isoformat()


def due(configuration: Configuration) -> int:
    """Count the services that somebody has to look at again."""
    last = last_due()
    return sum(1 for service in configuration.support if service.reviewed_on <= last)


def key(service: SupportService) -> str:
    """Name a service in an address without saying what it is."""
    return hashlib.sha256(service.name.encode()).hexdigest()[:12]


def find(configuration: Configuration, wanted: str) -> Entry:
    """Return the service of this key. Raises NotFound."""
    found = enumerate(configuration.support, start=1)
    entry = next((Entry(place, service) for place, service in found if key(service) == wanted), None)
    if entry is None:
        raise NotFound(_("Page not found"))
    return entry


def added(configuration: Configuration, service: SupportService) -> Configuration:
    """Return the list with a new service at its end. Raises Invalid for a name that is taken, and when the list is full."""
    _require_new(service, configuration.support)
    if len(configuration.support) >= MOST:
        raise Invalid({"name": _("The list is full: it takes %(number)s services", number=MOST)})
    return structs.replace(configuration, support=(*configuration.support, service))


def changed(configuration: Configuration, wanted: str, service: SupportService) -> Configuration:
    """Return the list with a service in the place of the one of this key. Raises NotFound, and Invalid as `added` does."""
    place = find(configuration, wanted).place
    before, after = configuration.support[: place - 1], configuration.support[place:]
    _require_new(service, (*before, *after))
    return structs.replace(configuration, support=(*before, service, *after))


def removed(configuration: Configuration, wanted: str) -> Configuration:
    """Return the list without the service of this key. Raises NotFound."""
    place = find(configuration, wanted).place
    support = configuration.support
    return structs.replace(configuration, support=(*support[: place - 1], *support[place:]))


def placed(configuration: Configuration, wanted: str, place: int) -> Configuration:
    """Return the list with the service of this key at a place: past either end means there. Raises NotFound."""
    entry = find(configuration, wanted)
    rest = list(removed(configuration, wanted).support)
    rest.insert(max(0, place - 1), entry.service)
    return structs.replace(configuration, support=tuple(rest))


def looked_at(configuration: Configuration, wanted: str) -> Configuration:
    """Return the list with today as the day on which the service of this key was made sure of. Raises NotFound."""
    service = find(configuration, wanted).service
    return _each(configuration, lambda one: _seen(one) if one is service else one)


def all_looked_at(configuration: Configuration) -> Configuration:
    """Return the list with today as the day on which all of it was made sure of."""
    return _each(configuration, _seen)


def _each(configuration: Configuration, change: Callable[[SupportService], SupportService]) -> Configuration:
    return structs.replace(configuration, support=tuple(map(change, configuration.support)))


def _seen(service: SupportService) -> SupportService:
    return structs.replace(service, reviewed_on=today().isoformat())


def _require_new(service: SupportService, others: Iterable[SupportService]) -> None:
    name = service.name.casefold()
    if any(other.name.casefold() == name for other in others):
        raise Invalid({"name": _("There is a service of this name already")})
