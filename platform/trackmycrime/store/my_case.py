"""Whether somebody at risk chose to see copies of their case."""

from uuid import UUID

from trackmycrime.tx import ForceTx

_SHOWN = "select copies_shown from app.account where force_id = $1 and person_id = $2"
_SHOW = "update app.account set copies_shown = $3 where force_id = $1 and person_id = $2"


async def is_shown(tx: ForceTx, person_id: UUID) -> bool:
    """Say whether this person chose to see copies; nobody without an account did."""
    return bool(await tx.value(_SHOWN, person_id))


async def show(tx: ForceTx, person_id: UUID, *, shown: bool) -> None:
    """Write what this person chose."""
    await tx.run(_SHOW, person_id, shown)
