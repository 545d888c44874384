"""Safety, privacy, cookies and accessibility: what a force says about its own site, open to everybody."""

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.public.topics import tel


class InformationPage(Struct, frozen=True):
    """What the pages say of the force; an empty text is not shown."""

    force: str
    phone: str
    phone_href: str
    relay: str
    relay_href: str
    web: str
    texts: bool
    property: bool
    welsh: bool
    readable_months: int
    kept_months: int


@get("/help/safety", opt={"permission": Permission.PUBLIC})
async def safety(visit: NamedDependency[Visit]) -> Page:
    """Show how to use the service when somebody watches, and what the way out does and does not do."""
    return _page("safety", visit)


@get("/privacy", opt={"permission": Permission.PUBLIC})
async def privacy(visit: NamedDependency[Visit]) -> Page:
    """Show who holds what, and why."""
    return _page("privacy", visit)


@get("/cookies", opt={"permission": Permission.PUBLIC})
async def cookies(visit: NamedDependency[Visit]) -> Page:
    """Show what is kept in the browser."""
    return _page("cookies", visit)


@get("/accessibility", opt={"permission": Permission.PUBLIC})
async def accessibility(visit: NamedDependency[Visit]) -> Page:
    """Show the accessibility statement (Public Sector Bodies Accessibility Regulations 2018, regulation 8)."""
    return _page("accessibility", visit)


def _page(name: str, visit: Visit) -> Page:
    site, contact = visit.site, visit.site.configuration.contact
    shown = InformationPage(
        force=site.name,
        phone=contact.non_emergency,
        phone_href=tel(contact.non_emergency),
        relay=contact.text_relay,
        relay_href=tel(contact.text_relay),
        web=contact.web or site.configuration.website,
        texts=site.has(Feature.SMS),
        property=site.has(Feature.PROPERTY_PAGE),
        welsh=site.has(Feature.WELSH),
        readable_months=site.configuration.retention.access_months,
        kept_months=site.configuration.retention.case_months,
    )
    return page(f"public/information/{name}.html", frames.of_support(visit), page=shown)
