"""When I am next on duty: one day that an officer says, or nothing."""

from datetime import date

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.identity import roster
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import dates
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.staff import desk

PATH = "/staff/next-on-duty"


class RosterPage(Struct, frozen=True):
    """All that the page shows: options are pairs of a day and its words, the first says nothing."""

    done: str
    days: tuple[tuple[str, str], ...]
    form: Form


class RosterController(Controller):
    """When an officer is next on duty."""

    path = PATH

    @get(opt={"permission": Permission.DUTY_SAY})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is said, and ask for another day."""
        said = await roster.own(tx)
        done = _("This is recorded") if request.query_params.get("done") == "said" else ""
        return await _shown(tx, visit, Form({"next_on_duty": said.isoformat() if said else ""}, {}), done=done)

    @post(opt={"permission": Permission.DUTY_SAY})
    async def say(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Record the day."""
        try:
            await roster.say(tx, _day(form.get("next_on_duty", "")))
        except Invalid as refusal:
            return await _shown(tx, visit, refused(form, refusal), status=refusal.status)
        return go(f"{PATH}?done=said")


def _day(text: str) -> date | None:
    """Return the day of a form; what is no day is one that no list has."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return date.min


async def _shown(tx: ForceTx, visit: Visit, form: Form, *, status: int = 200, done: str = "") -> Page:
    listed = (("", _("I do not say")), *((day.isoformat(), dates.coming(day)) for day in roster.days()))
    frame = await desk.frame(tx, visit, PATH)
    return page("staff/roster/index.html", frame, status=status, page=RosterPage(done, listed, form))
