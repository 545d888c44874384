"""A local service of the support directory, as the configuration of a force has it."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

from msgspec import Struct, structs

from trackmycrime.domain.tenancy.kinds import (
    DayOrNone,
    Language,
    Line,
    LineOrNone,
    Name,
    NameOrNone,
    OffenceGroup,
    Phone,
    Web,
    repeated,
)
from trackmycrime.kit.words import WELSH, _

# Names that mean something else inside every network: special use (RFC 6761, 6762, 8375, 9476) and what routers and offices use.
_INWARD = frozenset(
    {"local", "localhost", "internal", "lan", "home", "corp", "intranet", "private", "arpa", "alt", "onion"}
)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # browsers read a host whose last part is one as an address of a computer
_IN_BOTH = ("name", "helps_with", "who_for", "areas", "hours")


class SupportCategory(StrEnum):
    """What sort of help it is: people look for one sort of help among many services."""

    LISTENING = "listening"
    SAFETY = "safety"
    PRACTICAL = "practical"
    HOUSING = "housing"
    MONEY = "money"
    COURT = "court"
    HEALTH = "health"
    CHILDREN = "children"
    OTHER = "other"


class SupportService(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A local service that helps victims, as its own people describe it; Welsh texts may be empty.

    `crimes` names what it helps after; empty means any crime. Without `areas` it helps in the whole area of the force;
    without a `text_relay` number of its own, 18001 before its telephone number is. `reviewed_on` is the day on which somebody
    last made sure that all of it is right; empty means never.
    """

    name: Name
    name_cy: NameOrNone = ""
    helps_with: Line
    helps_with_cy: LineOrNone = ""
    who_for: Line
    who_for_cy: LineOrNone = ""
    category: SupportCategory = SupportCategory.OTHER
    areas: LineOrNone = ""
    areas_cy: LineOrNone = ""
    phone: Phone = ""
    text_relay: Phone = ""
    web: Web = ""
    hours: LineOrNone = ""
    hours_cy: LineOrNone = ""
    languages: tuple[Language, ...] = ("en",)
    free: bool = True
    anonymous: bool = False
    crimes: tuple[OffenceGroup, ...] = ()
    reviewed_on: DayOrNone = ""

    def in_language(self, language: str) -> Self:
        """Return the service with its Welsh texts where its English ones were, as far as it has any."""
        if language != WELSH:
            return self
        return structs.replace(self, **{text: getattr(self, text + "_cy") or getattr(self, text) for text in _IN_BOTH})


def problems(support: tuple[SupportService, ...]) -> Iterator[tuple[str, str]]:
    """Yield what keeps services from being published, by the path of the setting."""
    yield from repeated("support", [service.name for service in support])
    for position, service in enumerate(support, start=1):
        path = f"support[{position}]"
        if not (service.phone or service.web):
            at = f"{path}.phone"
            yield at, _("%(path)s must be given, because %(name)s has no web", path=at, name=service.name)
        if service.web and leads_inward(service.web):
            at = f"{path}.web"
            yield at, _("%(path)s must be the address of a website that everybody can reach", path=at)
        if service.reviewed_on and not is_day(service.reviewed_on):
            at = f"{path}.reviewed_on"
            yield at, _("%(path)s must be a day that there is, such as 2026-03-31", path=at)


def leads_inward(address: str) -> bool:
    """Say whether an address leads to a computer by its number, or to a name that is only known inside a network."""
    last = (urlsplit(address).hostname or "").rpartition(".")[2]
    return last in _INWARD or _NUMBER.fullmatch(last) is not None


def is_day(text: str) -> bool:
    """Say whether there is such a day."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
