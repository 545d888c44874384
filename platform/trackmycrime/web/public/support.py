"""Support and advice: open to those who are signed out too."""

from litestar import get
from litestar.di import NamedDependency

from trackmycrime.domain.support import directory
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


@get("/support", opt={"permission": Permission.PUBLIC})
async def support(visit: NamedDependency[Visit]) -> Page:
    """Show the services of the area, then the national ones."""
    local = tuple(directory.local(visit.site.configuration))
    frame = frames.plain(visit)
    return page(
        "public/support/index.html", frame, local=local, national=tuple(directory.everywhere()), force=visit.site.name
    )
