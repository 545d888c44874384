"""Turning on codes by text: what they do, to which number they go, and the password."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import text_step
from trackmycrime.domain.cases.factors import HasOne
from trackmycrime.domain.cases.text_step import NoNumber
from trackmycrime.domain.people import telephone
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim import desk


class TextStepPage(Struct, frozen=True):
    """All that the page shows; without a `number` there is nothing to turn on yet."""

    number: str
    form: Form


class TextStepController(Controller):
    """Codes by text."""

    path = "/settings/sign-in/text"

    @get(opt={"permission": Permission.SETTINGS_CHANGE})
    async def new(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Say what they do, and ask for the password."""
        visit.site.need(Feature.SMS)
        return await _form(tx, visit, Form({}, {}))

    @post(opt={"permission": Permission.SETTINGS_CHANGE})
    async def create(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Turn them on, for whoever knows the password."""
        visit.site.need(Feature.SMS)
        session, by = desk.session_of(visit), devices.browser(request, visit, form)
        await visit.leave_tx()
        try:
            device = await text_step.set_up(visit.door, session, form.get("password", ""), by)
        except (Invalid, Slower, HasOne, NoNumber) as refusal:
            return await _form(visit.force_tx(), visit, refused(form, refusal), refusal)
        if not session.shared:
            devices.remember(visit, device)
        return go("/settings/sign-in?done=text")


async def _form(tx: ForceTx, visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    shown = TextStepPage(telephone.written(await text_step.own_number(tx) or ""), form)
    return page("victim/text_step/new.html", desk.settings_frame(visit), refusal=refusal, page=shown)
