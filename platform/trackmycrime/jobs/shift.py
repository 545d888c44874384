"""One worker's shift: it takes jobs until it is asked to stop, and then finishes what it has in hand."""

import asyncio
from contextlib import suppress
from typing import override

from saq.job import Status
from saq.types import Context, PartialTimersDict
from saq.worker import Worker

from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.senders import Senders
from trackmycrime.jobs.chores import Chores, Deeds
from trackmycrime.jobs.clock import Clock, crons
from trackmycrime.jobs.waker import Waker
from trackmycrime.kit.courtesy import Courtesy

_AT_ONCE = 10
_TIMERS: PartialTimersDict = {"schedule": 1, "worker_info": 10, "sweep": 5, "abort": 1}
_LAST_SECONDS, _CANCEL_SECONDS = 4.0, 0.5


class Shift(Worker[Context]):
    """SAQ's worker, which by itself cuts running jobs short, and strands what it has taken and not begun."""

    @override
    async def stop(self) -> None:
        """Finish the jobs in hand within four seconds, and give all others back to the queue."""
        self.event.set()
        deadline = asyncio.get_running_loop().time() + _LAST_SECONDS
        while self.job_task_contexts and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0.02)
        await self._cancel()
        with suppress(Exception):  # without the queue they are given back when their hearts are found to have stopped
            await self._give_back()
        await super().stop()

    async def _cancel(self) -> None:
        tasks = list(self.tasks)
        self.tasks.clear()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_CANCEL_SECONDS)

    async def _give_back(self) -> None:
        """Queue again what was taken: by us, or by somebody who has not begun it and may well be us."""
        held = [job async for job in self.queue.iter_jobs([Status.ACTIVE]) if job.worker_id in {None, self.id}]
        for job in held:
            await job.retry("stopped")


def shift(
    registry: Registry, senders: Senders, waker: Waker, deeds: Deeds, courtesy: Courtesy, *, clock: bool = True
) -> Shift:
    """Return a worker that has not started yet; without the clock it does only what it is woken for."""
    chores = Chores(registry, senders, waker.queue, deeds, courtesy)
    return Shift(
        waker.queue,
        functions=[("dispatch", chores.dispatch), ("seal", chores.seal)],
        cron_jobs=crons(Clock(registry, waker.queue, deeds, chores)) if clock else (),
        after_process=chores.after,
        concurrency=_AT_ONCE,
        timers=_TIMERS,
    )
