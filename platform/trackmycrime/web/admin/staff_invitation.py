"""Inviting somebody: who they are, what they do, and where the link goes."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.staffing import administrators, changing, members
from trackmycrime.domain.staffing.planning import FIELDS, Told
from trackmycrime.kit.errors import Invalid
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, staff_words
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.fields import uuid_or_none
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit


class InvitationPage(Struct, frozen=True):
    """All that the form shows. Who is `alone` has nobody here who could make somebody an administrator with them."""

    form: Form
    roles: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    alone: bool


class StaffInvitationController(Controller):
    """How somebody gets access."""

    path = f"{desk.STAFF}/new"

    @get(opt={"permission": Permission.ADMIN_READ})
    async def new(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Ask who it is; an officer whom the record system names is filled in."""
        who = uuid_or_none(request.query_params.get("who", ""))
        return await _shown(tx, visit, Form(await _known(tx, who) if who else {}, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Send them the link, or ask a second administrator."""
        try:
            decision = await changing.invite(tx, told(form))
        except Invalid as refusal:
            return await _shown(tx, visit, refused(form, refusal), refusal)
        return go(f"{desk.STAFF}/{decision.entry.id}?done={'asked' if decision.asks else 'invited'}")


class StaffReinvitationController(Controller):
    """How somebody gets their link again."""

    path = f"{desk.STAFF}/{{staff_id:uuid}}/invitation"

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def create(self, tx: NamedDependency[ForceTx], staff_id: FromPath[UUID]) -> Redirect:
        """Send it."""
        await changing.invite_again(tx, staff_id)
        return go(f"{desk.STAFF}/{staff_id}?done=invited")


def told(form: dict[str, str]) -> Told:
    """Return what a form says of somebody."""
    return Told(**{name: form.get(name, "") for name in FIELDS})


async def _known(tx: ForceTx, staff_id: UUID) -> dict[str, str]:
    found = await members.one(tx, staff_id)
    return {"name": found.name, "email": found.email, "unit": found.unit, "collar_number": found.collar_number}


async def _shown(tx: ForceTx, visit: Visit, form: Form, refusal: Invalid | None = None) -> Page:
    units, alone = tuple(await members.units(tx)), await administrators.alone(tx)
    shown = InvitationPage(form, staff_words.choices(), units, alone)
    return page("admin/staff/new.html", desk.frame(visit, desk.STAFF), refusal=refusal, page=shown)
