"""Help, privacy and accessibility: open to everybody."""

from litestar import get
from litestar.di import NamedDependency

from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


@get("/help", opt={"permission": Permission.PUBLIC})
async def help_page(visit: NamedDependency[Visit]) -> Page:
    """Show how to get help, and how to stay safe while using the service."""
    return _page("help", visit)


@get("/privacy", opt={"permission": Permission.PUBLIC})
async def privacy(visit: NamedDependency[Visit]) -> Page:
    """Show who holds what, and why."""
    return _page("privacy", visit)


@get("/accessibility", opt={"permission": Permission.PUBLIC})
async def accessibility(visit: NamedDependency[Visit]) -> Page:
    """Show the accessibility statement."""
    return _page("accessibility", visit)


def _page(name: str, visit: Visit) -> Page:
    site = visit.site
    web = site.configuration.contact.web or site.configuration.website
    frame = frames.plain(visit)
    return page(f"public/information/{name}.html", frame, phone=frames.phone(visit), force=site.name, web=web)
