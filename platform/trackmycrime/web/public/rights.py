"""Rights: the twelve of the Victims' Code for everybody, and for a signed-in victim what each means for their case now."""

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import cases
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.support import rights
from trackmycrime.domain.support.rights import Right
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.dates import day
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class RightLine(Struct, frozen=True):
    """A right; `now` is what it means for the reader's case, "" for nobody's."""

    number: int
    id: str
    title: str
    means: tuple[str, ...]
    now: str


class RightsPage(Struct, frozen=True):
    """All that the page shows; `since` is when the Code came into force."""

    force: str
    since: str
    of_case: bool
    rights: tuple[RightLine, ...]


@get("/rights", opt={"permission": Permission.PUBLIC})
async def rights_page(visit: NamedDependency[Visit]) -> Page:
    """Show the rights, and what they mean for the case of whoever is signed in."""
    followed = visit.session if isinstance(visit.session, Session) and visit.session.followed else None
    found = await rights.for_case(visit.force_tx(), cases.followed(followed)) if followed else rights.for_everybody()
    shown = RightsPage(
        force=visit.site.name,
        since=day(rights.in_force()),
        of_case=followed is not None,
        rights=tuple(_line(number, right) for number, right in enumerate(found, start=1)),
    )
    return page("public/rights/index.html", frames.of_support(visit), page=shown)


def _line(number: int, right: Right) -> RightLine:
    now = right.now % {name: day(when) for name, when in right.days.items()}
    return RightLine(number, right.id, right.title, right.means, now)
