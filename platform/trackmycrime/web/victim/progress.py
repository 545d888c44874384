"""Progress: where the case stands, what may come next, and what happened so far."""

from collections.abc import Iterable

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import my_case
from trackmycrime.domain.cases import hearings, progress
from trackmycrime.domain.cases.hearings import Hearing
from trackmycrime.domain.cases.progress import Progress, Step
from trackmycrime.domain.tenancy.wording import Told
from trackmycrime.kit.time import LONDON, now, today
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.dates import day_line, moment
from trackmycrime.web.common.frame import Day
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.victim import closed, desk
from trackmycrime.web.victim.closed import ClosedPart


class StepLine(Struct, frozen=True):
    """Something that happened; `when` is None where nobody told us."""

    title: str
    meaning: str
    when: Day | None


class HearingLine(Struct, frozen=True):
    """A hearing: what it is called, where, when, and what happens there."""

    name: str
    court: str
    at: str
    meaning: str


class ProgressPage(Struct, frozen=True):
    """All that the page shows; `next` is empty when nothing more is to come. The newest step comes first."""

    now: str
    meaning: str
    next: str
    due: Day | None
    late: bool
    coming: tuple[HearingLine, ...]
    past: tuple[HearingLine, ...]
    steps: tuple[StepLine, ...]
    closed: ClosedPart | None
    phone: str
    copies: bool
    intro: Told


class ProgressController(Controller):
    """The way of a victim's case."""

    path = "/progress"

    @get(opt={"permission": Permission.PROGRESS_READ})
    async def index(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show where the case stands and how it came there."""
        case = desk.own_case(visit)
        found = await progress.of(tx, case)
        coming, past = _by_time(found.hearings)
        shown = ProgressPage(
            now=found.now,
            meaning=found.meaning,
            next=found.next,
            due=day_line(case.due_at),
            late=bool(case.due_at and case.due_at.astimezone(LONDON).date() < today()),
            coming=_lines(reversed(coming)),
            past=_lines(past),
            steps=_steps(found),
            closed=closed.part(case, visit.site.configuration.retention.access_months),
            phone=frames.phone(visit),
            copies=(await my_case.choice(tx)).shown,
            intro=visit.site.told("page.progress"),
        )
        return page("victim/progress/index.html", desk.frame(tx, visit, case, "/progress"), page=shown)


def _steps(found: Progress) -> tuple[StepLine, ...]:
    return tuple(_step(step) for step in reversed(found.steps))


def _step(step: Step) -> StepLine:
    return StepLine(step.title, step.meaning, day_line(step.at))


def _by_time(listed: Iterable[Hearing]) -> tuple[list[Hearing], list[Hearing]]:
    """Part hearings, the latest first, into those to come and those before this moment."""
    moment_now = now()
    found = list(listed)
    return [each for each in found if each.at >= moment_now], [each for each in found if each.at < moment_now]


def _lines(listed: Iterable[Hearing]) -> tuple[HearingLine, ...]:
    return tuple(HearingLine(h.hearing_type, h.court, moment(h.at), hearings.explained(h.hearing_type)) for h in listed)
