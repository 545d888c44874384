"""How an invited operator chooses their first password."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from trackmycrime.domain.identity import operators
from trackmycrime.kit.errors import Invalid
from trackmycrime.tx import NationalTx
from trackmycrime.web.common import answers
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import SESSION_COOKIE, Visit
from trackmycrime.web.operator import console

_TEMPLATE = "operator/register/index.html"


class RegisterController(Controller):
    """The page behind an invitation. Looking at it changes nothing: mail scanners look too."""

    path = "/register/{token:str}"

    @get(opt={"permission": Permission.PUBLIC})
    async def show(
        self, visit: NamedDependency[Visit], national: NamedDependency[NationalTx], token: FromPath[str]
    ) -> Page:
        """Ask for a password, if the invitation is good."""
        operator = await operators.invited(national, token)
        return answers.page(_TEMPLATE, console.frame(visit), email=operator.email, form=Form({}, {}))

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self,
        visit: NamedDependency[Visit],
        national: NamedDependency[NationalTx],
        form: NamedDependency[dict[str, str]],
        token: FromPath[str],
    ) -> Page | Redirect:
        """Keep the password and begin the first session."""
        operator = await operators.invited(national, token)
        door = visit.database.national("console")
        try:
            cookie, _csrf = await operators.register(
                door, token, form.get("password", ""), form.get("repeat_password", "")
            )
        except Invalid as refusal:
            shown = answers.refused({}, refusal)
            return answers.page(
                _TEMPLATE, console.frame(visit), status=refusal.status, email=operator.email, form=shown
            )
        visit.set_cookie(SESSION_COOKIE, cookie)
        return answers.go(console.HOME)
