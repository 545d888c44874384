"""Links that name no force, for people whom a name could endanger: they lead on, or stop emails, and show nobody's name."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from trackmycrime.domain.cases import registration
from trackmycrime.domain.notifications import wording
from trackmycrime.domain.tenancy.registry import Force, Registry
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import WELSH, _
from trackmycrime.web.common import answers, frames
from trackmycrime.web.common.answers import Page, go
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

_STOPPING = "/unsubscribe/{force_id:uuid}/{token:str}"


@get("/invitations/{force_id:uuid}/{token:str}", opt={"permission": Permission.PUBLIC})
async def invitation(
    registry: NamedDependency[Registry], force_id: FromPath[UUID], token: FromPath[str], lang: FromQuery[str] = ""
) -> Redirect:
    """Lead to where somebody registers: only by a link that this very force made, so that nobody learns of others."""
    return await _led(registry, force_id, wording.INVITE, token, "register", lang)


@get("/resets/{force_id:uuid}/{token:str}", opt={"permission": Permission.PUBLIC})
async def reset(
    registry: NamedDependency[Registry], force_id: FromPath[UUID], token: FromPath[str], lang: FromQuery[str] = ""
) -> Redirect:
    """Lead to where somebody chooses a new password, in the same way."""
    return await _led(registry, force_id, wording.RESET, token, "reset-password", lang)


async def _led(registry: Registry, force_id: UUID, purpose: str, token: str, to: str, lang: str) -> Redirect:
    force = await _force(registry, force_id)
    if not wording.is_of(force.ref.keys, purpose, token):
        raise _gone()
    spoken = f"?lang={WELSH}" if lang == WELSH else ""
    return go(f"{force.ref.origin}/{to}/{token}{spoken}")


@get(_STOPPING, opt={"permission": Permission.PUBLIC})
async def stopping(
    visit: NamedDependency[Visit],
    registry: NamedDependency[Registry],
    force_id: FromPath[UUID],
    token: FromPath[str],
) -> Page:
    """Show the button."""
    force = await _force(registry, force_id)
    async with registry.door(force).open(VISITOR) as tx:
        registration.unsubscribing(tx, token)
    path = f"/unsubscribe/{force_id}/{token}"
    return answers.page("public/neutral/stopping.html", frames.frame(visit), path=path)


@post(_STOPPING, opt={"permission": Permission.PUBLIC, "one_click": True}, status_code=200)
async def stopped(
    visit: NamedDependency[Visit],
    registry: NamedDependency[Registry],
    force_id: FromPath[UUID],
    token: FromPath[str],
) -> Page:
    """Stop the emails: without leading anywhere, as RFC 8058 asks."""
    force = await _force(registry, force_id)
    async with registry.door(force).open(VISITOR) as tx:
        await registration.unsubscribe(tx, token)
    return answers.page("public/neutral/stopped.html", frames.frame(visit))


async def _force(registry: Registry, force_id: UUID) -> Force:
    force = await registry.by_id(force_id)
    if force is None:
        raise _gone()
    return force


def _gone() -> NotFound:
    return NotFound(_("This link does not work any more."))


neutral_routes: list[ControllerRouterHandler] = [invitation, reset, stopping, stopped]
