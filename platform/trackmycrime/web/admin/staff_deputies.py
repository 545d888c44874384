"""Who acts for one of the force's people while they are away, as an administrator says it."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from trackmycrime.domain.identity import deputies
from trackmycrime.kit.errors import Invalid
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.admin.staff_member import show
from trackmycrime.web.common.answers import Page, go, refused
from trackmycrime.web.common.deputies import days
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class StaffDeputiesController(Controller):
    """Who acts for somebody."""

    path = f"{desk.STAFF}/{{staff_id:uuid}}/deputies"

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def create(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        staff_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Say who."""
        try:
            await deputies.name(tx, staff_id, form.get("deputy", ""), days(form))
        except Invalid as refusal:
            again = refused(form, refusal)
            return await show(tx, visit, staff_id, deputy_form=again, refusal=refusal)
        return go(f"{desk.STAFF}/{staff_id}?done=deputy")

    @post("/{deputy_id:uuid}/ending", opt={"permission": Permission.ADMIN_CHANGE})
    async def end(self, tx: NamedDependency[ForceTx], staff_id: FromPath[UUID], deputy_id: FromPath[UUID]) -> Redirect:
        """End it at once."""
        await deputies.end(tx, deputy_id, about=staff_id)
        return go(f"{desk.STAFF}/{staff_id}?done=deputy_ended")
