"""Sending what is queued: claim and check, send, mark. A crash between any two of them loses nothing."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.notifications.checking import checked
from trackmycrime.domain.notifications.ready import Ready
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.senders import Senders, Undelivered
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import now
from trackmycrime.store import notifications as rows
from trackmycrime.store.notifications import Due
from trackmycrime.tx import ForceDoor, ForceTx

_BATCH = 200
_AT_ONCE = 20
_LEASE = timedelta(minutes=5)  # longer than a whole batch takes while a provider swallows every message
_MOST_TRIES = 10
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
_DATABASE_AWAY_SECONDS = 0.5
_CLOCK = service("dispatch")


class Outcome(Struct, frozen=True):
    """What came of a try."""

    due: Due
    why: str = ""
    lasting: bool = False


async def waiting(tx: ForceTx) -> bool:
    """Say whether the force has anything to send now."""
    return await rows.waiting(tx)


async def dispatch(door: ForceDoor, senders: Senders) -> int:
    """Send one batch of a force's queued notifications, and return how many were claimed.

    At least once: a repeat carries the same Message-ID, and happens only where the provider's answer was lost.
    """
    until = time.monotonic() + _LEASE.total_seconds()
    async with door.open(_CLOCK) as tx:
        due = await rows.claim(tx, _BATCH, _LEASE)
        ready = await checked(tx, due)
        await rows.end(tx, [(item.due.id, "dropped", item.dropped) for item in ready if item.dropped])
        await rows.again(tx, [(item.due.id, item.later, "safe_hours") for item in ready if item.later])
    outcomes = await _sent(senders, [item for item in ready if item.what])
    await _written(door, outcomes, until)
    return len(due)


async def _sent(senders: Senders, ready: Sequence[Ready]) -> list[Outcome]:
    limit = asyncio.Semaphore(_AT_ONCE)

    async def one(item: Ready) -> Outcome:
        async with limit:
            return await _tried(senders, item)

    return list(await asyncio.gather(*(one(item) for item in ready)))


async def _tried(senders: Senders, item: Ready) -> Outcome:
    try:
        if isinstance(item.what, Email):
            await senders.mailer.send(item.what)
        elif item.what is not None:
            await senders.texter.send(item.what)
    except Undelivered as refused:
        return Outcome(item.due, refused.why, refused.lasting)
    return Outcome(item.due)


async def _written(door: ForceDoor, outcomes: Sequence[Outcome], until: float) -> None:
    """Write what came of it; while the database is away again and again, for what is not written is sent once more."""
    while True:
        try:
            async with door.open(_CLOCK) as tx:
                await _marked(tx, outcomes)
        except Exception:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(_DATABASE_AWAY_SECONDS)
        else:
            return


async def _marked(tx: ForceTx, outcomes: Sequence[Outcome]) -> None:
    ended: list[tuple[UUID, str, str]] = []
    later: list[tuple[UUID, datetime, str]] = []
    for outcome in outcomes:
        if not outcome.why:
            ended.append((outcome.due.id, "sent", ""))
        elif outcome.lasting or outcome.due.attempts >= _MOST_TRIES:
            ended.append((outcome.due.id, "dead", outcome.why))
        else:
            later.append((outcome.due.id, now() + _wait(outcome.due.attempts), outcome.why))
    fresh = set(await rows.end(tx, ended))
    await rows.again(tx, later)
    await audit.record_all(tx, [Deed(f"notification.{state}", row_id) for row_id, state, _ in ended if row_id in fresh])


def _wait(attempts: int) -> timedelta:
    return min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (attempts - 1))
