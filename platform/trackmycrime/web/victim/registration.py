"""Registering by an invitation. Looking at the link changes nothing: mail scanners look at every link."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from trackmycrime.domain.cases import registration
from trackmycrime.domain.cases.registration import Facts, WrongSignIn
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices, frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import SESSION_COOKIE, Visit
from trackmycrime.web.victim.sign_in import read_facts


class RegistrationController(Controller):
    """How an invited victim makes their account."""

    path = "/register/{token:str}"

    @get(opt={"permission": Permission.PUBLIC})
    async def new(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], token: FromPath[str]) -> Page:
        """Show the form, while the invitation is open."""
        await registration.open_invite(tx, token)
        return _form(visit, token, Form({}, {}))

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]], token: FromPath[str]
    ) -> Page | Redirect:
        """Make the account, and sign in."""
        try:
            facts, password, repeated = _read(form)
            begun = await registration.register(visit.door, token, facts, password, repeated)
        except (Invalid, WrongSignIn) as refusal:
            return _form(visit, token, refused(form, refusal), status=refusal.status)
        visit.set_cookie(SESSION_COOKIE, begun.cookie)
        devices.remember(visit, begun.session.actor.id)
        return go("/messages")


def _read(form: dict[str, str]) -> tuple[Facts, str, str]:
    fields = Fields(form)
    facts = read_facts(fields)
    password, repeated = fields.secret("password", _("Create a password")), fields.secret("repeat_password")
    fields.require_good()
    return facts, password, repeated


def _form(visit: Visit, token: str, form: Form, *, status: int = 200) -> Page:
    frame = frames.frame(visit)
    return page("victim/registration/new.html", frame, status=status, form=form, token=token, phone=frames.phone(visit))
