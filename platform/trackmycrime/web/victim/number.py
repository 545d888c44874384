"""A new number for texts: typing the code that was sent to it."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import numbers
from trackmycrime.domain.cases.codes import Sent
from trackmycrime.domain.people import telephone
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.errors import Conflict, Invalid, Refusal, Slower
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim import desk


class NumberPage(Struct, frozen=True):
    """All that the page shows: the number that a code went to, and whether the code still `lives`."""

    number: str
    lives: bool
    form: Form
    done: str


class NumberController(Controller):
    """The number that a victim gives for texts."""

    path = "/settings/number"

    @get(opt={"permission": Permission.SETTINGS_CHANGE})
    async def index(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]
    ) -> Page | Redirect:
        """Show the form for the code; where none was asked for, the settings."""
        _require_texts(visit)
        sent = await numbers.waiting(tx)
        if sent is None:
            return go("/settings")
        done = _("We have sent another code") if request.query_params.get("done") == "sent" else ""
        return _shown(tx, visit, sent, Form({}, {}), done=done)

    @post(opt={"permission": Permission.SETTINGS_CHANGE})
    async def confirm(self, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]) -> Page | Redirect:
        """Use the number from now on."""
        _require_texts(visit)
        await visit.leave_tx()
        try:
            await numbers.confirm(visit.door, desk.session_of(visit).actor, form.get("code", ""))
        except (Invalid, Conflict) as refusal:
            return await _again(visit, form, refusal)
        return go("/settings?done=number")

    @post("/codes", opt={"permission": Permission.SETTINGS_CHANGE, "stands_on": "/settings/number"})
    async def send(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Send another code."""
        _require_texts(visit)
        try:
            await numbers.ask_again(tx)
        except (Slower, Conflict) as refusal:
            await visit.leave_tx()
            return await _again(visit, form, refusal)
        return go("/settings/number?done=sent")


def _require_texts(visit: Visit) -> None:
    visit.site.need(Feature.SMS)
    desk.own_case(visit)


async def _again(visit: Visit, form: dict[str, str], refusal: Refusal) -> Page | Redirect:
    """Show the page with what is wrong; the form is gone where the code has died meanwhile."""
    tx = visit.force_tx()
    sent = await numbers.waiting(tx)
    if sent is None:
        return go("/settings")
    return _shown(tx, visit, sent, Form(form, {"code": refusal.message}), refusal=refusal)


def _shown(
    tx: ForceTx, visit: Visit, sent: Sent, form: Form, *, done: str = "", refusal: Refusal | None = None
) -> Page:
    frame = desk.frame(tx, visit, desk.own_case(visit), "/settings")
    values = NumberPage(telephone.written(sent.number), sent.lives, form, done)
    return page("victim/settings/number.html", frame, refusal=refusal, page=values)
