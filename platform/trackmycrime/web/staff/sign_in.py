"""Signing in and out as a member of staff."""

from urllib.parse import quote

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.identity import sessions, staff, throttle
from trackmycrime.domain.identity.provider import leaving, setup
from trackmycrime.domain.identity.second_step import Elsewhere, Halfway
from trackmycrime.domain.identity.staff import StaffRole, WrongSignIn
from trackmycrime.gateways.providers import Providers
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.kit.words import _
from trackmycrime.web.common import devices, frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import HALFWAY_COOKIE, SESSION_COOKIE, AnyRequest, Visit

SIGN_IN = "/staff/sign-in"


class SignInPage(Struct, frozen=True):
    """All that the page shows: the way to the force's own `provider`, or a form where it has none."""

    form: Form
    provider: str
    work: str


class SignInController(Controller):
    """How a member of staff gets in."""

    path = SIGN_IN

    @get(opt={"permission": Permission.PUBLIC})
    async def new(self, request: AnyRequest, visit: NamedDependency[Visit]) -> Page | Redirect:
        """Show the form."""
        if visit.actor.kind is Kind.STAFF:
            return go(home(visit.actor.role))
        return await form_page(visit, Form({"next": request.query_params.get("next", "")}, {}))

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Sign in. Every failure gets the same answer; too many of them are answered with 429."""
        by, waivers = devices.browser(request, visit, form), not visit.settings.production
        try:
            email, password = _read(form)
            found, row = await staff.sign_in(visit.door, email, password, by, waivers=waivers)
        except (Invalid, WrongSignIn, Elsewhere, Slower) as refusal:
            return await form_page(visit, refused(form, refusal), refusal)
        if isinstance(found, Halfway):
            visit.set_cookie(HALFWAY_COOKIE, found.cookie)
            return go(f"{SIGN_IN}/code{_asking(form.get('next', ''))}")
        visit.set_cookie(SESSION_COOKIE, found.cookie)
        devices.remember(visit, row.id)
        return go(destination_of(form.get("next", ""), row.role))


def _read(form: dict[str, str]) -> tuple[str, str]:
    fields = Fields(form)
    email = fields.text("email", _("Enter your email address"))
    password = fields.secret("password", _("Enter your password"))
    fields.require_good()
    return email, password


def home(role: str) -> str:
    """Return the first page of a role."""
    return "/admin" if role == StaffRole.ADMIN else "/staff"


def destination_of(wanted: str, role: str) -> str:
    """Return the page asked for, if this role has such pages; signing out again is nobody's wish."""
    start = home(role)
    path = frames.safe_next(wanted, start)
    return path if path.startswith(start) and path != "/staff/sign-out" else start


async def form_page(visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    """Return the page, with what was filled in and what was wrong with it."""
    tx = visit.force_tx()
    there = f"{SIGN_IN}/provider{_asking(form.values.get('next', ''))}" if await setup.is_on(tx) else ""
    work = "" if there else await throttle.challenge(tx, visit.network)
    frame = frames.frame(visit, home=SIGN_IN, footnote=frames.staff_footnote())
    return page("staff/sign_in/new.html", frame, refusal=refusal, page=SignInPage(form, there, work))


def _asking(wanted: str) -> str:
    return f"?next={quote(wanted, safe='')}" if wanted else ""


@get("/staff/sign-out", opt={"permission": Permission.SIGN_OUT})
async def sign_out(
    request: AnyRequest, visit: NamedDependency[Visit], providers: NamedDependency[Providers]
) -> Redirect:
    """Sign this browser out, here and at the force's own provider; a link on another site cannot."""
    ours = request.headers.get("sec-fetch-site", "none") in {"same-origin", "none"}
    if not ours or not isinstance(visit.session, sessions.Session):
        return go(SIGN_IN)
    await visit.leave_tx()
    there = await leaving.sign_out(visit.door, providers, visit.session)
    visit.drop_cookie(SESSION_COOKIE)
    return go(there or SIGN_IN)
