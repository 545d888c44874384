"""The second page of signing in here: a code of the app, or a passkey; the first time, setting one of them up."""

from litestar import Controller, MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from markupsafe import Markup
from msgspec import Struct

from trackmycrime.domain.identity import second_step, staff_passkeys, throttle
from trackmycrime.domain.identity.ceremonies import LONGEST_ANSWER, WrongAnswer
from trackmycrime.domain.identity.second_step import Gone
from trackmycrime.domain.identity.sessions import Begun
from trackmycrime.domain.identity.staff import Member, WrongSignIn
from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices, frames, squares
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form, Frame
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import HALFWAY_COOKIE, PASSKEY_COOKIE, SESSION_COOKIE, AnyRequest, Visit
from trackmycrime.web.staff.sign_in import SIGN_IN, destination_of, form_page

CODE, SETTING_UP = f"{SIGN_IN}/code", f"{SIGN_IN}/setting-up"
_FIVE_MINUTES = 300


class CodePage(Struct, frozen=True):
    """All that the page shows: whether there is an `app` to take a code from, and a `passkey` to use."""

    form: Form
    app: bool
    passkey: bool
    work: str


class SetUpPage(Struct, frozen=True):
    """All that the page shows: what an app needs, as a picture, a link and a key; and what a browser needs for a passkey."""

    form: Form
    picture: Markup
    link: str
    key: str
    options: str


class SecondStepController(Controller):
    """The second step, after the password."""

    path = SIGN_IN

    @get("/code", opt={"permission": Permission.PUBLIC})
    async def new(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]
    ) -> Page | Redirect:
        """Ask for it; whoever is not half way in begins at the beginning."""
        cookie, wanted = request.cookies.get(HALFWAY_COOKIE, ""), request.query_params.get("next", "")
        try:
            return await _ask(tx, visit, cookie, Form({"next": wanted}, {}))
        except Gone:
            return go(SIGN_IN)

    @post("/code", opt={"permission": Permission.PUBLIC})
    async def create(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Sign in with a code of the app."""
        by, cookie = devices.browser(request, visit, form), request.cookies.get(HALFWAY_COOKIE, "")
        await visit.leave_tx()
        try:
            begun, row = await second_step.finish(visit.door, cookie, form.get("code", "")[:100], by)
        except Gone as refusal:
            return await _begin_again(visit, form, refusal)
        except (Invalid, Slower) as refusal:
            return await _ask_again(visit, cookie, form, refusal)
        return _let_in(visit, begun, row, form)

    @get("/setting-up", opt={"permission": Permission.PUBLIC})
    async def set_up(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]
    ) -> Page | Redirect:
        """Show what an app or a passkey needs, to whoever has neither."""
        try:
            return await _set_up(tx, visit, request, Form({}, {}))
        except Gone:
            return go(SIGN_IN)

    @post("/setting-up", opt={"permission": Permission.PUBLIC})
    async def confirm(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Set up an app with its first code, or a passkey, and sign in."""
        cookie, answer = request.cookies.get(HALFWAY_COOKIE, ""), form.get("credential", "")[:LONGEST_ANSWER]
        await visit.leave_tx()
        try:
            if answer:
                begun, row = await staff_passkeys.confirm(visit.door, cookie, answer)
            else:
                begun, row = await second_step.confirm(visit.door, cookie, form.get("code", "")[:100])
        except Gone as refusal:
            return await _begin_again(visit, form, refusal)
        except (Invalid, WrongAnswer) as refusal:
            return await _set_up_again(visit, request, refusal)
        return _let_in(visit, begun, row, form)

    @post("/passkey/challenges", opt={"permission": Permission.PUBLIC}, status_code=200)
    async def ask(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Response[str]:
        """Give this browser something that its passkey has to answer."""
        asked = await staff_passkeys.ask(tx)
        visit.set_cookie(PASSKEY_COOKIE, asked.cookie, max_age=_FIVE_MINUTES)
        return Response(asked.options, media_type=MediaType.JSON)

    @post("/passkey", opt={"permission": Permission.PUBLIC})
    async def use(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Sign in with a passkey alone."""
        cookie, answer = request.cookies.get(PASSKEY_COOKIE, ""), form.get("credential", "")[:LONGEST_ANSWER]
        await visit.leave_tx()
        try:
            begun, row = await staff_passkeys.sign_in(visit.door, cookie, answer)
        except WrongSignIn as refusal:
            return await form_page(visit, refused(form, refusal), refusal)
        visit.drop_cookie(PASSKEY_COOKIE)
        return _let_in(visit, begun, row, form)


def _let_in(visit: Visit, begun: Begun, row: Member, form: dict[str, str]) -> Redirect:
    visit.drop_cookie(HALFWAY_COOKIE)
    visit.set_cookie(SESSION_COOKIE, begun.cookie)
    devices.remember(visit, row.id)
    return go(destination_of(form.get("next", ""), row.role))


async def _begin_again(visit: Visit, form: dict[str, str], refusal: Refusal) -> Page:
    visit.drop_cookie(HALFWAY_COOKIE)
    return await form_page(visit, Form({"next": form.get("next", "")}, {"": refusal.message}), refusal)


async def _ask_again(visit: Visit, cookie: str, form: dict[str, str], refusal: Refusal) -> Page | Redirect:
    try:
        again = refused({"next": form.get("next", "")}, refusal)
        return await _ask(visit.force_tx(), visit, cookie, again, refusal)
    except Gone:
        return go(SIGN_IN)


async def _ask(tx: ForceTx, visit: Visit, cookie: str, form: Form, refusal: Refusal | None = None) -> Page | Redirect:
    asked = await second_step.asked(tx, cookie)
    if asked.nothing:
        return go(SETTING_UP)
    work = await throttle.challenge(tx, visit.network)
    shown = CodePage(form, asked.app, asked.passkey, work)
    return page("staff/second_step/new.html", _frame(visit), refusal=refusal, page=shown)


async def _set_up_again(visit: Visit, request: AnyRequest, refusal: Refusal) -> Page | Redirect:
    try:
        return await _set_up(visit.force_tx(), visit, request, refused({}, refusal), refusal)
    except Gone:
        return go(SIGN_IN)


async def _set_up(tx: ForceTx, visit: Visit, request: AnyRequest, form: Form, refusal: Refusal | None = None) -> Page:
    cookie = request.cookies.get(HALFWAY_COOKIE, "")
    app, options = await second_step.set_up(tx, cookie), await staff_passkeys.options(tx, cookie)
    shown = SetUpPage(form, squares.drawn(app.link), app.link, app.key, options)
    return page("staff/second_step/set_up.html", _frame(visit), refusal=refusal, page=shown)


def _frame(visit: Visit) -> Frame:
    return frames.frame(visit, home=SIGN_IN, footnote=frames.staff_footnote())
