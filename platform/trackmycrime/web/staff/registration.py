"""Choosing the first password, by the link in an invitation. Looking at the link changes nothing."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from trackmycrime.domain.identity import staff
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import HALFWAY_COOKIE, Visit
from trackmycrime.web.staff.sign_in import SIGN_IN


class RegistrationController(Controller):
    """How an invited member of staff makes their account."""

    path = "/staff/register/{token:str}"

    @get(opt={"permission": Permission.PUBLIC})
    async def new(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], token: FromPath[str]) -> Page:
        """Show the form, while the invitation is open."""
        await staff.invited(tx, token)
        return _form(visit, token, Form({}, {}))

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        token: FromPath[str],
    ) -> Page | Redirect:
        """Make the account, and go on to its second step."""
        await staff.invited(tx, token)
        try:
            password, repeated = _read(form)
            begun, _row = await staff.register(visit.door, token, password, repeated)
        except Invalid as refusal:
            return _form(visit, token, refused(form, refusal), status=refusal.status)
        visit.set_cookie(HALFWAY_COOKIE, begun.cookie)
        return go(f"{SIGN_IN}/setting-up")


def _read(form: dict[str, str]) -> tuple[str, str]:
    fields = Fields(form)
    password, repeated = fields.secret("password", _("Create a password")), fields.secret("repeat_password")
    fields.require_good()
    return password, repeated


def _form(visit: Visit, token: str, form: Form, *, status: int = 200) -> Page:
    frame = frames.frame(visit, home="/staff/sign-in", footnote=frames.staff_footnote())
    return page("staff/registration/new.html", frame, status=status, form=form, token=token)
