"""Who gets in: the session, the permission of the route, and proof that a form was ours."""

import hmac
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import quote

from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType

from trackmycrime.domain.identity import operators, sessions
from trackmycrime.kit.errors import Forbidden, NotFound, SignedOut
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx, NationalTx
from trackmycrime.web.common.permissions import MACHINES, Permission, may
from trackmycrime.web.common.visit import SESSION_COOKIE, AnyRequest, Visit, visit_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = frozenset({RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART})
CSRF_FIELD = "_csrf"

type Keep = Callable[[AnyRequest, Visit], Awaitable[bool]]


async def admit_to_force(request: AnyRequest) -> None:
    """Let a request in to a force's site: find the session, ask for the permission, and prove the form."""
    visit = visit_of(request)
    if cookie := request.cookies.get(SESSION_COOKIE):
        tx = visit.force_tx()
        used = not request.route_handler.opt.get("listens")  # a page that listens by itself is nobody using it
        visit.session = await sessions.find(tx, cookie, used=used)
        visit.tx = tx.acting(visit.actor)
    await _admit(request, visit)


async def admit_to_console(request: AnyRequest) -> None:
    """Let a request in to the console."""
    visit = visit_of(request)
    if cookie := request.cookies.get(SESSION_COOKIE):
        tx = await visit.national_tx()
        visit.session = await operators.find_session(tx, cookie)
        visit.tx = tx.acting(visit.actor)
    await _admit(request, visit)


async def _admit(request: AnyRequest, visit: Visit) -> None:
    if request.method == "OPTIONS":  # the framework's own answer: which methods there are, and nothing else
        return
    permission = Permission(request.route_handler.opt["permission"])
    if permission not in MACHINES:
        visit.courtesy.meet()
    if permission is not Permission.PUBLIC and visit.session is None:
        raise SignedOut(_back(request), unsent=await _unsent(request, visit))
    if not may(visit.actor.role, permission):
        raise NotFound(_("Page not found"))
    if request.method not in SAFE and not request.route_handler.opt.get("one_click"):
        _require_same_origin(request, visit)
        await _require_token(request, visit)


async def _unsent(request: AnyRequest, visit: Visit) -> str:
    """Say what becomes of what somebody wrote in a session that has ended: "kept" where the route can keep it, else "lost"."""
    keep: Keep | None = request.route_handler.opt.get("keeps_unsent")
    if keep is None:
        return ""
    with suppress(Forbidden):
        _require_same_origin(request, visit)
        return "kept" if await keep(request, visit) else "lost"
    return "lost"


def _back(request: AnyRequest) -> str:
    """Return where to go after signing in: the page asked for, or after a form the page it stands on."""
    path = request.url.path if request.method in SAFE else request.route_handler.opt.get("stands_on", "/")
    return quote(path, safe="/")


def _require_same_origin(request: AnyRequest, visit: Visit) -> None:
    """Refuse a form that another site sent. Browsers say where a form comes from; what says nothing is refused."""
    slug = visit.force.ref.slug if visit.force else "console"
    fetch, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    ours = origin == visit.settings.origin(slug)
    if not (ours or (fetch in {"same-origin", "none"} and origin in {None, "null"})):
        raise Forbidden(_("This form was sent from another site. Go back, load the page again, and try once more."))


async def _require_token(request: AnyRequest, visit: Visit) -> None:
    if visit.session is None:
        return
    sent = request.headers.get("x-csrf-token") or ""
    if not sent and request.content_type[0] in _FORMS:
        value = (await request.form()).get(CSRF_FIELD)
        sent = value if isinstance(value, str) else ""
    if not hmac.compare_digest(sent.encode(), visit.csrf.encode()):
        raise Forbidden(await _too_long(request, visit))


async def _too_long(request: AnyRequest, visit: Visit) -> str:
    """Say that the session has changed since a page was shown, and what became of what was written on it."""
    keep: Keep | None = request.route_handler.opt.get("keeps_unsent")
    if keep is not None and await keep(request, visit):
        return _("You signed in again since this page was shown, so this was not sent. We kept it with your messages.")
    return _("This page was open for too long. Go back, load the page again, and try once more.")


# What handlers ask for is made one after the other: Litestar starts a task for each of several that it could make at once.


def provide_visit(request: AnyRequest) -> Visit:
    """Return the request's visit."""
    return visit_of(request)


def provide_tx(visit: NamedDependency[Visit]) -> ForceTx:
    """Return the request's transaction on the force's data."""
    return visit.force_tx()


async def provide_national_tx(visit: NamedDependency[Visit]) -> NationalTx:
    """Return the request's transaction on the national tables."""
    return await visit.national_tx()


async def provide_force_form(request: AnyRequest, tx: NamedDependency[ForceTx]) -> dict[str, str]:  # noqa: ARG001 - one after the other
    """Return what was filled in on a force's site."""
    return await provide_form(request)


async def provide_form(request: AnyRequest) -> dict[str, str]:
    """Return what was filled in: the first value of each text field, without the form's token."""
    found: dict[str, str] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str) and name != CSRF_FIELD:
            found.setdefault(name, value)
    return found
