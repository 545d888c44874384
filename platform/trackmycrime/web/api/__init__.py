"""The API for record systems: events in both directions, and the pages that explain it."""

from litestar import Router
from litestar.exceptions import HTTPException
from litestar.types import ControllerRouterHandler

from trackmycrime.kit.errors import Refusal
from trackmycrime.web.api import guide
from trackmycrime.web.api.admission import NoToken, admit, show_challenge
from trackmycrime.web.api.crimes import crime
from trackmycrime.web.api.document import openapi
from trackmycrime.web.api.events import EventsController
from trackmycrime.web.api.token import token
from trackmycrime.web.common import problems

_programs = Router(
    path="/",
    route_handlers=[token, EventsController, crime, openapi],
    before_request=admit,
    exception_handlers={
        NoToken: show_challenge,
        Refusal: problems.show_refusal,
        HTTPException: problems.show_http_error,
        Exception: problems.show_crash,
    },
)
routes: list[ControllerRouterHandler] = [_programs, guide.start, guide.inbound, guide.outbound]
