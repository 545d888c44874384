"""Big batches are applied beside the web worker, in a process of their own that goes behind everybody's reading.

Ten thousand events are seconds of computing. On the worker's event loop, or in a thread of it, all of its other readers
would wait for them.
"""

import asyncio
import gc
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from msgspec import Struct

from trackmycrime.domain.ingest import Answer, receive
from trackmycrime.domain.tenancy.registry import Force, Registry
from trackmycrime.gateways.keys import keys
from trackmycrime.kit.actor import Actor
from trackmycrime.kit.courtesy import Courtesy
from trackmycrime.kit.errors import Busy
from trackmycrime.kit.tether import help_quietly
from trackmycrime.kit.words import _
from trackmycrime.settings import Settings
from trackmycrime.tx import Database, ForceRef, ForceTx
from trackmycrime.web.common.visit import Visit

SMALL = 32 * 1024  # bytes: some fifty events, applied in a few milliseconds where the request is
_SECONDS = 120
_POLITENESS = 10  # of nice(2)


class Batch(Struct, frozen=True):
    """What a record system sent, and who sent it to which force, in which version of its settings."""

    slug: str
    version: int
    actor: Actor
    body: bytes
    lines: bool
    backfill: bool


class Batches:
    """Applies batches for one web worker."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._beside: ProcessPoolExecutor | None = None

    async def apply(self, visit: Visit, batch: Batch) -> Answer:
        """Store and apply a batch in a transaction of its own. Raises Busy when its process died; nothing is then stored."""
        if len(batch.body) <= SMALL:
            return await _received(visit.force_tx(), batch)
        await visit.leave_tx()
        try:
            loop = asyncio.get_running_loop()
            answer, jobs = await loop.run_in_executor(self._process(), _apply, self._settings, batch)
        except BrokenProcessPool as died:
            self.stop()
            raise Busy(_("These events were not taken. Send them again."), retry_after=1) from died
        visit.database.wake(visit.site.ref, jobs)
        return answer

    def _process(self) -> ProcessPoolExecutor:
        if self._beside is None:
            self._beside = ProcessPoolExecutor(
                1, multiprocessing.get_context("spawn"), initializer=help_quietly, initargs=(os.getpid(), _POLITENESS)
            )
        return self._beside

    def stop(self) -> None:
        """End the process; a batch that is being applied is undone."""
        if self._beside is not None:
            self._beside.shutdown(wait=False, cancel_futures=True)
        self._beside = None


async def _received(tx: ForceTx, batch: Batch) -> Answer:
    await tx.allow(_SECONDS)
    return await receive(tx, batch.body, lines=batch.lines, backfill=batch.backfill)


class _Process:
    """What the process beside a web worker has: a loop, and the doors of the forces."""

    def __init__(self, settings: Settings) -> None:
        self.jobs: list[str] = []
        self.loop = asyncio.Runner()
        self._courtesy = Courtesy(settings.home)
        database = Database(settings.database_url_for, wake=self._wake, pool=1)
        self.registry = Registry(database, opened=keys(settings).open, origin=settings.origin)

    def _wake(self, _force: ForceRef, jobs: tuple[str, ...]) -> None:
        self.jobs += jobs

    async def apply(self, batch: Batch) -> tuple[Answer, tuple[str, ...]]:
        self.jobs.clear()
        door = self.registry.door(await self._force(batch))
        async with self._courtesy.turn(), door.open(batch.actor) as tx:
            answer = await _received(tx, batch)
        return answer, tuple(self.jobs)

    async def _force(self, batch: Batch) -> Force:
        """Return the force as it is, and never older than the worker knew it that took the batch: nobody listens here meanwhile."""
        force = await self.registry.need(batch.slug)
        if force.row.version < batch.version:
            self.registry.forget()
            force = await self.registry.need(batch.slug)
        return force


_process: list[_Process] = []


def _apply(settings: Settings, batch: Batch) -> tuple[Answer, tuple[str, ...]]:
    if not _process:
        _begin(settings)
    try:
        return _process[0].loop.run(_process[0].apply(batch))
    finally:
        gc.collect()


def _begin(settings: Settings) -> None:
    _process.append(_Process(settings))
    # Nothing of a batch is garbage before it is done: looking for some, again and again, costs a sixth of it. Afterwards
    # there is little to look through, but for what was there from the beginning.
    gc.freeze()
    gc.disable()
