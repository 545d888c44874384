"""Registering by an invitation. Looking at the link changes nothing: mail scanners look at every link."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from trackmycrime.domain.cases import registration, reissue
from trackmycrime.domain.cases.registration import Facts, InviteExpired, WrongSignIn
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
        try:
            invite = await registration.open_invite(tx, token)
        except InviteExpired as refusal:
            return _expired(visit, token, refusal)
        return _form(visit, token, Form({}, {}), coded=invite.code_hash is not None)

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]], token: FromPath[str]
    ) -> Page | Redirect:
        """Make the account, and sign in."""
        coded = False
        try:
            coded = await registration.is_coded(visit.door, token)
            facts, password, repeated = _read(form, coded=coded)
            code = form.get("code", "")
            begun = await registration.register(visit.door, token, facts, password, repeated, code=code)
        except InviteExpired as refusal:
            return _expired(visit, token, refusal)
        except (Invalid, WrongSignIn) as refusal:
            return _form(visit, token, refused(form, refusal), coded=coded, status=refusal.status)
        visit.set_cookie(SESSION_COOKIE, begun.cookie)
        devices.remember(visit, begun.session.actor.id)
        return go("/messages")

    @post("/renewals", opt={"permission": Permission.PUBLIC}, status_code=200)
    async def renew(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], token: FromPath[str]) -> Page:
        """Send a new link where that is safe; the answer is the same where it is not."""
        await reissue.renew(tx, token)
        return page("victim/registration/renewed.html", frames.frame(visit), phone=frames.phone(visit))


def _read(form: dict[str, str], *, coded: bool) -> tuple[Facts, str, str]:
    fields = Fields(form)
    if coded:
        fields.text("code", _("Enter the code that we gave you"), longest=40)
    facts = read_facts(fields)
    password, repeated = fields.secret("password", _("Create a password")), fields.secret("repeat_password")
    fields.require_good()
    return facts, password, repeated


def _form(visit: Visit, token: str, form: Form, *, coded: bool, status: int = 200) -> Page:
    frame, phone = frames.frame(visit), frames.phone(visit)
    return page("victim/registration/new.html", frame, status=status, form=form, token=token, phone=phone, coded=coded)


def _expired(visit: Visit, token: str, refusal: InviteExpired) -> Page:
    frame, phone = frames.frame(visit), frames.phone(visit)
    return page("victim/registration/expired.html", frame, refusal=refusal, token=token, phone=phone)
