"""A forgotten password: asking for a link, and choosing a new one by it. Looking at the link changes nothing."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import resets
from trackmycrime.domain.identity import throttle
from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices, frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim.sign_in import read_facts


class AskPage(Struct, frozen=True):
    """All that the page for asking shows; `asked` says that it was done, whoever asked."""

    form: Form
    phone: str
    work: str
    asked: bool


class ResetsController(Controller):
    """How somebody who forgot their password gets a new one."""

    path = "/reset-password"

    @get(opt={"permission": Permission.PUBLIC})
    async def new(self, request: AnyRequest, visit: NamedDependency[Visit]) -> Page:
        """Show the form, or that a link was asked for."""
        return await _ask(visit, Form({}, {}), asked=request.query_params.get("done") == "asked")

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Ask for a link. The answer is the same for everybody."""
        try:
            fields = Fields(form)
            facts = read_facts(fields)
            fields.require_good()
            await resets.ask(visit.door, facts, devices.browser(request, visit, form))
        except (Invalid, Slower) as refusal:
            return await _ask(visit, refused(form, refusal), refusal)
        return go("/reset-password?done=asked")

    @get("/{token:str}", opt={"permission": Permission.PUBLIC})
    async def edit(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], token: FromPath[str]) -> Page:
        """Show the form for a new password, while the link is good."""
        await resets.find(tx, token)
        return _choose(visit, token, Form({}, {}))

    @post("/{token:str}", opt={"permission": Permission.PUBLIC})
    async def use(
        self, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]], token: FromPath[str]
    ) -> Page | Redirect:
        """Set the new password; then it is used to sign in."""
        try:
            await resets.use(visit.door, token, *read_new_password(form))
        except Invalid as refusal:
            return _choose(visit, token, refused(form, refusal), status=refusal.status)
        return go("/sign-in?done=reset")


def read_new_password(form: dict[str, str]) -> tuple[str, str]:
    """Return a new password as it was typed twice. Raises Invalid when there is none."""
    fields = Fields(form)
    password, repeated = fields.secret("password", _("Create a password")), fields.secret("repeat_password")
    fields.require_good()
    return password, repeated


async def _ask(visit: Visit, form: Form, refusal: Refusal | None = None, *, asked: bool = False) -> Page:
    work = await throttle.challenge(visit.force_tx(), visit.network)
    shown = AskPage(form, frames.phone(visit), work, asked)
    return page("victim/resets/new.html", frames.frame(visit), refusal=refusal, page=shown)


def _choose(visit: Visit, token: str, form: Form, *, status: int = 200) -> Page:
    return page("victim/resets/edit.html", frames.frame(visit), status=status, form=form, token=token)
