"""Waking the workers after a commit: at once where it can be done, and never in anybody's way."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog
from saq.queue import Queue

from trackmycrime.jobs.queue import queue, wake
from trackmycrime.settings import Settings
from trackmycrime.tx import ForceRef

_PATIENCE_SECONDS = 5.0
_log = structlog.get_logger()


class Waker:
    """Puts jobs on the queue behind its callers' backs. What it drops, the clock finds within seconds."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._queue: Queue | None = None
        self._connected = False
        self._wanted: dict[str, tuple[str, ForceRef]] = {}
        self._running: asyncio.Task[None] | None = None

    def __call__(self, force: ForceRef, jobs: Sequence[str]) -> None:
        """Ask for jobs for a force. Returns at once and never raises; asking twice before it is done is asking once."""
        if not jobs:
            return
        for job in jobs:
            self._wanted[f"{job}:{force.id}"] = job, force
        if self._running is None or self._running.done():
            with suppress(RuntimeError):  # no loop runs: the process is ending, or never had one
                self._running = asyncio.get_running_loop().create_task(self._work_off())

    @property
    def queue(self) -> Queue:
        """The queue, made when first asked for: it belongs to the loop that runs."""
        if self._queue is None:
            self._queue = queue(self._settings)
        return self._queue

    async def start(self) -> None:
        """Connect. Raises nothing when the queue cannot be reached: the next wake tries again."""
        with suppress(Exception):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self.connect()

    async def connect(self) -> None:
        """Connect, for whoever cannot do without the queue. Raises what the connection raises."""
        if not self._connected:
            await self.queue.connect()
            self._connected = True

    async def stop(self) -> None:
        """Put what is still wanted on the queue, as far as that goes quickly, and disconnect."""
        if self._running is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._running, _PATIENCE_SECONDS)
        if self._queue is not None:
            with suppress(Exception):  # it may be gone before us
                await self._queue.disconnect()
        self._queue, self._connected = None, False

    async def _work_off(self) -> None:
        while self._wanted:
            job, force = self._wanted.pop(next(iter(self._wanted)))
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    await self.connect()
                    await wake(self.queue, job, force.id)
            except Exception as failed:  # noqa: BLE001  whatever it was, the clock makes up for it
                dropped = 1 + len(self._wanted)
                self._wanted.clear()
                _log.warning("wakes dropped", force=force.slug, job=job, count=dropped, why=type(failed).__name__)
