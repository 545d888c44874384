"""Stopping emails by the link in one of them (RFC 8058). Looking at the link changes nothing."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from trackmycrime.domain.cases import registration
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class UnsubscribeController(Controller):
    """Anybody who has the link; no session is needed, and a mail provider may send the form by itself."""

    path = "/unsubscribe/{token:str}"

    @get(opt={"permission": Permission.PUBLIC})
    async def new(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], token: FromPath[str]) -> Page:
        """Show the button."""
        registration.unsubscribing(tx, token)
        return page("victim/unsubscribe/new.html", frames.frame(visit), token=token)

    @post(opt={"permission": Permission.PUBLIC, "one_click": True}, status_code=200)
    async def create(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], token: FromPath[str]) -> Page:
        """Stop the emails."""
        await registration.unsubscribe(tx, token)
        return page("victim/unsubscribe/done.html", frames.frame(visit), phone=frames.phone(visit))
