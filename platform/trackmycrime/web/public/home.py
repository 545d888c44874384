"""A force's start page: what this is, and the way in."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.wording import Told
from trackmycrime.kit.actor import Kind
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class HomePage(Struct, frozen=True):
    """All that the page shows."""

    intro: Told
    phone: str
    web: str
    can_write: bool
    property_page: bool


@get("/", opt={"permission": Permission.PUBLIC})
async def home(visit: NamedDependency[Visit]) -> Page | Redirect:
    """Show what this is; whoever is signed in goes on to their own page."""
    if visit.actor.kind is Kind.VICTIM:
        return go("/messages")
    if visit.actor.kind is Kind.STAFF:
        return go("/admin" if visit.actor.role == "admin" else "/staff")
    site = visit.site
    shown = HomePage(
        site.told("page.start"),
        frames.phone(visit),
        site.configuration.contact.web or site.configuration.website,
        site.has(Feature.TWO_WAY_MESSAGING),
        site.has(Feature.PROPERTY_PAGE),
    )
    return page("public/home/index.html", frames.frame(visit), page=shown)
