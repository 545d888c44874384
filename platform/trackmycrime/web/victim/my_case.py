"""My case so far: a copy to take away, and a request for all of one's data."""

import msgspec
from litestar import Controller, MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import data_requests, my_case
from trackmycrime.domain.data_requests import DataCopy, Standing
from trackmycrime.domain.my_case import Choice
from trackmycrime.kit.errors import Invalid, Slower
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import day, moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.pages import render
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim import copies, desk
from trackmycrime.web.victim.copies import CopyPage

_COPY = "victim/my_case/copy.html"


class MyCasePage(Struct, frozen=True):
    """All that the page shows; moments are in words, "" for none."""

    shown: bool
    theirs: bool
    waits_until: str
    ready_since: str
    ready_until: str
    done: str
    form: Form


class MyCaseController(Controller):
    """What a victim takes with them."""

    path = "/my-case"

    @get(opt={"permission": Permission.MY_CASE_COPY})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what can be taken away, and what that means on a device that somebody else uses."""
        return await _shown(tx, visit, Form({}, {}), done=_confirmation(request.query_params.get("done", "")))

    @post("/display", opt={"permission": Permission.MY_CASE_COPY})
    async def display(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Redirect:
        """Show copies to somebody at risk, or hide them again, as they choose."""
        desk.own_case(visit)
        await my_case.choose(tx, shown=form.get("shown") == "yes")
        return go("/my-case")

    @post("/copies", opt={"permission": Permission.MY_CASE_COPY})
    async def copy(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Give a copy of the case that the victim looks at."""
        case = desk.own_case(visit)
        return _file(_drawn(tx, visit, copies.of_case(await my_case.take(tx, case))), "html", MediaType.HTML)

    @post("/data-requests", opt={"permission": Permission.MY_CASE_COPY})
    async def ask(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Redirect | Page:
        """Ask for all of one's data; the password is asked for again."""
        case, browser = desk.own_case(visit), devices.browser(request, visit, form)
        await visit.leave_tx()
        try:
            await data_requests.ask(visit.door, desk.session_of(visit), case.id, form.get("password", ""), browser)
        except (Invalid, Slower) as refusal:
            return await _shown(visit.force_tx(), visit, refused(form, refusal), refusal=refusal)
        return go("/my-case?done=asked")

    @post("/data-requests/cancellation", opt={"permission": Permission.MY_CASE_COPY})
    async def cancel(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Redirect:
        """Cancel the request that waits, whoever made it in this person's name."""
        desk.own_case(visit)
        await data_requests.cancel(tx)
        return go("/my-case?done=cancelled")

    @post("/data-requests/files", opt={"permission": Permission.MY_CASE_COPY})
    async def download(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page:
        """Give the data that was asked for a day ago: for people or for machines."""
        desk.own_case(visit)
        content = await data_requests.download(tx)
        if form.get("format") == "json":
            return _file(content, "json", MediaType.JSON)
        data = msgspec.json.decode(content, type=DataCopy)
        return _file(_drawn(tx, visit, copies.of_data(data)), "html", MediaType.HTML)


async def _shown(
    tx: ForceTx, visit: Visit, form: Form, *, done: str = "", refusal: Invalid | Slower | None = None
) -> Page:
    case = desk.own_case(visit)
    chosen, standing = await my_case.choice(tx), await data_requests.standing(tx)
    shown = _page(chosen, standing, form, done)
    return page("victim/my_case/index.html", desk.frame(tx, visit, case, "/my-case"), refusal=refusal, page=shown)


def _page(chosen: Choice, standing: Standing, form: Form, done: str) -> MyCasePage:
    return MyCasePage(
        chosen.shown,
        chosen.theirs,
        moment(standing.waits_until) if standing.waits_until else "",
        moment(standing.ready_since) if standing.ready_since else "",
        day(standing.ready_until) if standing.ready_until else "",
        done,
        form,
    )


def _confirmation(done: str) -> str:
    return {
        "asked": _("You have asked for your data"),
        "cancelled": _("The request has been cancelled"),
    }.get(done, "")


def _drawn(tx: ForceTx, visit: Visit, copy: CopyPage) -> bytes:
    frame = desk.frame(tx, visit, desk.own_case(visit), "/my-case")
    return render(_COPY, frame, page=copy).encode()


def _file(content: bytes, kind: str, media_type: MediaType) -> Response[bytes]:
    """Return a file with a name that says nothing; it is kept nowhere on the way (every answer is `no-store`)."""
    named = {"content-disposition": f'attachment; filename="copy.{kind}"'}
    return Response(content, media_type=media_type, status_code=200, headers=named)
