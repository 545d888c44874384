"""Deletion by the clock: in small batches, each with its proof, and never what is kept back.

A day's deletions are due at its midnight, so that a force has few proofs a day and not one a minute. Doing a step again finds
nothing: what went is not there any more.
"""

from trackmycrime.domain import gone
from trackmycrime.domain.gone import Gone
from trackmycrime.domain.retention import certificates, schedule
from trackmycrime.domain.retention.schedule import What
from trackmycrime.store.retention import due, going
from trackmycrime.tx import ForceTx

_SECONDS = 60
_CASES, _PEOPLE, _ROWS = 50, 100, 2000


async def cases(tx: ForceTx) -> int:
    """Delete closed cases whose time has come, and return how many; a record of one does not bring it back."""
    await due.alone(tx)
    found = await due.cases(tx, schedule.due(tx).cases, _CASES)
    if found:
        await tx.allow(_SECONDS)
        ids = [case_id for case_id, _reference in found]
        await gone.remember(tx, Gone.CASE, found, await certificates.write(tx, What.CASES, ids))
        await going.cases(tx, ids)
    return len(found)


async def people(tx: ForceTx) -> int:
    """Delete people who are on no case any more, and return how many; a new crime may name them again."""
    await due.alone(tx)
    found = await due.people(tx, schedule.due(tx).people, _PEOPLE)
    if found:
        await tx.allow(_SECONDS)
        ids = [person.id for person in found]
        await certificates.write(tx, What.PEOPLE, ids)
        await going.people(tx, ids)
    return len(found)


async def records(tx: ForceTx) -> int:
    """Delete what records said that were used or dismissed, and return of how many; that they came stays."""
    await due.alone(tx)
    found = await due.records(tx, schedule.due(tx).records, _ROWS)
    if found:
        await certificates.write(tx, What.RECORDS, found)
        await going.records(tx, found)
    return len(found)


async def notifications(tx: ForceTx) -> int:
    """Delete what became of notifications, and return of how many."""
    await due.alone(tx)
    found = await due.notifications(tx, schedule.due(tx).notifications, _ROWS)
    if found:
        await certificates.write(tx, What.NOTIFICATIONS, found)
        await going.notifications(tx, found)
    return len(found)
