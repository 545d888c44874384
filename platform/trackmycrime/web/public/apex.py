"""The national front page: what the service is, and where a person finds their own force."""

from collections.abc import Iterator, Sequence

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.types import ControllerRouterHandler
from msgspec import Struct, structs

from trackmycrime.domain.tenancy import files
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.registry import Force, Registry
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import WELSH, _, language
from trackmycrime.web.common import answers, frames
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.frame import Frame, Link
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

_LONGEST_SEARCH = 100


class ForceLine(Struct, frozen=True):
    """A force: `site` where victims can use the service, else its `phone`, else its `website`; "" for none.

    `other_name` is its name in the other language, which is `other_language`.
    """

    name: str
    other_name: str
    other_language: str
    site: str
    phone: str
    website: str


class FrontPage(Struct, frozen=True):
    """What was searched for, and the forces that fit: those that use the service first."""

    q: str
    using: tuple[ForceLine, ...]
    others: tuple[ForceLine, ...]


class Statement(Struct, frozen=True):
    """A page of plain text."""

    heading: str
    paragraphs: tuple[str, ...]


@get("/", opt={"permission": Permission.PUBLIC})
async def front(visit: NamedDependency[Visit], registry: NamedDependency[Registry], q: FromQuery[str] = "") -> Page:
    """Show the forces, or those whose name fits the search."""
    asked = q.strip()[:_LONGEST_SEARCH]
    lines = sorted(_lines(await registry.all(), asked), key=lambda line: line.name)
    page = FrontPage(
        q=asked,
        using=tuple(line for line in lines if line.site),
        others=tuple(line for line in lines if not line.site),
    )
    return answers.page("public/apex/front.html", _frame(visit), page=page)


@get("/help", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
def help_page(visit: NamedDependency[Visit]) -> Page:
    """Say whom to turn to."""
    return _stated(
        visit,
        _("Help"),
        _("In an emergency call 999. If you cannot speak, press 55 when you are asked to."),
        _("To report a crime, or to ask about one, call 101 or use the website of your local police force."),
        _("To follow your crime, use the link in the email or text that your police force sent you."),
        _("If you have lost your invitation, ask your police force for a new one. We cannot see your case."),
    )


@get("/privacy", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
def privacy(visit: NamedDependency[Visit]) -> Page:
    """Say what this page keeps of its readers: nothing."""
    return _stated(
        visit,
        _("Privacy"),
        _("This page sets no cookies and keeps nothing about you. What you search for is not recorded."),
        _("Each police force is responsible for what is kept on its own site, and says there how it is used."),
    )


@get("/accessibility", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
def accessibility(visit: NamedDependency[Visit]) -> Page:
    """Say how well these pages can be used."""
    return _stated(
        visit,
        _("Accessibility statement"),
        _("These pages work with a keyboard, with a screen reader, without scripts, and on a narrow screen."),
        _("We test every page automatically against WCAG 2.2 AA. Automatic tests do not find everything."),
        _("If something does not work for you, tell your local police force on 101, or on 18001 101 by text relay."),
    )


def _stated(visit: Visit, heading: str, *paragraphs: str) -> Page:
    return answers.page("public/apex/statement.html", _frame(visit), page=Statement(heading, paragraphs))


def _frame(visit: Visit) -> Frame:
    pages = ((_("Help"), "/help"), (_("Privacy"), "/privacy"), (_("Accessibility statement"), "/accessibility"))
    return structs.replace(frames.frame(visit), footer=tuple(Link(text, href) for text, href in pages))


def _lines(forces: Sequence[Force], asked: str) -> Iterator[ForceLine]:
    on_board = {force.ref.slug: force for force in forces}
    wanted = fold(asked)
    for slug in files.known().keys() | on_board.keys():
        force = on_board.get(slug)
        published = force.configuration if force else files.known()[slug]
        if any(wanted in fold(name) for name in (published.name, published.name_cy, slug)):
            yield _line(published, force.ref.origin if force and published.live else "")


def _line(published: Configuration, site: str) -> ForceLine:
    own = published.name_in(language())
    other = published.name if own == published.name_cy else published.name_cy
    return ForceLine(
        name=own,
        other_name=other if other != own else "",
        other_language="en" if language() == WELSH else WELSH,
        site=site,
        phone=published.contact.non_emergency,
        website=published.website or published.contact.web,
    )


apex_routes: list[ControllerRouterHandler] = [front, help_page, privacy, accessibility]
