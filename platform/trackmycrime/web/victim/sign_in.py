"""Signing in and out, and leaving in a hurry."""

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import registration
from trackmycrime.domain.cases.registration import Facts, SignedIn
from trackmycrime.domain.identity import sessions, throttle
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.kit.words import _
from trackmycrime.web.common import devices, frames, speech
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import SESSION_COOKIE, AnyRequest, Visit, visit_of

NEUTRAL_SITE = "https://www.bbc.co.uk/weather"


class SignInPage(Struct, frozen=True):
    """All that the page shows. On a `known` device the password is enough; `reset` says that it has just been changed."""

    form: Form
    phone: str
    work: str
    known: bool
    reset: bool


class SignInController(Controller):
    """How a registered victim gets in."""

    path = "/sign-in"

    @get(opt={"permission": Permission.PUBLIC})
    async def new(self, request: AnyRequest, visit: NamedDependency[Visit]) -> Page | Redirect:
        """Show the form."""
        if visit.actor.kind is Kind.VICTIM:
            return go("/messages")
        query, by = request.query_params, devices.browser(request, visit, {})
        known = "as" not in query and await registration.is_known(visit.force_tx(), by)
        asked = {name: query.get(name, "") for name in ("next", "unsent")}
        return await _form(visit, Form(asked, {}), known=known, reset=query.get("done") == "reset")

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Sign in. Every failure gets the same answer."""
        by = devices.browser(request, visit, form)
        try:
            signed = await _signed_in(visit, form, by)
        except (Invalid, registration.WrongSignIn, Slower) as refusal:
            known = "crime_reference" not in form and await registration.is_known(visit.force_tx(), by)
            return await _form(visit, refused(form, refusal), refusal, known=known)
        visit.set_cookie(SESSION_COOKIE, signed.begun.cookie)
        if not speech.is_chosen(request.scope):
            speech.prefer(visit, signed.language, shared=by.shared)
        if by.shared:
            devices.forget(visit)
        else:
            devices.remember(visit, signed.device)
        return go(frames.safe_next(form.get("next", ""), "/messages"))


async def _signed_in(visit: Visit, form: dict[str, str], by: Browser) -> SignedIn:
    """Sign in with the password alone where the device says whose it is, else with all the facts."""
    if "crime_reference" not in form and by.remembers:
        signed = await registration.sign_in_known(visit.door, form.get("password", "")[:1000], by)
        if signed:
            return signed
    facts, password = _read(form)
    return await registration.sign_in(visit.door, facts, password, by)


def _read(form: dict[str, str]) -> tuple[Facts, str]:
    fields = Fields(form)
    facts, password = read_facts(fields), fields.secret("password", _("Enter your password"))
    fields.require_good()
    return facts, password


def read_facts(fields: Fields) -> Facts:
    """Return what somebody says of themselves; what is missing or wrong is noted in the form."""
    reference = fields.text("crime_reference", _("Enter your crime reference number"), longest=60)
    last_name = fields.text("last_name", _("Enter your last name"))
    return Facts(reference, last_name, fields.date_of_birth())


async def _form(
    visit: Visit, form: Form, refusal: Refusal | None = None, *, known: bool = False, reset: bool = False
) -> Page:
    work = await throttle.challenge(visit.force_tx(), visit.network)
    shown = SignInPage(form, frames.phone(visit), work, known, reset)
    return page("victim/sign_in/new.html", frames.frame(visit), refusal=refusal, page=shown)


async def _end(visit: Visit) -> None:
    if isinstance(visit.session, sessions.Session):
        await sessions.end(visit.force_tx(), visit.session)
    visit.drop_cookie(SESSION_COOKIE)


@get("/sign-out", opt={"permission": Permission.PUBLIC})
async def sign_out(request: AnyRequest) -> Page | Redirect:
    """Sign out, and say so."""
    visit = visit_of(request)
    if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        return go("/")
    await _end(visit)
    visit.session = None
    return page("victim/sign_in/signed_out.html", frames.frame(visit))


@get("/exit", opt={"permission": Permission.PUBLIC})
async def leave(request: AnyRequest) -> Response[None]:
    """End the session and leave for a neutral site. The device stays known: forgetting it would help somebody else."""
    await _end(visit_of(request))
    headers = {"location": NEUTRAL_SITE, "clear-site-data": '"cache", "storage"'}
    return Response(None, status_code=303, headers=headers)
