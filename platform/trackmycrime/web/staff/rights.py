"""Requests about somebody's data that reach the contact team: written down here, decided by administrators."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.rights import entered, kinds, note, ways
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.staff import desk

PATH = "/staff/data-requests"


class RightsPage(Struct, frozen=True):
    """All that the form shows; options are pairs of a value and its words."""

    form: Form
    kinds: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]
    done: str


class RightsController(Controller):
    """What people ask about their data."""

    path = PATH

    @get(opt={"permission": Permission.RIGHTS_ENTER})
    async def new(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Ask for one that came."""
        done = _("Written down. An administrator decides it") if "done" in request.query_params else ""
        return await _asked(tx, visit, Form({}, {}), done=done)

    @post(opt={"permission": Permission.RIGHTS_ENTER})
    async def enter(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Write it down."""
        try:
            await entered(tx, form)
        except Invalid as refusal:
            await note(visit, refusal)
            return await _asked(tx, visit, refused(form, refusal), refusal)
        return go(f"{PATH}?done=entered")


async def _asked(tx: ForceTx, visit: Visit, form: Form, refusal: Invalid | None = None, *, done: str = "") -> Page:
    shown = RightsPage(form, tuple(kinds().items()), tuple(ways().items()), done)
    return page("staff/rights/new.html", await desk.frame(tx, visit, PATH), refusal=refusal, page=shown)
