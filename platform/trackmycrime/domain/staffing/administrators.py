"""Two people for a new administrator: one asks, and another one decides within seven days."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, notifications
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.domain.staffing import members, standing
from trackmycrime.domain.staffing.members import State
from trackmycrime.kit.errors import Conflict, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store.identity import admin_requests as rows
from trackmycrime.store.identity import members as member_rows
from trackmycrime.store.identity.admin_requests import RequestRow
from trackmycrime.tx import ForceTx

LIVES = timedelta(days=rows.DAYS)
_TWO = 2


class Request(Struct, frozen=True):
    """That somebody shall become an administrator. `own` says that whoever reads it made it, and cannot decide it."""

    id: UUID
    staff_id: UUID
    name: str
    email: str
    role: str
    maker: str
    lapses_at: datetime
    own: bool


async def ask(tx: ForceTx, staff_ids: Sequence[UUID]) -> None:
    """Ask that these people become administrators; who is asked for already is not asked for again."""
    await rows.lapse(tx, staff_ids)
    made = await rows.add(tx, staff_ids, tx.actor.id)
    await audit.record_all(tx, [Deed("staff.admin_asked", request_id) for request_id in made])


async def forget(tx: ForceTx, staff_ids: Sequence[UUID]) -> None:
    """Let what was asked for these people lapse: somebody has decided otherwise of them."""
    await rows.lapse_all(tx, staff_ids)


async def waiting(tx: ForceTx) -> list[Request]:
    """Return the requests that wait for a decision, the oldest first."""
    return [_request(tx, row) for row in await rows.waiting(tx)]


async def alone(tx: ForceTx) -> bool:
    """Say whether whoever acts is the only administrator who has access: nobody here could decide what they ask."""
    return await member_rows.number_of_administrators(tx) < _TWO


async def approve(tx: ForceTx, request_id: UUID) -> None:
    """Make somebody an administrator: from now on they have no access to cases, and what they had taken goes back.

    Raises NotFound for a request that is not there, decided or lapsed, Conflict for one's own.
    """
    request = await _to_decide(tx, request_id)
    before = await members.one(tx, request.staff_id)
    if before.state is State.SUSPENDED or not await rows.grant(tx, request.staff_id):
        raise Conflict(_("They are suspended. Take that back first."))
    await rows.decide(tx, request_id, "approved", tx.actor.id)
    await standing.cut_off(tx, [request.staff_id])
    if not before.has_password:
        await notifications.invite_staff(tx, [request.staff_id])
    deed = Deed("staff.role_changed", request.staff_id, detail={"before": before.role, "after": StaffRole.ADMIN.value})
    await audit.record_all(tx, [Deed("staff.admin_approved", request_id), deed])


async def refuse(tx: ForceTx, request_id: UUID) -> None:
    """Leave somebody as they are. Whoever asked may take it back like this too. Raises NotFound."""
    await standing.require(tx)
    if await rows.one(tx, request_id) is None:
        raise _gone()
    await rows.decide(tx, request_id, "refused", tx.actor.id)
    await audit.record(tx, "staff.admin_refused", subject_id=request_id)


async def _to_decide(tx: ForceTx, request_id: UUID) -> RequestRow:
    await standing.require(tx)
    row = await rows.one(tx, request_id)
    if row is None:
        raise _gone()
    if tx.actor.id in {row.made_by, row.staff_id}:
        raise Conflict(_("You asked for this yourself. Another administrator has to decide it."))
    return row


def _gone() -> NotFound:
    return NotFound(_("This request is decided already, or it has lapsed."))


def _request(tx: ForceTx, row: RequestRow) -> Request:
    own = row.made_by == tx.actor.id
    return Request(row.id, row.staff_id, row.name, row.email or "", row.role, row.maker, row.made_at + LIVES, own)
