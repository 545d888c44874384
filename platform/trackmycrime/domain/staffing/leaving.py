"""Access ends: for a while, or for good. It takes effect on the next request."""

from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.staffing import members, standing
from trackmycrime.kit.errors import Conflict
from trackmycrime.kit.words import _
from trackmycrime.store.identity import admin_requests, deputies
from trackmycrime.store.identity import members as rows
from trackmycrime.tx import ForceTx


class Hanging(Struct, frozen=True):
    """What hangs on somebody: the open cases whose officer they are, and the open tasks that they have."""

    cases: int
    tasks: int


async def hanging(tx: ForceTx, staff_id: UUID) -> Hanging:
    """Return what hangs on somebody. Raises NotFound."""
    await members.one(tx, staff_id)
    return Hanging(await rows.open_cases(tx, staff_id), await rows.open_tasks(tx, staff_id))


async def suspend(tx: ForceTx, staff_id: UUID) -> None:
    """Take somebody's access away until it is taken back; what they had taken goes back to the inbox.

    Raises NotFound for nobody of this force, Conflict for oneself and for who has no access.
    """
    await standing.require(tx, about=staff_id)
    await members.one(tx, staff_id)
    if not await rows.suspend(tx, staff_id):
        raise Conflict(_("They have no access at this moment."))
    tasks = await standing.cut_off(tx, [staff_id])
    await audit.record(tx, "staff.suspended", subject_id=staff_id, tasks=tasks)


async def take_back(tx: ForceTx, staff_id: UUID) -> None:
    """End a suspension. Raises NotFound for nobody of this force, Conflict for who is not suspended."""
    await standing.require(tx, about=staff_id)
    await members.one(tx, staff_id)
    if not await rows.take_back(tx, staff_id):
        raise Conflict(_("They are not suspended."))
    await audit.record(tx, "staff.suspension_ended", subject_id=staff_id)


async def remove(tx: ForceTx, staff_id: UUID) -> None:
    """Take somebody's access away for good: no password, no role, nobody's deputy. The row stays for the record.

    Raises NotFound for nobody of this force, Conflict for oneself and for who has left.
    """
    await standing.require(tx, about=staff_id)
    await members.one(tx, staff_id)
    if not await rows.remove(tx, staff_id):
        raise Conflict(_("They have left already."))
    tasks = await standing.cut_off(tx, [staff_id])
    await admin_requests.lapse_all(tx, [staff_id])
    await deputies.end_all(tx, staff_id, tx.actor.id)
    await audit.record(tx, "staff.left", subject_id=staff_id, tasks=tasks)
