"""A crime that the reader reported and is not the victim of: that the report was received, and how to add to it."""

from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from trackmycrime.domain.cases import reports
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.dates import day
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class ReportPage(Struct, frozen=True):
    """All that the page shows; an empty text is not shown."""

    received: str
    reference: str
    phone: str
    web: str


class ReportsController(Controller):
    """What somebody reported."""

    path = "/reports"

    @get("/{case_id:uuid}", opt={"permission": Permission.REPORT_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], case_id: FromPath[UUID]) -> Page:
        """Show that a report was received."""
        report = await reports.seen_by_actor(tx, case_id)
        force = visit.site.configuration
        web = force.contact.web or force.website
        shown = ReportPage(day(report.received_at), report.reference, frames.phone(visit), web)
        return page("victim/reports/show.html", frames.plain(visit, "/cases"), page=shown)
