"""The browsers that people signed in with before, and what a browser says for itself when somebody signs in."""

from collections.abc import Mapping
from uuid import UUID

from trackmycrime.domain.identity.sessions import BrowserKind
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit import links
from trackmycrime.web.common.visit import DEVICE_COOKIE, AnyRequest, Visit

_DEVICE = "device"
_A_YEAR = 365 * 24 * 3600
# How browsers name themselves, in the order to ask: most say that they are the ones below them too.
_NAMES = (
    ("edg", BrowserKind.EDGE),
    ("firefox/", BrowserKind.FIREFOX),
    ("fxios/", BrowserKind.FIREFOX),
    ("chrome/", BrowserKind.CHROME),
    ("crios/", BrowserKind.CHROME),
    ("safari/", BrowserKind.SAFARI),
)


def browser(request: AnyRequest, visit: Visit, form: Mapping[str, str]) -> Browser:
    """Return the browser in which a sign-in form was filled in."""
    cookie = request.cookies.get(DEVICE_COOKIE, "")
    remembers = links.opened(visit.site.ref.keys, _DEVICE, cookie) if cookie else None
    shared = "shared" in form
    return Browser(visit.network, remembers, form.get("work", ""), kind(request.headers.get("user-agent", "")), shared)


def kind(agent: str) -> BrowserKind:
    """Return what sort of browser says this of itself, and nothing more than that."""
    said = agent.lower()
    return next((found for name, found in _NAMES if name in said), BrowserKind.OTHER)


def forget(visit: Visit) -> None:
    """Do not know this browser again: others use it too."""
    visit.drop_cookie(DEVICE_COOKIE)


def remember(visit: Visit, subject_id: UUID) -> None:
    """Know this browser again: its owner's tries are counted apart from everybody else's."""
    visit.set_cookie(DEVICE_COOKIE, links.token(visit.site.ref.keys, _DEVICE, subject_id), max_age=_A_YEAR)
