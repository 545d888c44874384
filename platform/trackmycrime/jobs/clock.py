"""What is done by the clock: it finds the work that nobody was woken for, and tidies up."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import structlog
from saq.job import CronJob
from saq.queue import Queue
from saq.types import Context

from trackmycrime.domain.tenancy.registry import Force, Registry
from trackmycrime.jobs.chores import CLOCK, Chores, Deeds, beating
from trackmycrime.jobs.queue import HEARTBEAT_SECONDS, RETRIES, TIMEOUT_SECONDS, TTL_ENDED, wake

# Seconds are croniter's sixth field.
EVERY_5_SECONDS, EVERY_10_SECONDS, EVERY_MINUTE = "* * * * * */5", "* * * * * */10", "* * * * *"
_log = structlog.get_logger()


class Clock:
    """The rounds over all forces. A force's failure is its own: the round goes on."""

    def __init__(self, registry: Registry, queue: Queue, deeds: Deeds, chores: Chores) -> None:
        self._registry, self._queue, self._deeds, self._chores = registry, queue, deeds, chores

    async def sweep(self, context: Context) -> None:
        """Wake a dispatch for each force that has something to send.

        The dispatches themselves run side by side, so that one force's slow provider holds up nobody else's messages.
        """
        async with beating(context):
            for force in await self._registry.all():
                async with _apart(force, "sweep"):
                    async with self._registry.door(force).open(CLOCK) as tx:
                        waiting = await self._deeds.waiting(tx)
                    if waiting:
                        await wake(self._queue, "dispatch", force.ref.id)

    async def seal_all(self, context: Context) -> None:
        """Seal every force's audit: a batch for each in turn, until nobody has more."""
        async with beating(context):
            forces = await self._registry.all()
            while forces:
                forces = [force for force in forces if await self._has_more(force)]

    async def _has_more(self, force: Force) -> bool:
        async with _apart(force, "seal"):
            return await self._chores.sealed(force)
        return False

    async def tidy(self, context: Context) -> None:
        """Do every force's tidying, each step in a transaction of its own."""
        async with beating(context):
            for force in await self._registry.all():
                for step in self._deeds.tidy:
                    async with _apart(force, "tidy"), self._registry.door(force).open(CLOCK) as tx:
                        await step(tx)


@asynccontextmanager
async def _apart(force: Force, step: str) -> AsyncGenerator[None]:
    """Keep a force's failure to itself; the log gets its name and the kind of failure."""
    try:
        yield
    except Exception as failed:  # noqa: BLE001  whatever it was, the round goes on
        _log.exception("round failed for a force", force=force.ref.slug, step=step, exc_info=failed)


def crons(clock: Clock) -> Sequence[CronJob[Context]]:
    """Return the clock's jobs. Each is queued once, however many workers there are."""
    times = ((clock.sweep, EVERY_5_SECONDS), (clock.seal_all, EVERY_10_SECONDS), (clock.tidy, EVERY_MINUTE))
    return [
        CronJob(deed, cron=cron, timeout=TIMEOUT_SECONDS, heartbeat=HEARTBEAT_SECONDS, retries=RETRIES, ttl=TTL_ENDED)
        for deed, cron in times
    ]
