"""Support and advice: open to those who are signed out too."""

from collections.abc import Mapping, Sequence
from typing import cast
from urllib.parse import urlencode

from babel import Locale
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from trackmycrime.domain.cases import offences
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.support import directory, sorts
from trackmycrime.domain.support.directory import Asked
from trackmycrime.domain.support.listing import Service
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.services import SupportCategory
from trackmycrime.domain.tenancy.wording import Told
from trackmycrime.kit.words import _, language
from trackmycrime.web.common import answers, frames
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

_LONGEST_SEARCH = 100
# What happened goes into the address as a number: an address stays in the browser's history, where words would tell.
_NUMBERS = {str(number): crime for number, crime in enumerate(OffenceGroup, start=1)}
_KINDS = {str(number): category for number, category in enumerate(SupportCategory, start=1)}
_LONGEST_NUMBER = 4  # digits


class ServiceCard(Struct, frozen=True):
    """A service; an empty text is not shown. `site` is the address of its own site in words."""

    name: str
    helps_with: str
    who_for: str
    areas: str
    phone: str
    phone_href: str
    relay: str
    relay_href: str
    site: str
    site_href: str
    hours: str
    languages: str
    free: bool
    anonymous: bool


class SupportPage(Struct, frozen=True):
    """What was asked for, and a page of the services that fit, of which there are `found`.

    `topics` and `kinds` are pairs of a number and of a crime, or a sort of help, in words; an address is "" where there is
    no page before or after.
    """

    force: str
    intro: Told
    phone: str
    values: dict[str, str]
    topics: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    asked: bool
    found: int
    number: int
    pages: int
    earlier_href: str
    later_href: str
    local: tuple[ServiceCard, ...]
    national: tuple[ServiceCard, ...]


class SitePage(Struct, frozen=True):
    """The page before a service's own site."""

    name: str
    site: str
    address: str
    phone: str
    phone_href: str


@get("/support", opt={"permission": Permission.PUBLIC})
async def support(
    visit: NamedDependency[Visit],
    q: FromQuery[str] = "",
    topic: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    page: FromQuery[str] = "",
) -> Page:
    """Show the services of the area, then the national ones, or those that fit what was asked for."""
    values = {"q": q.strip()[:_LONGEST_SEARCH], "topic": _known(topic, _NUMBERS), "kind": _known(kind, _KINDS)}
    configuration = visit.site.configuration
    asked = Asked(_NUMBERS.get(topic), _KINDS.get(kind), values["q"], _first(visit))
    number = _number(page)
    found = directory.services(configuration, asked, page=number)
    if number > found.pages:
        number, found = found.pages, directory.services(configuration, asked, page=found.pages)
    shown = SupportPage(
        force=visit.site.name,
        intro=visit.site.told("page.support"),
        phone=frames.phone(visit),
        values=values,
        topics=_topics(directory.crimes(configuration)),
        kinds=_kinds(directory.categories(configuration)),
        asked=any(values.values()),
        found=found.found,
        number=number,
        pages=found.pages,
        earlier_href=_address(values, number - 1) if number > 1 else "",
        later_href=_address(values, number + 1) if number < found.pages else "",
        local=_cards(found.local),
        national=_cards(found.national),
    )
    return answers.page("public/support/index.html", frames.of_support(visit, "/support"), page=shown)


@get("/support/sites/{key:str}", opt={"permission": Permission.PUBLIC})
async def support_site(visit: NamedDependency[Visit], key: FromPath[str]) -> Page:
    """Warn before a service's own site: a visit to it stays in the browser's history, and our exit does not reach it."""
    service = directory.with_site(visit.site.configuration, key)
    shown = SitePage(service.name, _site(service.web), service.web, service.phone, _tel(service.phone))
    return answers.page("public/support/site.html", frames.of_support(visit, "/support"), page=shown)


def _known(number: str, names: Mapping[str, object]) -> str:
    return number if number in names else ""


def _number(text: str) -> int:
    told = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return max(1, int(text)) if told else 1


def _address(values: Mapping[str, str], number: int) -> str:
    """Return the address of another page of the same search."""
    return "/support?" + urlencode({name: value for name, value in {**values, "page": number}.items() if value})


def _first(visit: Visit) -> OffenceGroup | None:
    followed = visit.session.followed if isinstance(visit.session, Session) else None
    return directory.starting_with(followed.offence_group) if followed else None


def _topics(crimes: Sequence[OffenceGroup]) -> tuple[tuple[str, str], ...]:
    named = sorted((offences.plain(crime), number) for number, crime in _NUMBERS.items() if crime in crimes)
    return (("", _("Anything")), *((number, name) for name, number in named))


def _kinds(categories: Sequence[SupportCategory]) -> tuple[tuple[str, str], ...]:
    named = sorts.named()
    return (("", _("Any help")), *((number, named[kind]) for number, kind in _KINDS.items() if kind in categories))


def _cards(services: Sequence[Service]) -> tuple[ServiceCard, ...]:
    return tuple(map(_card, services))


def _card(service: Service) -> ServiceCard:
    return ServiceCard(
        name=service.name,
        helps_with=service.helps_with,
        who_for=service.who_for,
        areas=service.areas,
        phone=service.phone,
        phone_href=_tel(service.phone),
        relay=service.text_relay,
        relay_href=_tel(service.text_relay),
        site=_site(service.web),
        site_href=f"/support/sites/{service.key}" if service.web else "",
        hours=service.hours,
        languages=_languages(service.languages),
        free=service.free,
        anonymous=service.anonymous,
    )


def _tel(number: str) -> str:
    return f"tel:{number.replace(' ', '')}" if number else ""


def _site(address: str) -> str:
    return address.removeprefix("https://").rstrip("/")


def _languages(codes: Sequence[str]) -> str:
    """Name languages in the reader's own; English alone goes without saying."""
    if not set(codes) - {"en"}:
        return ""
    names = cast("Mapping[str, str]", Locale.parse(language()).languages)
    return ", ".join(names.get(code, code) for code in codes)
