"""One's own account: a new password, where one is signed in, and what to do when it is not safe or not wanted any more."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import account, factors
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.sessions import BrowserKind, Listed
from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices, frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import SESSION_COOKIE, AnyRequest, Visit
from trackmycrime.web.victim import desk
from trackmycrime.web.victim.resets import read_new_password


class BrowserLine(Struct, frozen=True):
    """One place where the reader is signed in: no place and no network, which somebody else could use."""

    id: str
    name: str
    used: str
    here: bool


class AccountController(Controller):
    """What a victim does with their own account."""

    path = "/settings"

    @get("/password", opt={"permission": Permission.SETTINGS_CHANGE})
    async def password(self, visit: NamedDependency[Visit]) -> Page:
        """Show the form for another password."""
        return await _password(visit, Form({}, {}))

    @post("/password", opt={"permission": Permission.SETTINGS_CHANGE})
    async def change_password(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Change the password; the session goes on under a new cookie."""
        session, by = desk.session_of(visit), devices.browser(request, visit, form)
        await visit.leave_tx()
        try:
            changed = await account.change_password(visit.door, session, by, *_passwords(form))
        except (Invalid, Slower) as refusal:
            return await _password(visit, refused(form, refusal), refusal)
        visit.set_cookie(SESSION_COOKIE, changed.begun.cookie)
        if not session.shared:
            devices.remember(visit, changed.device)
        return go("/settings?done=password")

    @get("/sessions", opt={"permission": Permission.SETTINGS_CHANGE})
    async def browsers(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show where the reader is signed in."""
        here = desk.session_of(visit).id
        lines = tuple(_line(listed, here) for listed in await sessions.own(tx))
        return page("victim/account/sessions.html", desk.settings_frame(visit), lines=lines)

    @post("/sessions/{session_id:uuid}/ending", opt={"permission": Permission.SETTINGS_CHANGE})
    async def end_session(self, tx: NamedDependency[ForceTx], session_id: FromPath[UUID]) -> Redirect:
        """Sign out of one browser."""
        await sessions.end_own(tx, session_id)
        return go("/settings/sessions")

    @post("/sessions/others/ending", opt={"permission": Permission.SETTINGS_CHANGE})
    async def end_others(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Redirect:
        """Sign out of every browser but this one."""
        await sessions.end_others(tx, desk.session_of(visit))
        return go("/settings/sessions")

    @get("/lock", opt={"permission": Permission.SETTINGS_CHANGE})
    async def lock(self, visit: NamedDependency[Visit]) -> Page:
        """Say what happens when the account is locked."""
        return page("victim/account/lock.html", desk.settings_frame(visit), phone=frames.phone(visit))

    @post("/lock", opt={"permission": Permission.SETTINGS_CHANGE})
    async def freeze(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Redirect:
        """Let nobody in any more, because somebody else may be reading."""
        await account.freeze(tx, desk.session_of(visit))
        return go("/sign-out")

    @get("/withdrawal", opt={"permission": Permission.SETTINGS_CHANGE})
    async def withdrawal(self, visit: NamedDependency[Visit]) -> Page:
        """Say what happens when somebody asks to withdraw."""
        desk.own_case(visit)
        return page("victim/account/withdrawal.html", desk.own_frame(visit, "/settings"), phone=frames.phone(visit))

    @post("/withdrawal", opt={"permission": Permission.SETTINGS_CHANGE})
    async def withdraw(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Redirect:
        """Ask to be called about it; nothing else changes."""
        await account.ask_to_withdraw(tx, desk.own_case(visit))
        return go("/settings?done=withdrawal")

    @get("/closure", opt={"permission": Permission.SETTINGS_CHANGE})
    async def closure(self, visit: NamedDependency[Visit]) -> Page:
        """Say what happens when somebody stops using the service, and how to come back."""
        return page("victim/account/closure.html", desk.settings_frame(visit), phone=frames.phone(visit))

    @post("/closure", opt={"permission": Permission.SETTINGS_CHANGE})
    async def close(self, tx: NamedDependency[ForceTx]) -> Redirect:
        """Stop using the service."""
        await account.close(tx)
        return go("/sign-out")


@get("/signed-in", opt={"permission": Permission.SETTINGS_CHANGE}, status_code=204)
async def stay() -> Response[None]:
    """Say that the reader is still there: being asked for keeps their session alive, as any page does."""
    return Response(None, status_code=204)


def _passwords(form: dict[str, str]) -> tuple[str, str, str]:
    fields = Fields(form)
    old = fields.secret("current_password", _("Enter the password that you use now"))
    fields.require_good()
    return (old, *read_new_password(form))


async def _password(visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    shortest = await factors.shortest_password(visit.force_tx(), visit.actor.id)
    frame = desk.settings_frame(visit)
    return page("victim/account/password.html", frame, refusal=refusal, form=form, shortest=shortest)


def _line(listed: Listed, here: UUID) -> BrowserLine:
    used = _("You are using it now") if listed.id == here else _("Last used %(when)s", when=moment(listed.seen_at))
    name = _("%(browser)s on a shared device", browser=_name(listed)) if listed.shared else _name(listed)
    return BrowserLine(str(listed.id), name, used, listed.id == here)


def _name(listed: Listed) -> str:
    return {
        BrowserKind.CHROME: "Chrome",
        BrowserKind.EDGE: "Edge",
        BrowserKind.FIREFOX: "Firefox",
        BrowserKind.SAFARI: "Safari",
    }.get(BrowserKind(listed.browser), _("Another browser"))
