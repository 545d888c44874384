"""Setting up an authenticator app: the password first, then a picture for the app's camera, then the app's first code."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from markupsafe import Markup
from msgspec import Struct

from trackmycrime.domain.cases import authenticator
from trackmycrime.domain.cases.factors import HasOne
from trackmycrime.domain.identity.app_codes import SetUp
from trackmycrime.kit.errors import Invalid, NotFound, Refusal, Slower
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices, squares
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim import desk

_WAYS, _CONFIRMATION = "/settings/sign-in", "/settings/sign-in/app/confirmation"


class SetUpPage(Struct, frozen=True):
    """All that the page shows: a picture for the camera, the same key for typing, and where a telephone opens its own app."""

    picture: Markup
    link: str
    key: str
    form: Form


class AuthenticatorController(Controller):
    """An app that gives codes."""

    path = "/settings/sign-in/app"

    @get(opt={"permission": Permission.SETTINGS_CHANGE})
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """Say what an app does, and ask for the password."""
        return _form(visit, Form({}, {}))

    @post(opt={"permission": Permission.SETTINGS_CHANGE})
    async def begin(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Begin, for whoever knows the password."""
        session, by = desk.session_of(visit), devices.browser(request, visit, form)
        await visit.leave_tx()
        try:
            await authenticator.begin(visit.door, session, form.get("password", ""), by)
        except (Invalid, Slower, HasOne) as refusal:
            return _form(visit, refused(form, refusal), refusal)
        return go(_CONFIRMATION)

    @get("/confirmation", opt={"permission": Permission.SETTINGS_CHANGE})
    async def set_up(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page | Redirect:
        """Show what the app needs; whoever did not begin just now, in this session, begins at the beginning."""
        try:
            found = await authenticator.begun(tx, desk.session_of(visit))
        except NotFound:
            return go(_WAYS)
        return _set_up(visit, found, Form({}, {}))

    @post("/confirmation", opt={"permission": Permission.SETTINGS_CHANGE})
    async def confirm(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Set it up, once it gives the right code."""
        session = desk.session_of(visit)
        try:
            device = await authenticator.confirm(tx, session, form.get("code", "")[:100])
        except NotFound:
            return go(_WAYS)
        except Invalid as refusal:
            return _set_up(visit, await authenticator.begun(tx, session), refused({}, refusal), refusal)
        if not session.shared:
            devices.remember(visit, device)
        return go(f"{_WAYS}?done=app")


def _form(visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    return page("victim/authenticator/new.html", desk.settings_frame(visit), refusal=refusal, form=form)


def _set_up(visit: Visit, found: SetUp, form: Form, refusal: Refusal | None = None) -> Page:
    shown = SetUpPage(squares.drawn(found.link), found.link, found.key, form)
    return page("victim/authenticator/set_up.html", desk.settings_frame(visit), refusal=refusal, page=shown)
