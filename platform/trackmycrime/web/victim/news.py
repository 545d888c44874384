"""The way to what is new: from a notification straight to its text, and on an open page by being told that it is there."""

from datetime import timedelta

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Redirect, Stream

from trackmycrime.domain import messages
from trackmycrime.domain.messages import Listening
from trackmycrime.kit import ids
from trackmycrime.kit.errors import Slower
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import go
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.victim import desk
from trackmycrime.web.victim.newsroom import Newsroom

# What came while the page was on its way is news too; what the page showed has been read, and is none.
_ON_ITS_WAY = timedelta(minutes=2)
_TRY_AGAIN_SECONDS = 60


@get("/messages/latest", opt={"permission": Permission.MESSAGE_READ})
async def latest(tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Redirect:
    """Go where a notification leads: to the newest text, on whichever of their crimes it stands."""
    await messages.turn_to_news(tx, desk.session_of(visit), desk.own_case(visit))
    return go("/messages#new")


@get("/messages/news", opt={"permission": Permission.MESSAGE_READ, "listens": True})
async def news(visit: NamedDependency[Visit], newsroom: NamedDependency[Newsroom]) -> Stream:
    """Tell, as long as the page is open and the session lives, how many updates have come."""
    session, case = desk.session_of(visit), desk.own_case(visit)
    if not newsroom.has_room(visit.site.ref.id):
        raise Slower(_("Load this page again to see what is new."), retry_after=_TRY_AGAIN_SECONDS)
    listening = Listening(session.id, case.id, visit.actor.id, ids.before(now() - _ON_ITS_WAY))
    headers = {"x-accel-buffering": "no"}
    return Stream(newsroom.stream(visit.door, listening), media_type="text/event-stream", headers=headers)
