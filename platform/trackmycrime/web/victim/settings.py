"""Settings: what one wants to be told, and by which way."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import preferences
from trackmycrime.domain.cases.preferences import Preferences
from trackmycrime.domain.people import telephone
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim import desk


class SettingsPage(Struct, frozen=True):
    """All that the page shows."""

    email: str
    email_on: bool
    texts: bool
    text_on: bool
    link_on: bool
    form: Form
    done: str
    phone: str


class SettingsController(Controller):
    """A victim's settings."""

    path = "/settings"

    @get(opt={"permission": Permission.SETTINGS_CHANGE})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is chosen."""
        own = await preferences.of_actor(tx)
        done = _confirmation(request.query_params.get("done", ""))
        return await _shown(tx, visit, own, Form({"mobile": own.mobile}, {}), done=done)

    @post(opt={"permission": Permission.SETTINGS_CHANGE})
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Save what is chosen."""
        own = await preferences.of_actor(tx)
        try:
            await preferences.choose(tx, _read(visit, form, own))
        except Invalid as refusal:
            return await _shown(tx, visit, own, refused(form, refusal), status=refusal.status)
        return go("/settings?done=saved")


def _confirmation(done: str) -> str:
    return {
        "saved": _("Your settings have been saved"),
        "password": _("Your password has been changed"),
        "withdrawal": _("We will call you. Nothing changes before we have spoken."),
    }.get(done, "")


def _read(visit: Visit, form: dict[str, str], own: Preferences) -> Preferences:
    texts = visit.site.has(Feature.SMS)
    mobile = telephone.mobile(form.get("mobile", "")) if texts else own.mobile
    text_on = "text_on" in form if texts else own.text_on
    if texts and text_on and not mobile:
        raise Invalid({"mobile": _("Enter a mobile number")})
    return Preferences(own.email, "email_on" in form, text_on, mobile, "no_link" not in form)


async def _shown(tx: ForceTx, visit: Visit, own: Preferences, form: Form, *, status: int = 200, done: str = "") -> Page:
    case = desk.own_case(visit)
    texts = visit.site.has(Feature.SMS)
    shown = SettingsPage(own.email, own.email_on, texts, own.text_on, own.link_on, form, done, frames.phone(visit))
    return page("victim/settings/index.html", desk.frame(tx, visit, case, "/settings"), status=status, page=shown)
