"""What handlers give back: pages and redirects, and what happens to a refusal or a crash."""

from collections.abc import Hashable

import structlog
from litestar import MediaType, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from trackmycrime.kit.errors import Invalid, NotFound, Refusal, SignedOut, Slower
from trackmycrime.kit.words import _
from trackmycrime.web.common import frames, problems
from trackmycrime.web.common.frame import Form, Frame, Problem
from trackmycrime.web.common.holes import Holes
from trackmycrime.web.common.holes import draw as holes_drawn
from trackmycrime.web.common.pages import render
from trackmycrime.web.common.visit import AnyRequest, visit_of

_log = structlog.stdlib.get_logger()
_MISSING, _TOO_LARGE, _CRASH = 404, 413, 500
_MEGABYTE = 1024 * 1024

_SECRET = {"card_code", "credential", "secret"}

type Page = Response[str] | Response[bytes]


def page(template: str, frame: Frame, *, status: int = 200, refusal: Refusal | None = None, **values: object) -> Page:
    """Return a page; one that shows a refusal has its status, and when to come back where there is such a time."""
    headers = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, Slower) else {}
    code = refusal.status if refusal else status
    return Response(render(template, frame, **values), media_type=MediaType.HTML, status_code=code, headers=headers)


def page_with_holes(
    template: str, frame: Frame, holes: Holes, form: Form, *, status: int = 200, **values: Hashable
) -> Page:
    """Return a page with holes (web/common/holes.py)."""
    drawn = holes_drawn(template, frame, holes, form, **values)
    return Response(drawn, media_type=MediaType.HTML, status_code=status)


def go(path: str) -> Redirect:
    """Return a redirect after a form: the next page is asked for with GET."""
    return Redirect(path, status_code=303)


def refused(values: dict[str, str], refusal: Refusal) -> Form:
    """Return a form with what was filled in and what is wrong; what concerns no field stands under the empty name.

    Nothing secret is given back: a password is typed again, and so is a code.
    """
    kept = {name: value for name, value in values.items() if "password" not in name and name not in _SECRET}
    return Form(kept, refusal.fields if isinstance(refusal, Invalid) else {"": refusal.message})


def show_refusal(request: AnyRequest, refusal: Refusal) -> Page | Redirect:
    """Show a refusal as a page; a signed-out person is sent to sign in, and back."""
    if isinstance(refusal, SignedOut):
        return go(frames.sign_in_address(request, back=refusal.message, unsent=refusal.unsent))
    return _problem(request, refusal.message, _advice(refusal.status), refusal.status, refusal)


def show_http_error(request: AnyRequest, error: HTTPException) -> Page:
    """Show what the framework refuses: no such page, a method it does not have, a body too large."""
    if problems.are_expected(request):
        return problems.show_http_error(request, error)
    if error.status_code >= _CRASH:
        return show_crash(request, error)
    status = _MISSING if error.status_code == 405 else error.status_code  # noqa: PLR2004 - to a reader it is the same
    if status == _TOO_LARGE:
        own = request.route_handler.opt.get("too_large")
        return _problem(request, _("What you sent is too large"), (own(),) if own else _how_much(request), status)
    heading = _("Page not found") if status == _MISSING else _("We could not read what was sent")
    return _problem(request, heading, _advice(status), status)


def _how_much(request: AnyRequest) -> tuple[str, ...]:
    """Say what became of what was too large, and where a file may be sent how large it may be."""
    most = request.route_handler.resolve_request_max_body_size()
    told = _("Nothing was saved. Go back and send less.")
    if most is None or most < _MEGABYTE:
        return (told,)
    return (told, _("A file may have at most %(number)s MB.", number=most // _MEGABYTE))


def show_crash(request: AnyRequest, error: Exception) -> Page:
    """Show that something broke; the log says where, and nothing about whom."""
    _log.error("crash", request=visit_of(request).request_id, exc_info=error)
    return _problem(request, _("Sorry, there is a problem with the service"), (_("Try again later."),), _CRASH)


def _advice(status: int) -> tuple[str, ...]:
    if status == NotFound.status:
        return (
            _("If you typed the web address, check it is correct."),
            _("If you pasted it, check you copied all of it."),
        )
    return ()


def _problem(
    request: AnyRequest, heading: str, advice: tuple[str, ...], status: int, refusal: Refusal | None = None
) -> Page:
    visit = visit_of(request)
    shown = Problem(heading, advice, frames.contacts(visit))
    return page("common/error.html", frames.plain(visit), status=status, refusal=refusal, page=shown)
