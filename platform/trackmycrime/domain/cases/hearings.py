"""Court hearings of a case, as staff see them."""

from trackmycrime.domain.cases.access import Case
from trackmycrime.store import hearings as rows
from trackmycrime.store.hearings import Hearing
from trackmycrime.tx import ForceTx

__all__ = ["Hearing", "on_case"]


async def on_case(tx: ForceTx, case: Case) -> list[Hearing]:
    """Return the hearings listed on a case that this actor was shown, the latest first."""
    return await rows.on_case(tx, case.id)
