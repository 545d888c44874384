"""How the API refuses: RFC 9457 problems, with a title fit for whoever runs the record system."""

from collections.abc import Iterable, Mapping
from typing import cast

import msgspec
import structlog
from litestar import Response
from litestar.exceptions import HTTPException
from msgspec import UNSET, Struct, UnsetType

from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.kit.words import _
from trackmycrime.web.common.visit import AnyRequest, visit_of

MEDIA_TYPE = "application/problem+json"

_log = structlog.stdlib.get_logger()
_PREFIXES = ("/api/", "/oauth/")
_MISSING, _METHOD, _TOO_LARGE, _CRASH = 404, 405, 413, 500


class Wrong(Struct, frozen=True):
    """What is wrong with one parameter."""

    name: str
    reason: str


class Problem(Struct, frozen=True):
    """An RFC 9457 problem. Its type is always `about:blank`: the title and the status say everything."""

    type: str
    title: str
    status: int
    errors: list[Wrong] | UnsetType = UNSET


def are_expected(request: AnyRequest) -> bool:
    """Say whether a program asks: what lies below the API is never answered with a page."""
    return request.url.path.startswith(_PREFIXES)


def problem(
    status: int, title: str, *, headers: Mapping[str, str] | None = None, errors: Iterable[Wrong] = ()
) -> Response[bytes]:
    """Return a problem as an answer."""
    content = msgspec.json.encode(Problem("about:blank", title, status, list(errors) or UNSET))
    return Response(content, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def show_refusal(_request: AnyRequest, refusal: Refusal) -> Response[bytes]:
    """Tell a refusal, with when to come back where there is such a time."""
    headers = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, Slower) else {}
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    errors = [Wrong(name, reason) for name, reason in fields.items()]
    return problem(refusal.status, refusal.message, headers=headers, errors=errors)


def show_http_error(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """Tell what the framework refuses: no such address, a method it does not have, a wrong parameter, a body too large."""
    if error.status_code >= _CRASH:
        return show_crash(request, error)
    title = {
        _MISSING: _("There is nothing at this address."),
        _METHOD: _("This address does not take this method."),
        _TOO_LARGE: _("This is more than one request may carry. Send it in smaller parts."),
    }.get(error.status_code, _("We could not read this request. Check its parameters."))
    return problem(error.status_code, title, headers=error.headers, errors=_wrong(error.extra))


def _wrong(extra: object) -> list[Wrong]:
    if not isinstance(extra, list):
        return []
    found = [cast("Mapping[str, object]", each) for each in cast("list[object]", extra) if isinstance(each, Mapping)]
    return [Wrong(str(each.get("key", "")), str(each.get("message", ""))) for each in found]


def show_crash(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Tell that something broke; the log says where, and nothing about whom."""
    _log.error("crash", request=visit_of(request).request_id, exc_info=error)
    return problem(_CRASH, _("Sorry, there is a problem with the service. Try again later."))
