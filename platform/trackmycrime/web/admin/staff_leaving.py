"""Access ends: what hangs on somebody is said first, then they are suspended, come back, or leave for good."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.staffing import leaving, members
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class LeavingPage(Struct, frozen=True):
    """All that is shown before somebody's access ends; `action` is where it is said."""

    heading: str
    name: str
    action: str
    back: str
    button: str
    means: tuple[str, ...]
    own: bool


class StaffSuspensionController(Controller):
    """Access that ends for a while."""

    path = f"{desk.STAFF}/{{staff_id:uuid}}/suspension"

    @get(opt={"permission": Permission.ADMIN_READ})
    async def ask(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], staff_id: FromPath[UUID]) -> Page:
        """Say what it means."""
        first = _("They cannot sign in until you take this back. It takes effect at once.")
        heading = _("Suspend somebody")
        return await _shown(tx, visit, staff_id, heading, _("Suspend"), f"{desk.STAFF}/{staff_id}/suspension", first)

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def create(self, tx: NamedDependency[ForceTx], staff_id: FromPath[UUID]) -> Redirect:
        """Suspend them."""
        return await _done(tx, staff_id, leaving.suspend, "suspended")


class StaffReturnController(Controller):
    """A suspension that ends."""

    path = f"{desk.STAFF}/{{staff_id:uuid}}/return"

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def create(self, tx: NamedDependency[ForceTx], staff_id: FromPath[UUID]) -> Redirect:
        """Take it back."""
        return await _done(tx, staff_id, leaving.take_back, "returned")


class StaffDepartureController(Controller):
    """Access that ends for good."""

    path = f"{desk.STAFF}/{{staff_id:uuid}}/departure"

    @get(opt={"permission": Permission.ADMIN_READ})
    async def ask(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], staff_id: FromPath[UUID]) -> Page:
        """Say what it means."""
        first = _("Their password and their role are removed. If they come back, you invite them again.")
        heading = _("Remove somebody's access")
        return await _shown(tx, visit, staff_id, heading, _("Remove"), f"{desk.STAFF}/{staff_id}/departure", first)

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def create(self, tx: NamedDependency[ForceTx], staff_id: FromPath[UUID]) -> Redirect:
        """Remove it."""
        return await _done(tx, staff_id, leaving.remove, "left")


async def _done(tx: ForceTx, staff_id: UUID, deed: Callable[[ForceTx, UUID], Awaitable[None]], done: str) -> Redirect:
    await deed(tx, staff_id)
    return go(f"{desk.STAFF}/{staff_id}?done={done}")


async def _shown(tx: ForceTx, visit: Visit, staff_id: UUID, heading: str, button: str, action: str, first: str) -> Page:
    name, hanging = (await members.one(tx, staff_id)).name, await leaving.hanging(tx, staff_id)
    means = (first, _of_tasks(hanging.tasks), _of_cases(hanging.cases))
    shown = LeavingPage(
        heading,
        name,
        action,
        f"{desk.STAFF}/{staff_id}",
        button,
        tuple(filter(None, means)),
        own=staff_id == tx.actor.id,
    )
    return page("admin/staff/leaving.html", desk.frame(visit, desk.STAFF), page=shown)


def _of_tasks(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s thing that they have taken goes back to the inbox.",
        "%(num)s things that they have taken go back to the inbox.",
        number,
    )


def _of_cases(number: int) -> str:
    if not number:
        return _("They are the officer of no open case, so nothing changes for victims.")
    return ngettext(
        "%(num)s open case has them as its officer. Its victims still see them until your record system names another officer.",
        "%(num)s open cases have them as their officer. Their victims still see them until your record system names another officer.",
        number,
    )
