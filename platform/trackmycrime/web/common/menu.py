"""The menu of a signed-in victim: the same on every page that they read, whether it is about their case or for everybody."""

import msgspec
from msgspec import Struct

from trackmycrime.domain import cases, property
from trackmycrime.domain.cases import Case
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.words import _, kept, ngettext
from trackmycrime.web.common.frame import Link
from trackmycrime.web.common.visit import Visit


class _Pages(Struct, frozen=True):
    """Which pages there are for a reader: of a case, its progress, its property; others to choose."""

    case: bool
    progress: bool
    property: bool
    several: bool


def own_case(visit: Visit) -> Case | None:
    """Return the case that the reader looks at; None for somebody who has none to look at."""
    session = visit.session
    return cases.followed(session) if isinstance(session, Session) and session.followed else None


def links(force: Configuration, case: Case | None, current: str, *, new: int = 0) -> tuple[Link, ...]:
    """Return where a victim can go from a page about this case, or about none; `new` counts what has not been read."""
    if case is None:
        return _links(_Pages(case=False, progress=False, property=False, several=True), current, 0)
    pages = _Pages(
        case=True,
        progress=force.has(Feature.JOURNEY),
        property=property.is_shown(force, case),
        several=case.of_cases > 1,
    )
    return _links(pages, current, new)


@kept
def _links(pages: _Pages, current: str, new: int) -> tuple[Link, ...]:
    counted = ngettext("%(num)s new message", "%(num)s new messages", new)
    found = [Link(_("Messages"), "/messages", badge=new, badge_text=counted)] if pages.case else []
    if pages.progress:
        found.append(Link(_("Progress"), "/progress"))
    if pages.property:
        found.append(Link(_("Property"), "/property"))
    if pages.several:
        found.append(Link(_("Your crimes"), "/cases"))
    found += [Link(_("Support"), "/support"), Link(_("Settings"), "/settings"), Link(_("Sign out"), "/sign-out")]
    return tuple(msgspec.structs.replace(link, current=link.href == current) for link in found)
