"""The second page of signing in, where an app or a text gives a code: only for a browser that gave the right password just now."""

from urllib.parse import quote

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import halfway
from trackmycrime.domain.cases.halfway import Asked, HalfwayGone
from trackmycrime.domain.cases.text_step import NoNumber
from trackmycrime.domain.identity import throttle
from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices, frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import HALFWAY_COOKIE, AnyRequest, Visit
from trackmycrime.web.victim.sign_in import form_page, let_in


class CodePage(Struct, frozen=True):
    """All that the page shows: whether it asks for a code of an `app`, or of a text to a number that `ends` so."""

    app: bool
    ends: str
    sent: str
    form: Form
    phone: str
    work: str


class HalfwayController(Controller):
    """The code after the password."""

    path = "/sign-in/code"

    @get(opt={"permission": Permission.PUBLIC})
    async def new(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]
    ) -> Page | Redirect:
        """Ask for the code; whoever is not half way in begins at the beginning."""
        asked = await halfway.asked(tx, request.cookies.get(HALFWAY_COOKIE, ""))
        if asked is None:
            return go("/sign-in")
        query = request.query_params
        sent = _("We have sent another code") if query.get("done") == "sent" else ""
        return await _form(visit, asked, Form({"next": query.get("next", "")}, {}), sent=sent)

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Sign in with the code."""
        by, cookie = devices.browser(request, visit, form), request.cookies.get(HALFWAY_COOKIE, "")
        try:
            signed = await halfway.finish(visit.door, cookie, form.get("code", "")[:100], by)
        except HalfwayGone as refusal:
            return await _begin_again(visit, form, refusal)
        except (Invalid, Slower) as refusal:
            return await _refused(visit, cookie, form, refusal)
        visit.drop_cookie(HALFWAY_COOKIE)
        return let_in(request, visit, signed, form)

    @post("/texts", opt={"permission": Permission.PUBLIC})
    async def send(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Send another code by text."""
        cookie = request.cookies.get(HALFWAY_COOKIE, "")
        try:
            await halfway.text_again(visit.door, cookie)
        except HalfwayGone as refusal:
            return await _begin_again(visit, form, refusal)
        except (NoNumber, Slower) as refusal:
            return await _refused(visit, cookie, form, refusal)
        asked = frames.safe_next(form.get("next", ""), "")
        return go(f"/sign-in/code?done=sent{f'&next={quote(asked, safe="")}' if asked else ''}")


async def _begin_again(visit: Visit, form: dict[str, str], refusal: HalfwayGone) -> Page:
    visit.drop_cookie(HALFWAY_COOKIE)
    return await form_page(visit, Form({"next": form.get("next", "")}, {"": refusal.message}), refusal)


async def _refused(visit: Visit, cookie: str, form: dict[str, str], refusal: Refusal) -> Page:
    asked = await halfway.asked(visit.force_tx(), cookie) or Asked(app=True, ends="")
    return await _form(visit, asked, refused({"next": form.get("next", "")}, refusal), refusal)


async def _form(visit: Visit, asked: Asked, form: Form, refusal: Refusal | None = None, *, sent: str = "") -> Page:
    work = await throttle.challenge(visit.force_tx(), visit.network)
    shown = CodePage(asked.app, asked.ends, sent, form, frames.phone(visit), work)
    return page("victim/halfway/new.html", frames.frame(visit), refusal=refusal, page=shown)
