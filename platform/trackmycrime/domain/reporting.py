"""Figures of a force: written by its own jobs into a national table of counts, which is all that operators ever see."""

from trackmycrime.domain import duties, tasks
from trackmycrime.store import reporting as rows
from trackmycrime.store.cases import rows as cases
from trackmycrime.tx import ForceTx, NationalTx


async def count(tx: ForceTx) -> None:
    """Count this force's cases, tasks and late duties, and write the figures."""
    open_cases, all_cases = await cases.numbers(tx)
    figures = {
        "open_cases": open_cases,
        "cases": all_cases,
        "tasks_waiting": await tasks.number_waiting(tx),
        "duties_late": await duties.number_late(tx),
        "registered": await rows.registered(tx),
        "events_held": await rows.held(tx),
    }
    await rows.write(tx, figures)


async def figures(tx: NationalTx) -> dict[str, dict[str, int]]:
    """Return the newest figures of every force, by slug and by name."""
    return await rows.figures(tx)
