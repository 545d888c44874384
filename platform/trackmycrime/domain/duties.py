"""What the force owes a victim by a date: computed from rule sets that are data, kept as rows that pages and figures share."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from trackmycrime.domain import audit, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.store import duties as rows
from trackmycrime.store.duties import DutyRow, History
from trackmycrime.tx import ForceTx

REGULAR_UPDATE = "regular_update"
# The promise of the service since 2015, and the tenant's own where it promises more; domain.md, "Duties".
RULE = "trackmycrime-2015: an update at least every {days} days"


async def recompute(tx: ForceTx, case_ids: Sequence[UUID]) -> None:
    """Work out the regular updates of these cases anew, from when the crime was reported and what was said since.

    The outcome depends on the facts alone, not on the order in which they came in.
    """
    if not case_ids:
        return
    days = configuration(tx).update_interval_days
    found = await rows.histories(tx, case_ids)
    within = timedelta(days=days)
    duties = [duty for _, own in groupby(found, key=attrgetter("case_id")) for duty in _owed(list(own), within)]
    await rows.replace(tx, REGULAR_UPDATE, RULE.format(days=days), case_ids, duties)


def _owed(history: Sequence[History], within: timedelta) -> Iterable[DutyRow]:
    first = history[0]
    since = first.reported_at
    for row in history:
        if row.told_at is not None and row.told_at > since:
            yield DutyRow(row.case_id, since, since + within, row.told_at, row.entry_id)
            since = row.told_at
    due_at = since + within
    if not first.closed:
        yield DutyRow(first.case_id, since, due_at, None, None)
    elif (
        first.closed_at is not None and first.closed_at > due_at
    ):  # closing ends a promise; it does not make it a kept one
        yield DutyRow(first.case_id, since, due_at, first.closed_at, None)


async def escalate(tx: ForceTx) -> None:
    """Tell a supervisor, once, of each promise whose date has passed unkept, and take that back where it has been kept since.

    The page says that a supervisor was told; so it is written down with the promise, in the transaction that tells.
    """
    late = await rows.tell_of_late(tx)
    new = [tasks.new(TaskKind.BROKEN_PROMISE, case_id=row.case_id, subject=str(row.id)) for row in late]
    if new:
        await tasks.enter(tx, new)
    kept = await rows.finish_kept(tx, TaskKind.BROKEN_PROMISE)
    await audit.record_all(tx, [Deed("task.done", row.id, row.case_id) for row in kept])


async def number_late(tx: ForceTx) -> int:
    """Return how many duties of the force have passed their date unkept."""
    return await rows.late(tx)
