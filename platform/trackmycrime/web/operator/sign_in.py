"""How operators sign in and out."""

from litestar import Controller, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.response import Redirect

from trackmycrime.domain.identity import operators
from trackmycrime.domain.identity.operators import OperatorSession
from trackmycrime.domain.identity.staff import WrongSignIn
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import NationalTx
from trackmycrime.web.common import answers
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.frames import safe_next
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import SESSION_COOKIE, AnyRequest, Visit
from trackmycrime.web.operator import console

_TEMPLATE = "operator/sign_in/index.html"


class SignInController(Controller):
    """The way into the console."""

    path = "/sign-in"

    @get(opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
    def show(self, request: AnyRequest, visit: NamedDependency[Visit]) -> Page | Redirect:
        """Ask who it is; whoever is signed in goes on."""
        if visit.session:
            return answers.go(console.HOME)
        values = {"next": request.query_params.get("next", "")}
        return answers.page(_TEMPLATE, console.frame(visit), form=Form(values, {}))

    @post(opt={"permission": Permission.PUBLIC})
    async def begin(self, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]) -> Page | Redirect:
        """Begin a session, and go to the page that was asked for."""
        door = visit.database.national("console")
        try:
            email, password = _read(form)
            cookie, _csrf = await operators.sign_in(door, email, password, visit.network)
        except (Invalid, WrongSignIn) as refusal:
            frame = console.frame(visit)
            return answers.page(_TEMPLATE, frame, status=refusal.status, form=answers.refused(form, refusal))
        visit.set_cookie(SESSION_COOKIE, cookie)
        return answers.go(_after(form.get("next", "")))


def _read(form: dict[str, str]) -> tuple[str, str]:
    fields = Fields(form)
    email = fields.text("email", _("Enter your email address"))
    password = fields.secret("password", _("Enter your password"))
    fields.require_good()
    return email, password


def _after(asked: str) -> str:
    path = safe_next(asked, console.HOME)
    return console.HOME if path.startswith(console.SIGN_OUT) else path


@route(console.SIGN_OUT, http_method=[HttpMethod.GET, HttpMethod.POST], opt={"permission": Permission.SIGN_OUT})
async def sign_out(
    request: AnyRequest, visit: NamedDependency[Visit], national: NamedDependency[NationalTx]
) -> Redirect:
    """End the session. The menu's link does it too; a link on another site cannot."""
    ours = request.headers.get("sec-fetch-site", "none") in {"same-origin", "none"}
    if ours and isinstance(visit.session, OperatorSession):
        await operators.end_session(national, visit.session)
        visit.drop_cookie(SESSION_COOKIE)
    return answers.go("/sign-in")
