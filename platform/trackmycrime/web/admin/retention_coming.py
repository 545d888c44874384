"""What will go and when: counted by class, and the closed cases by reference and day, with what keeps one back."""

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.retention import schedule
from trackmycrime.domain.retention.schedule import AHEAD, BY_THE_CLOCK, PAGE, Coming
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, retention_words
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.dates import day
from trackmycrime.web.common.paging import around, page_number
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

COMING = f"{desk.RETENTION}/coming"


class ClassLine(Struct, frozen=True):
    """How much of a class goes within each time ahead."""

    what: str
    soon: str
    later: str


class CaseLine(Struct, frozen=True):
    """A case that goes, and when; `kept` says what keeps it back, "" for nothing."""

    reference: str
    closed: str
    goes: str
    kept: str


class ComingPage(Struct, frozen=True):
    """All that the page shows; `before` and `after` are numbers of pages, 0 for none."""

    classes: tuple[ClassLine, ...]
    soon: int
    later: int
    cases: tuple[CaseLine, ...]
    before: int
    after: int


class RetentionComingController(Controller):
    """What will go."""

    path = COMING

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show it under the schedule that is published."""
        number = page_number(request.query_params.get("page", ""))
        found, all_of_them = await schedule.coming(tx, number)
        before, after = around(number, PAGE, all_of_them)
        shown = ComingPage(await _classes(tx, visit), *AHEAD, tuple(map(_case, found)), before, after)
        return page("admin/retention/coming.html", desk.frame(visit, desk.RETENTION), page=shown)


async def _classes(tx: ForceTx, visit: Visit) -> tuple[ClassLine, ...]:
    retention, names = visit.site.configuration.retention, retention_words.what()
    soon, later = [await schedule.forecast(tx, retention, days) for days in AHEAD]
    return tuple(
        ClassLine(
            names[what],
            retention_words.number(soon.numbers[what], soon.most),
            retention_words.number(later.numbers[what], later.most),
        )
        for what in BY_THE_CLOCK
    )


def _case(found: Coming) -> CaseLine:
    kept = ""
    if found.is_asked_for:
        kept = _("Kept: a request about somebody's data is open")
    if found.held:
        kept = _("Kept: legal hold. %(why)s", why=found.held)
    return CaseLine(found.reference, day(found.closed_on), day(found.goes_on), kept)
