"""What a worker is woken for: thin jobs for one force, each opening its own transactions."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import structlog
from msgspec import Struct
from saq.job import Job
from saq.queue import Queue
from saq.types import Context

from trackmycrime.domain.tenancy.registry import Force, Registry
from trackmycrime.gateways.senders import Senders
from trackmycrime.jobs.queue import HEARTBEAT_SECONDS, wake
from trackmycrime.kit.actor import service
from trackmycrime.kit.courtesy import Courtesy
from trackmycrime.tx import ForceDoor, ForceTx

CLOCK = service("clock")
SEAL_BATCH = 1000
_log = structlog.get_logger()


class Deeds(Struct, frozen=True):
    """What the domain does for the worker. `seal` seals at most SEAL_BATCH rows and returns how many."""

    dispatch: Callable[[ForceDoor, Senders], Awaitable[int]]
    waiting: Callable[[ForceTx], Awaitable[bool]]
    seal: Callable[[ForceTx], Awaitable[int]]
    tidy: tuple[Callable[[ForceTx], Awaitable[object]], ...]


class Failed(Exception):
    """A job failed. The queue keeps what a job raises, so this names the job and nothing else."""


class Chores:
    """The jobs that wake a worker for one force. A job that has more to do takes another turn, behind the others."""

    def __init__(self, registry: Registry, senders: Senders, queue: Queue, deeds: Deeds, courtesy: Courtesy) -> None:
        self._registry, self._senders, self._queue, self._deeds = registry, senders, queue, deeds
        self._courtesy = courtesy
        self._again: dict[str, tuple[str, UUID]] = {}

    async def dispatch(self, context: Context, *, force: str) -> None:
        """Send one batch of a force's notifications."""
        await self._turn(context, UUID(force), self._dispatched)

    async def _dispatched(self, force: Force) -> bool:
        count = await self._deeds.dispatch(self._registry.door(force), self._senders)
        if count:
            _log.info("dispatched", force=force.ref.slug, count=count)
        return count > 0

    async def seal(self, context: Context, *, force: str) -> None:
        """Put one batch of a force's audit into its chain."""
        await self._turn(context, UUID(force), self.sealed)

    async def sealed(self, force: Force) -> bool:
        """Seal one batch of a force's audit, and say whether there may be more."""
        async with self._registry.door(force).open(CLOCK) as tx:
            return await self._deeds.seal(tx) >= SEAL_BATCH

    async def after(self, context: Context) -> None:
        """Queue a job again that has more to do: only once it has ended does the queue take its key."""
        job, force_id = self._again.pop(_job(context).key, ("", None))
        if force_id is not None:
            await wake(self._queue, job, force_id)

    async def _turn(self, context: Context, force_id: UUID, deed: Callable[[Force], Awaitable[bool]]) -> None:
        job = _job(context)
        force = await self._found(force_id)
        if force is None:
            _log.warning("no such force", job=job.function)
            return
        try:
            async with beating(context):
                more = await self._one(deed, force)
        except Exception as failed:  # noqa: BLE001  whatever it was, only its kind may be told
            _log.exception("job failed", job=job.function, force=force.ref.slug, exc_info=failed)
            raise Failed(job.function) from None
        if more:
            self._again[job.key] = (job.function, force_id)

    async def _one(self, deed: Callable[[Force], Awaitable[bool]], force: Force) -> bool:
        began = time.monotonic()
        more = await deed(force)
        if more:
            await self._courtesy.give_way(began, time.monotonic())
        return more

    async def _found(self, force_id: UUID) -> Force | None:
        found = await self._registry.by_id(force_id)
        if found is None:  # it may be seconds old
            self._registry.forget()
            found = await self._registry.by_id(force_id)
        return found


@asynccontextmanager
async def beating(context: Context) -> AsyncGenerator[None]:
    """Keep a job's heart beating, so that the job of a worker that was killed is known and done again soon."""
    heart = asyncio.create_task(_beat(_job(context)))
    try:
        yield
    finally:
        heart.cancel()
        with suppress(asyncio.CancelledError):
            await heart


async def _beat(job: Job) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS / 5)
        with suppress(Exception):  # the queue is away for a moment: the next beat tells
            await job.update()


def _job(context: Context) -> Job:
    if "job" not in context:
        raise LookupError
    return context["job"]
