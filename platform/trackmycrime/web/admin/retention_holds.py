"""Legal holds: placed on a case by its reference, listed, and lifted; each with a reason."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from trackmycrime.domain.retention import holds
from trackmycrime.kit.errors import Conflict, Invalid, Refusal
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common import holds as lines
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

HOLDS = f"{desk.RETENTION}/holds"


class RetentionHoldsController(Controller):
    """What must not go."""

    path = HOLDS

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """List the holds, and ask for one."""
        return await _listed(tx, visit, Form({}, {}), asked=request.query_params)

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def place(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Place one."""
        try:
            await holds.place(tx, form.get("crime_reference", ""), form.get("why", ""))
        except Invalid as refusal:
            await lines.note(visit, refusal)
            return await _listed(tx, visit, refused(form, refusal), refusal)
        return go(f"{HOLDS}?done=placed")

    @get("/{hold_id:uuid}", opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], hold_id: FromPath[UUID]) -> Page:
        """Show one, and ask why it is lifted."""
        return await _one(tx, visit, hold_id, Form({}, {}))

    @post("/{hold_id:uuid}/lifting", opt={"permission": Permission.ADMIN_CHANGE})
    async def lift(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        hold_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Lift it."""
        try:
            await holds.lift(tx, hold_id, form.get("why", ""))
        except (Invalid, Conflict) as refusal:
            return await _one(tx, visit, hold_id, refused(form, refusal), refusal)
        return go(f"{HOLDS}?done=lifted")


async def _listed(
    tx: ForceTx, visit: Visit, form: Form, refusal: Refusal | None = None, *, asked: Mapping[str, str] | None = None
) -> Page:
    shown = await lines.listed(tx, HOLDS, form, asked or {})
    return page("admin/retention/holds.html", desk.frame(visit, desk.RETENTION), refusal=refusal, page=shown)


async def _one(tx: ForceTx, visit: Visit, hold_id: UUID, form: Form, refusal: Refusal | None = None) -> Page:
    shown = await lines.one(tx, HOLDS, form, hold_id)
    return page("admin/retention/hold.html", desk.frame(visit, desk.RETENTION), refusal=refusal, page=shown)
