"""Choosing one of several crimes."""

from datetime import date
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import cases, messages
from trackmycrime.domain.cases import Listed, stages
from trackmycrime.domain.identity import sessions
from trackmycrime.kit.time import LONDON
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.victim import desk


class CaseLine(Struct, frozen=True):
    """One crime to choose."""

    id: str
    offence: str
    reference: str
    status: str
    due: date | None
    chosen: bool
    new: int


class CasesController(Controller):
    """A victim's crimes."""

    path = "/cases"

    @get(opt={"permission": Permission.MESSAGE_READ})
    async def index(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the person's crimes."""
        own = await cases.of_actor(tx)
        case = desk.own_case(visit)
        new = await messages.unread(tx, [listed.id for listed in own])
        lines = tuple(_line(listed, chosen=listed.id == case.id, new=new[listed.id]) for listed in own)
        return page("victim/cases/index.html", desk.frame(tx, visit, case, "/cases"), lines=lines)

    @post("/{case_id:uuid}/choice", opt={"permission": Permission.MESSAGE_READ})
    async def choose(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], case_id: FromPath[UUID]
    ) -> Redirect:
        """Look at one of them from now on."""
        case = await cases.seen_by_actor(tx, case_id)
        await sessions.choose_case(tx, desk.session_of(visit), case.id)
        return go("/messages")


def _line(listed: Listed, *, chosen: bool, new: int) -> CaseLine:
    status = _("Closed") if listed.closed else stages.plain(stages.Stage(listed.stage))
    due = listed.due_at.astimezone(LONDON).date() if listed.due_at else None
    return CaseLine(str(listed.id), desk.offence(listed.offence_group), listed.reference, status, due, chosen, new)
