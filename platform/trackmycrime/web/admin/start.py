"""The first page of a force's administrators: what the force has switched on, and how many work here."""

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import readiness
from trackmycrime.domain.auditing import wholeness
from trackmycrime.domain.ingest import arrivals
from trackmycrime.domain.retention import rights
from trackmycrime.domain.staffing import members
from trackmycrime.domain.staffing.members import State
from trackmycrime.domain.support import entries
from trackmycrime.domain.tenancy.features import TO_COME
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, ready, words
from trackmycrime.web.admin.arrivals import late
from trackmycrime.web.admin.ready import StepLine
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class FeatureLine(Struct, frozen=True):
    """A part of the service, and whether the force has it."""

    name: str
    on: bool


class StartPage(Struct, frozen=True):
    """All that the first page shows.

    `services_due` counts support services that have to be looked at again, `requests_late` requests about data that should
    have been answered.
    """

    force: str
    live: bool
    steps: tuple[StepLine, ...]
    progress: str
    late: str
    record: str
    features: tuple[FeatureLine, ...]
    staff_heading: str
    staff: tuple[tuple[str, str], ...]
    services_due: int
    requests_late: int


class StartController(Controller):
    """What an administrator sees first."""

    path = desk.START

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show how the force uses the service."""
        numbers = await members.numbers(tx)
        force = visit.site
        steps = ready.lines(await readiness.steps(tx))
        done = sum(step.done for step in steps)
        shown = StartPage(
            force=force.name,
            live=force.configuration.live,
            steps=steps if done < len(steps) else (),
            progress=_("%(done)s of %(all)s are done.", done=done, all=len(steps)),
            late=late(await arrivals.late_since(tx)),
            record=_("The record of who did what is not whole") if await wholeness.fault(tx) else "",
            features=_features(force),
            staff_heading=_heading(numbers),
            staff=_counts(numbers),
            services_due=entries.due(force.configuration),
            requests_late=await rights.late(tx),
        )
        return page("admin/start/index.html", desk.frame(visit, desk.START), page=shown)


def _features(force: Force) -> tuple[FeatureLine, ...]:
    return tuple(
        FeatureLine(name, force.has(feature)) for feature, name in words.features().items() if feature not in TO_COME
    )


def _heading(numbers: dict[State, int]) -> str:
    return ngettext("%(num)s person can sign in", "%(num)s people can sign in", numbers.get(State.ACTIVE, 0))


def _counts(numbers: dict[State, int]) -> tuple[tuple[str, str], ...]:
    """Return how many people are in each state but those who can sign in; where there is nobody, nothing is said."""
    names = {State.INVITED: _("invited"), State.ASKED: _("wait for a second administrator")}
    names |= {State.SUSPENDED: _("suspended"), State.NONE: _("without access"), State.LEFT: _("left")}
    return tuple((str(numbers[state]), name) for state, name in names.items() if numbers.get(state))
