"""Letting a case that was deleted come again, because it was opened again in the force's record."""

from trackmycrime.domain import audit, gone
from trackmycrime.domain.gone import Gone
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _
from trackmycrime.store.retention import due
from trackmycrime.tx import ForceTx


async def let_back(tx: ForceTx, reference: str) -> None:
    """Take in what the record system says of a deleted case from now on; what was deleted stays so. Raises Invalid for no such case."""
    await due.alone(tx)
    case_id = await gone.let_back(tx, Gone.CASE, fold(reference).upper())
    if case_id is None:
        raise Invalid({"crime_reference": _("No case with this reference was deleted here")})
    await audit.record(tx, "retention.let_back", subject_id=case_id)
