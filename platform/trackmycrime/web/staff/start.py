"""The first page of staff: what needs me now."""

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import cases, duties, tasks
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission, may
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.staff import desk, roster
from trackmycrime.web.staff.case_list import CaseLine, is_late, line
from trackmycrime.web.staff.task_lines import TaskLine
from trackmycrime.web.staff.task_lines import line as task_line

_FEW = 5
_OWN = 20


class StartPage(Struct, frozen=True):
    """All that the first page shows. `late` stands first: people who should have heard."""

    late_heading: str
    late: tuple[CaseLine, ...]
    waiting_heading: str
    tasks: tuple[TaskLine, ...]
    own: tuple[CaseLine, ...]
    is_officer: bool
    roster_href: str
    enters_requests: bool
    places_holds: bool


class StartController(Controller):
    """What needs whoever reads it."""

    path = desk.START

    @get(opt={"permission": Permission.INBOX_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what needs doing first."""
        roster_href = roster.PATH if visit.site.has(Feature.NEXT_ON_DUTY) else ""
        shown = await (_of_force(tx, roster_href) if tasks.triages(tx) else _of_officer(tx, roster_href))
        return page("staff/start/index.html", await desk.frame(tx, visit, desk.START), page=shown)


async def _of_officer(tx: ForceTx, roster_href: str) -> StartPage:
    own = [case for case in await cases.of_actor(tx) if not case.closed]
    late = [case for case in own if is_late(case)]
    waiting = await tasks.number_in_inbox(tx)
    return StartPage(
        late_heading=_late_heading(len(late)),
        late=tuple(map(line, late)),
        waiting_heading=_waiting_heading(waiting),
        tasks=tuple(task_line(task, tx.actor) for task in await tasks.most_urgent(tx)),
        own=tuple(line(case) for case in own if not is_late(case))[:_OWN],
        is_officer=True,
        roster_href=roster_href,
        enters_requests=False,
        places_holds=False,
    )


async def _of_force(tx: ForceTx, roster_href: str) -> StartPage:
    own = [line(case) for case in await cases.of_actor(tx) if not case.closed]
    first = [case for case in await cases.found_by_staff(tx, "") if is_late(case)]
    waiting = await tasks.number_in_inbox(tx)
    return StartPage(
        late_heading=_late_heading(await duties.number_late(tx)),
        late=tuple(map(line, first[:_FEW])),
        waiting_heading=_waiting_heading(waiting),
        tasks=tuple(task_line(task, tx.actor) for task in await tasks.most_urgent(tx)),
        own=tuple(own[:_OWN]),
        is_officer=False,
        roster_href=roster_href,
        enters_requests=may(tx.actor.role, Permission.RIGHTS_ENTER),
        places_holds=may(tx.actor.role, Permission.HOLD_PLACE),
    )


def _late_heading(late: int) -> str:
    if not late:
        return ""
    return ngettext("%(num)s victim should have heard from you", "%(num)s victims should have heard from you", late)


def _waiting_heading(waiting: int) -> str:
    if not waiting:
        return _("Nothing waits for an answer")
    return ngettext("%(num)s thing waits in the inbox", "%(num)s things wait in the inbox", waiting)
