"""The second page of signing in, where an app gives a code: only for a browser that gave the right password just now."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import halfway
from trackmycrime.domain.cases.halfway import HalfwayGone
from trackmycrime.domain.identity import throttle
from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices, frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import HALFWAY_COOKIE, AnyRequest, Visit
from trackmycrime.web.victim.sign_in import form_page, let_in


class CodePage(Struct, frozen=True):
    """All that the page shows."""

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
        if not await halfway.is_open(tx, request.cookies.get(HALFWAY_COOKIE, "")):
            return go("/sign-in")
        return await _form(visit, Form({"next": request.query_params.get("next", "")}, {}))

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Sign in with the code."""
        by, cookie = devices.browser(request, visit, form), request.cookies.get(HALFWAY_COOKIE, "")
        try:
            signed = await halfway.finish(visit.door, cookie, form.get("code", "")[:100], by)
        except HalfwayGone as refusal:
            visit.drop_cookie(HALFWAY_COOKIE)
            return await form_page(visit, Form({"next": form.get("next", "")}, {"": refusal.message}), refusal)
        except (Invalid, Slower) as refusal:
            return await _form(visit, refused({"next": form.get("next", "")}, refusal), refusal)
        visit.drop_cookie(HALFWAY_COOKIE)
        return let_in(request, visit, signed, form)


async def _form(visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    work = await throttle.challenge(visit.force_tx(), visit.network)
    shown = CodePage(form, frames.phone(visit), work)
    return page("victim/halfway/new.html", frames.frame(visit), refusal=refusal, page=shown)
