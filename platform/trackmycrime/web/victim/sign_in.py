"""Signing in and out, and leaving in a hurry."""

from urllib.parse import quote

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import registration
from trackmycrime.domain.cases.entry import SignedIn
from trackmycrime.domain.cases.halfway import Halfway
from trackmycrime.domain.cases.registration import Facts
from trackmycrime.domain.identity import sessions, throttle
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.errors import Busy, Invalid, Refusal, Slower
from trackmycrime.kit.words import _
from trackmycrime.web.common import devices, frames, speech
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import HALFWAY_COOKIE, SESSION_COOKIE, AnyRequest, Visit, visit_of

NEUTRAL_SITE = "https://www.bbc.co.uk/weather"


class SignInPage(Struct, frozen=True):
    """All that the page shows. On a `known` device the password is enough; `reset` says that it has just been changed.

    A code from a `card` is asked for where others have filled what slows guesses down.
    """

    form: Form
    phone: str
    work: str
    known: bool
    reset: bool
    card: bool


class SignInController(Controller):
    """How a registered victim gets in."""

    path = "/sign-in"

    @get(opt={"permission": Permission.PUBLIC})
    async def new(self, request: AnyRequest, visit: NamedDependency[Visit]) -> Page | Redirect:
        """Show the form."""
        if visit.actor.kind is Kind.VICTIM:
            return go("/messages")
        query, by = request.query_params, devices.browser(request, visit, {})
        known = not {"as", "with"} & set(query) and await registration.is_known(visit.force_tx(), by)
        asked = {name: query.get(name, "") for name in ("next", "unsent")}
        reset, card = query.get("done") == "reset", query.get("with") == "card"
        return await form_page(visit, Form(asked, {}), known=known, reset=reset, card=card)

    @post(opt={"permission": Permission.PUBLIC})
    async def create(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Sign in. Every failure gets the same answer."""
        by = devices.browser(request, visit, form)
        try:
            signed = await _signed_in(visit, form, by)
        except (Invalid, registration.WrongSignIn, Slower) as refusal:
            slow = isinstance(refusal, Slower) and not isinstance(refusal, Busy)
            known = "crime_reference" not in form and not slow and await registration.is_known(visit.force_tx(), by)
            card = slow or "card_code" in form
            return await form_page(visit, refused(form, refusal), refusal, known=known, card=card)
        if isinstance(signed, Halfway):
            visit.set_cookie(HALFWAY_COOKIE, signed.cookie)
            return go(_with_next("/sign-in/code", form))
        return let_in(request, visit, signed, form)


def let_in(request: AnyRequest, visit: Visit, signed: SignedIn, form: dict[str, str]) -> Redirect:
    """Give the browser its session, remember whose it is unless others use it too, and go on to what was asked for."""
    visit.set_cookie(SESSION_COOKIE, signed.begun.cookie)
    if not speech.is_chosen(request.scope):
        speech.prefer(visit, signed.language, shared=signed.shared)
    if signed.shared:
        devices.forget(visit)
    else:
        devices.remember(visit, signed.device)
    return go(frames.safe_next(form.get("next", ""), "/messages"))


def _with_next(path: str, form: dict[str, str]) -> str:
    asked = frames.safe_next(form.get("next", ""), "")
    return f"{path}?next={quote(asked, safe='')}" if asked else path


async def _signed_in(visit: Visit, form: dict[str, str], by: Browser) -> SignedIn | Halfway:
    """Sign in with the password alone where the device says whose it is, else with all the facts."""
    if "crime_reference" not in form and by.remembers:
        signed = await registration.sign_in_known(visit.door, form.get("password", "")[:1000], by)
        if signed:
            return signed
    facts, password = _read(form)
    return await registration.sign_in(visit.door, facts, password, by, card_code=form.get("card_code", "")[:100])


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


async def form_page(
    visit: Visit,
    form: Form,
    refusal: Refusal | None = None,
    *,
    known: bool = False,
    reset: bool = False,
    card: bool = False,
) -> Page:
    """Show the form, with what is wrong."""
    work = await throttle.challenge(visit.force_tx(), visit.network)
    shown = SignInPage(form, frames.phone(visit), work, known, reset, card)
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
