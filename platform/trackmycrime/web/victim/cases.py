"""Choosing one of several crimes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import cases, messages
from trackmycrime.domain.cases import Listed, closing, reports, stages
from trackmycrime.domain.identity import sessions
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.time import LONDON
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames, menu
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.dates import day
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


class ReportLine(Struct, frozen=True):
    """One crime that the reader reported and is not the victim of; the reference is "" where they have not said it."""

    id: str
    received: str
    reference: str


class LapsedPart(Struct, frozen=True):
    """When a case that is not here any more was closed, and until when it could be read: for so many months."""

    closed: str
    until: str
    months: int


class CasesController(Controller):
    """A victim's crimes."""

    path = "/cases"

    @get(opt={"permission": Permission.MESSAGE_READ})
    async def index(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page | Redirect:
        """Show the person's crimes, what they reported for somebody else, and what they could read until not long ago."""
        own, reported = await cases.of_actor(tx), await reports.of_actor(tx)
        lapsed = None if own else await closing.lapsed(tx)
        if not (own or lapsed) and len(reported) == 1:
            return go(f"/reports/{reported[0].id}")
        if not (own or reported or lapsed):
            raise NotFound(_("There is no case for you to follow at this moment."))
        return page(
            "victim/cases/index.html",
            desk.own_frame(visit, "/cases"),
            lines=await _lines(tx, visit, own),
            reports=tuple(ReportLine(str(each.id), day(each.received_at), each.reference) for each in reported),
            lapsed=LapsedPart(day(lapsed.closed_at), day(lapsed.readable_until), lapsed.months) if lapsed else None,
            phone=frames.phone(visit),
        )

    @post("/{case_id:uuid}/choice", opt={"permission": Permission.MESSAGE_READ})
    async def choose(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], case_id: FromPath[UUID]
    ) -> Redirect:
        """Look at one of them from now on."""
        case = await cases.seen_by_actor(tx, case_id)
        await sessions.choose_case(tx, desk.session_of(visit), case.id)
        return go("/messages")


async def _lines(tx: ForceTx, visit: Visit, own: Sequence[Listed]) -> tuple[CaseLine, ...]:
    case, new = menu.own_case(visit), await messages.unread(tx, [listed.id for listed in own])
    chosen = case.id if case else None
    return tuple(_line(listed, chosen=listed.id == chosen, new=new[listed.id]) for listed in own)


def _line(listed: Listed, *, chosen: bool, new: int) -> CaseLine:
    status = _("Closed") if listed.closed else stages.plain(stages.Stage(listed.stage))
    due = listed.due_at.astimezone(LONDON).date() if listed.due_at else None
    return CaseLine(str(listed.id), desk.offence(listed.offence_group), listed.reference, status, due, chosen, new)
