"""Who may change who has access: an administrator who has it still, and never about themselves."""

from collections.abc import Sequence
from uuid import UUID

from trackmycrime.domain import audit
from trackmycrime.domain.audit import Deed
from trackmycrime.kit.errors import Conflict, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store.identity import members as rows
from trackmycrime.tx import ForceTx


async def require(tx: ForceTx, *, about: UUID | None = None) -> None:
    """Hold every other change of who has access back until this one is done.

    Whoever acts has to be an administrator at this moment, so that two of them cannot take each other's access away at once
    and nobody would be left. Raises NotFound for anybody else, and Conflict for what is `about` themselves.
    """
    if tx.actor.id not in await rows.administrators(tx):
        raise NotFound(_("Page not found"))
    if about == tx.actor.id:
        raise Conflict(_("You cannot change your own access. Ask another administrator."))


async def cut_off(tx: ForceTx, staff_ids: Sequence[UUID]) -> int:
    """Sign people out everywhere and give back what they had taken; return how many tasks that were."""
    await rows.end_sessions(tx, staff_ids)
    returned = await rows.return_tasks(tx, staff_ids)
    await audit.record_all(tx, [Deed("task.returned", task_id, case_id) for task_id, case_id in returned])
    return len(returned)
