"""What somebody reported who is not its victim: that it was received, and nothing else of the case."""

from uuid import UUID

from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import _
from trackmycrime.store.cases import reports as rows
from trackmycrime.store.cases.reports import ReportRow
from trackmycrime.tx import ForceTx

Report = ReportRow


async def of_actor(tx: ForceTx) -> list[Report]:
    """Return what the signed-in person reported, for as long as a closed case can be read, the newest first."""
    months = configuration(tx).retention.access_months
    return await rows.of_person(tx, tx.actor.id, months) if tx.actor.kind is Kind.VICTIM else []


async def seen_by_actor(tx: ForceTx, case_id: UUID) -> Report:
    """Return a report of the signed-in person. Raises NotFound for everybody else's, as for none; the victim's too."""
    found = next((report for report in await of_actor(tx) if report.id == case_id), None)
    if found is None:
        raise NotFound(_("Page not found"))
    return found
