"""People are invited and changed. Nobody gives themselves a role, and two administrators make a third."""

from collections.abc import Sequence
from uuid import UUID

from trackmycrime.domain import audit, notifications
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.staffing import administrators, members, planning, standing
from trackmycrime.domain.staffing.members import State
from trackmycrime.domain.staffing.planning import Decision, Told, What
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.words import _
from trackmycrime.store.identity import members as rows
from trackmycrime.tx import ForceTx

_AS_THEY_WERE = frozenset({State.NONE, State.ASKED, State.LEFT})


async def invite(tx: ForceTx, told: Told) -> Decision:
    """Give somebody access, and send them the link by which they choose a password within 72 hours.

    For an administrator it is a request instead, which another administrator decides. Raises Invalid by field, also for
    somebody who has access already.
    """
    await standing.require(tx)
    decision = planning.decide(told, await planning.known(tx, [told]), comes_back=True)
    if decision.before and decision.before.state not in _AS_THEY_WERE:
        raise Invalid({"email": _("%(name)s is in your list already, with this address", name=decision.before.name)})
    await carry_out(tx, [decision])
    return decision


async def invite_again(tx: ForceTx, staff_id: UUID) -> None:
    """Send the link to somebody who has not used it. Raises NotFound, and Conflict for who has a password or no access."""
    await standing.require(tx)
    await members.one(tx, staff_id)
    if not await rows.invite_again(tx, staff_id):
        raise Conflict(_("They have used their link, or they have no access."))
    await notifications.invite_staff(tx, [staff_id])
    await audit.record(tx, "staff.invited_again", subject_id=staff_id)


async def change(tx: ForceTx, staff_id: UUID, told: Told) -> Decision:
    """Change somebody's name, unit, collar number and role; the address stays. Raises NotFound, and Invalid by field.

    Whoever gets another role is signed out, and what they had taken goes back to the inbox.
    """
    await standing.require(tx)
    before = await members.one(tx, staff_id)
    if before.state in _AS_THEY_WERE:
        raise Conflict(_("They have no access. Invite them first."))
    kept = Told(told.name, before.email, told.role, told.unit, told.collar_number)
    decision = planning.decide(kept, await planning.known(tx, [kept]))
    await carry_out(tx, [decision])
    return decision


async def carry_out(tx: ForceTx, decisions: Sequence[Decision]) -> None:
    """Write what was decided of people: all of it, in as many statements for thousands as for one."""
    written = [decision for decision in decisions if decision.what is not What.UNCHANGED]
    await rows.add(tx, [each.entry for each in written if each.before is None])
    await rows.change(tx, [each.entry for each in written if each.before is not None])
    await administrators.forget(tx, [each.entry.id for each in written if each.moves or each.invites])
    await administrators.ask(tx, [each.entry.id for each in written if each.asks])
    await standing.cut_off(tx, [each.entry.id for each in written if each.moves])
    await notifications.invite_staff(tx, [each.entry.id for each in written if each.invites])
    await audit.record_all(tx, [_deed(each) for each in written])


def _deed(decision: Decision) -> Deed:
    entry, before = decision.entry, decision.before
    if decision.invites:
        return Deed("staff.invited", entry.id, detail={"role": entry.role})
    if decision.moves and before:
        return Deed("staff.role_changed", entry.id, detail={"before": before.role, "after": entry.role})
    return Deed("staff.changed", entry.id)
