"""Who acts for me while I am away, and for whom I act; a supervisor says it of others too."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.identity import deputies
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.deputies import DeputyLine, days, lines
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.staff import desk

PATH = "/staff/deputies"


class DeputiesPage(Struct, frozen=True):
    """All that the page shows; who may say it of others is asked of whom."""

    done: str
    deputies: tuple[DeputyLine, ...]
    form: Form
    of_others: bool


class DeputiesController(Controller):
    """Who acts for whom."""

    path = PATH

    @get(opt={"permission": Permission.DEPUTY_NAME})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is said of whoever reads it."""
        done = {"named": _("This is recorded"), "ended": _("This has ended")}.get(
            request.query_params.get("done", ""), ""
        )
        return await _shown(tx, visit, Form({}, {}), done=done)

    @post(opt={"permission": Permission.DEPUTY_NAME})
    async def name(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Say who acts."""
        try:
            absent_id = await deputies.absent_by_email(tx, form.get("absent", ""))
            await deputies.name(tx, absent_id, form.get("deputy", ""), days(form))
        except Invalid as refusal:
            return await _shown(tx, visit, refused(form, refusal), refusal=refusal)
        return go(f"{PATH}?done=named")

    @post("/{deputy_id:uuid}/ending", opt={"permission": Permission.DEPUTY_NAME})
    async def end(self, tx: NamedDependency[ForceTx], deputy_id: FromPath[UUID]) -> Redirect:
        """End it at once."""
        await deputies.end(tx, deputy_id)
        return go(f"{PATH}?done=ended")


async def _shown(tx: ForceTx, visit: Visit, form: Form, *, done: str = "", refusal: Invalid | None = None) -> Page:
    found = lines(await deputies.own(tx), tx.actor.id, own=True)
    shown = DeputiesPage(done, found, form, of_others=tx.actor.role == StaffRole.SUPERVISOR)
    return page("staff/deputies/index.html", await desk.frame(tx, visit, PATH), refusal=refusal, page=shown)
