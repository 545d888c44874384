"""Two people for a new administrator: what waits for a decision, and deciding it."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.staffing import administrators
from trackmycrime.domain.staffing.administrators import Request
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, staff_words
from trackmycrime.web.common import dates
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

_PATH = f"{desk.STAFF}/requests"


class RequestLine(Struct, frozen=True):
    """Somebody who shall become an administrator."""

    id: str
    href: str
    name: str
    email: str
    role: str
    maker: str
    lapses: str
    own: bool


class RequestsPage(Struct, frozen=True):
    """All that the page shows."""

    done: str
    requests: tuple[RequestLine, ...]
    alone: bool


class StaffRequestsController(Controller):
    """What waits for a second administrator."""

    path = _PATH

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show it."""
        done = _confirmation(request.query_params.get("done", ""))
        waiting = tuple(map(_line, await administrators.waiting(tx)))
        shown = RequestsPage(done, waiting, await administrators.alone(tx))
        return page("admin/staff/requests.html", desk.frame(visit, desk.STAFF), page=shown)

    @post("/{request_id:uuid}/approval", opt={"permission": Permission.ADMIN_CHANGE})
    async def approve(self, tx: NamedDependency[ForceTx], request_id: FromPath[UUID]) -> Redirect:
        """Make them an administrator."""
        await administrators.approve(tx, request_id)
        return go(f"{_PATH}?done=approved")

    @post("/{request_id:uuid}/refusal", opt={"permission": Permission.ADMIN_CHANGE})
    async def refuse(self, tx: NamedDependency[ForceTx], request_id: FromPath[UUID]) -> Redirect:
        """Leave them as they are."""
        await administrators.refuse(tx, request_id)
        return go(f"{_PATH}?done=refused")


def _line(request: Request) -> RequestLine:
    return RequestLine(
        id=str(request.id),
        href=f"{desk.STAFF}/{request.staff_id}",
        name=request.name,
        email=request.email,
        role=staff_words.role(request.role),
        maker=request.maker,
        lapses=dates.moment(request.lapses_at),
        own=request.own,
    )


def _confirmation(done: str) -> str:
    return {
        "approved": _("They are an administrator now"),
        "refused": _("They stay as they are"),
    }.get(done, "")
