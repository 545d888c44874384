"""What nobody opens: it goes on to another unit or to supervisors, once, when the hours have passed that the force allows."""

from trackmycrime.domain import audit
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.store import tasks as rows
from trackmycrime.tx import ForceTx


async def escalate(tx: ForceTx) -> None:
    """Send on what victims wrote and nobody has opened in time; a force that has no such time sends nothing on."""
    routing = configuration(tx).routing
    if routing.silence_hours:
        gone = await rows.escalate(tx, routing.escalate_to)
        await audit.record_all(tx, [Deed("task.escalated", task_id, case_id) for task_id, case_id in gone])
