"""Signing in at the force's own provider: the way there, the way back, and what the provider says of who signed out."""

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from trackmycrime.domain.identity.provider import leaving, signing_in
from trackmycrime.domain.identity.provider.people import NotLetIn
from trackmycrime.domain.identity.provider.signing_in import Answer, Down, NotProved, Purpose, Stale
from trackmycrime.gateways.providers import Providers
from trackmycrime.kit.errors import Refusal
from trackmycrime.web.common.answers import Page, go
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import PROVIDER_COOKIE, SESSION_COOKIE, AnyRequest, Visit
from trackmycrime.web.staff.sign_in import destination_of, form_page

LARGEST_LOGOUT = 64 * 1024
_TRIED = "/admin/staff/sign-in#trial"
_ASKED = ("state", "code", "iss", "error")


class ProviderController(Controller):
    """The way in through the force's own provider."""

    path = "/staff/sign-in/provider"

    @get(opt={"permission": Permission.PUBLIC})
    async def begin(
        self, request: AnyRequest, visit: NamedDependency[Visit], providers: NamedDependency[Providers]
    ) -> Page | Redirect:
        """Send the browser to the provider."""
        wanted = request.query_params.get("next", "")
        await visit.leave_tx()
        try:
            sent = await signing_in.begin(visit.door, providers, Purpose.SIGN_IN, destination=wanted)
        except Down as refusal:
            return await _again(visit, refusal, wanted)
        visit.set_cookie(PROVIDER_COOKIE, sent.cookie, max_age=int(signing_in.LIVES.total_seconds()))
        return go(sent.url)

    @get("/callback", opt={"permission": Permission.PUBLIC})
    async def finish(
        self, request: AnyRequest, visit: NamedDependency[Visit], providers: NamedDependency[Providers]
    ) -> Page | Redirect:
        """Let somebody in who comes back from the provider."""
        cookie, actor = request.cookies.get(PROVIDER_COOKIE, ""), visit.actor
        answer = Answer(*(request.query_params.get(name, "") for name in _ASKED))
        await visit.leave_tx()
        try:
            entered = await signing_in.finish(visit.door, providers, cookie, answer, actor)
        except (Stale, NotProved, NotLetIn, Down) as refusal:
            return await _again(visit, refusal)
        visit.drop_cookie(PROVIDER_COOKIE)
        if entered is None:
            return go(_TRIED)
        visit.set_cookie(SESSION_COOKIE, entered.begun.cookie)
        return go(destination_of(entered.destination, entered.role))

    @post("/logout", opt={"permission": Permission.PUBLIC, "one_click": True}, request_max_body_size=LARGEST_LOGOUT)
    async def signed_out(
        self,
        visit: NamedDependency[Visit],
        providers: NamedDependency[Providers],
        form: NamedDependency[dict[str, str]],
    ) -> Response[None]:
        """Hear from the provider who signed out there: it proves itself by its signature, and has no browser."""
        await visit.leave_tx()
        await leaving.signed_out(visit.door, providers, form.get("logout_token", ""))
        return Response(None, status_code=200)


async def _again(visit: Visit, refusal: Refusal, wanted: str = "") -> Page:
    return await form_page(visit, Form({"next": wanted}, {"": refusal.message}), refusal)
