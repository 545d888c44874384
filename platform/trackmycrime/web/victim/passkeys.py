"""Passkeys: making one in the settings, and signing in with one. Both need scripts; where there are none, nothing is offered."""

from litestar import Controller, MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import passkeys
from trackmycrime.domain.cases.factors import LONGEST_NAME
from trackmycrime.domain.identity.ceremonies import LONGEST_ANSWER, WrongAnswer
from trackmycrime.domain.identity.staff import WrongSignIn
from trackmycrime.kit.errors import Invalid, NotFound, Refusal, Slower
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import PASSKEY_COOKIE, AnyRequest, Visit
from trackmycrime.web.victim import desk
from trackmycrime.web.victim.sign_in import form_page, let_in

_WAYS, _CONFIRMATION = "/settings/sign-in", "/settings/sign-in/passkey/confirmation"
_FIVE_MINUTES = 300


class MakePage(Struct, frozen=True):
    """All that the page shows: what the browser needs, as JSON, and how many characters the name may have."""

    options: str
    longest_name: int


class PasskeysController(Controller):
    """Making a passkey."""

    path = "/settings/sign-in/passkey"

    @get(opt={"permission": Permission.SETTINGS_CHANGE})
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """Say what a passkey does, and ask for the password."""
        return _form(visit, Form({}, {}))

    @post(opt={"permission": Permission.SETTINGS_CHANGE})
    async def begin(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Begin, for whoever knows the password."""
        session, by = desk.session_of(visit), devices.browser(request, visit, form)
        await visit.leave_tx()
        try:
            await passkeys.begin(visit.door, session, form.get("password", ""), by)
        except (Invalid, Slower) as refusal:
            return _form(visit, refused(form, refusal), refusal)
        return go(_CONFIRMATION)

    @get("/confirmation", opt={"permission": Permission.SETTINGS_CHANGE})
    async def make(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page | Redirect:
        """Let the browser make it; whoever did not begin just now, in this session, begins at the beginning."""
        try:
            options = await passkeys.begun(tx, desk.session_of(visit))
        except NotFound:
            return go(_WAYS)
        return page("victim/passkeys/make.html", desk.settings_frame(visit), page=MakePage(options, LONGEST_NAME))

    @post("/confirmation", opt={"permission": Permission.SETTINGS_CHANGE})
    async def confirm(self, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]) -> Page | Redirect:
        """Keep what the browser made."""
        session = desk.session_of(visit)
        await visit.leave_tx()
        try:
            await passkeys.confirm(
                visit.door, session, form.get("credential", "")[:LONGEST_ANSWER], form.get("name", "")
            )
        except NotFound:
            return go(_WAYS)
        except WrongAnswer as refusal:
            return _form(visit, Form({}, {"password": refusal.message}), refusal)
        return go(f"{_WAYS}?done=passkey")


class PasskeySignInController(Controller):
    """Signing in with a passkey."""

    path = "/sign-in/passkey"

    @post("/challenges", opt={"permission": Permission.PUBLIC}, status_code=200)
    async def ask(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Response[str]:
        """Give this browser something that its passkey has to answer."""
        asked = await passkeys.ask(tx)
        visit.set_cookie(PASSKEY_COOKIE, asked.cookie, max_age=_FIVE_MINUTES)
        return Response(asked.options, media_type=MediaType.JSON)

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Sign in. Every failure gets the same answer, that of every other way."""
        by, answer = devices.browser(request, visit, form), form.get("credential", "")[:LONGEST_ANSWER]
        cookie = request.cookies.get(PASSKEY_COOKIE, "")
        await visit.leave_tx()
        try:
            signed = await passkeys.sign_in(visit.door, cookie, answer, by)
        except WrongSignIn as refusal:
            return await form_page(visit, refused(form, refusal), refusal)
        visit.drop_cookie(PASSKEY_COOKIE)
        return let_in(request, visit, signed, form)


def _form(visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    return page("victim/passkeys/new.html", desk.settings_frame(visit), refusal=refusal, form=form)
