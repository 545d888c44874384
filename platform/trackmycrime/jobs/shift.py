"""One worker's shift: it takes jobs until it is asked to stop, and then finishes what it has in hand."""

import asyncio
from typing import override

from saq.types import Context, PartialTimersDict
from saq.worker import Worker

from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.senders import Senders
from trackmycrime.jobs.chores import Chores, Deeds
from trackmycrime.jobs.clock import Clock, crons
from trackmycrime.jobs.waker import Waker

_AT_ONCE = 10
_TIMERS: PartialTimersDict = {"schedule": 1, "worker_info": 10, "sweep": 5, "abort": 1}
_LAST_SECONDS = 4.0


class Shift(Worker[Context]):
    """SAQ's worker, which by itself would cut every running job short, or always wait as long as it may."""

    @override
    async def stop(self) -> None:
        """Finish the jobs in hand within four seconds; the others go back to the queue."""
        self.event.set()
        deadline = asyncio.get_running_loop().time() + _LAST_SECONDS
        while self.job_task_contexts and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0.02)
        await super().stop()


def shift(registry: Registry, senders: Senders, waker: Waker, deeds: Deeds, *, clock: bool = True) -> Shift:
    """Return a worker that has not started yet; without the clock it does only what it is woken for."""
    chores = Chores(registry, senders, waker.queue, deeds)
    return Shift(
        waker.queue,
        functions=[("dispatch", chores.dispatch), ("seal", chores.seal)],
        cron_jobs=crons(Clock(registry, waker.queue, deeds, chores)) if clock else (),
        after_process=chores.after,
        concurrency=_AT_ONCE,
        timers=_TIMERS,
    )
