"""Queued notifications sent to a provider that does nothing, as a worker sends them; beside SAQ's own rate of empty jobs."""

import asyncio
import logging
import os
import time

import uvloop
from msgspec import Struct
from saq.queue import Queue
from saq.types import Context
from saq.worker import Worker

from tests.bench import proc
from tests.bench.people import POURED, victims
from tests.bench.record_system import Client, push
from tests.bench.stage import Stage
from tests.cast import crime
from trackmycrime.cli.service import opened
from trackmycrime.domain.notifications.dispatch import dispatch
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.senders import Senders
from trackmycrime.gateways.text import Text
from trackmycrime.settings import Role

NOTIFICATIONS = 6000
_JOBS, _AT_ONCE = 1000, 10


class Sent(Struct, frozen=True):
    """How many notifications left in a second, and how many empty jobs SAQ did."""

    per_second: float
    per_cpu_second: float
    jobs_per_second: float


class _Nobody:
    """A provider that takes everything and does nothing."""

    def __init__(self) -> None:
        self.taken = 0

    async def send(self, _: Email | Text, /) -> None:
        self.taken += 1


def queue_up(stage: Stage, client: Client, mark: str) -> None:
    """Let as many invitations wait as one round sends."""
    push(stage.settings, client, POURED, [crime(v.reference, [v.as_event()]) for v in victims(NOTIFICATIONS, mark)])


def send(stage: Stage) -> Sent:
    """Send one round. Raises LookupError when not everything left."""
    return uvloop.run(_round(stage))


async def _round(stage: Stage) -> Sent:
    nobody, claimed = _Nobody(), 0
    async with opened(stage.settings) as service:
        door = await service.door(POURED)
        cpu, began = _cpu(stage), time.perf_counter()
        while claimed < NOTIFICATIONS and (number := await dispatch(door, Senders(nobody, nobody))):
            claimed += number
        took, used = time.perf_counter() - began, _cpu(stage) - cpu
        url = service.settings.database_url_for(Role.QUEUE)
    if not (claimed == nobody.taken >= NOTIFICATIONS):
        message = f"{claimed} notifications were claimed, and {nobody.taken} left"
        raise LookupError(message)
    return Sent(claimed / took, claimed / used, _JOBS / await _empty_jobs(url))


def _cpu(stage: Stage) -> float:
    """Return what sending has used so far: we are the worker, and whatever else we started is idle."""
    times = os.times()
    return times.user + times.system + proc.cpu_seconds(stage.database_pid)


async def _empty_jobs(url: str) -> float:
    """Return the seconds that SAQ needs for its empty jobs."""
    done, finished = 0, asyncio.Event()

    async def empty(_: Context) -> None:
        nonlocal done
        done += 1
        if done == _JOBS:
            finished.set()

    queue = Queue.from_url(url, name="bench", min_size=1, max_size=4)
    await queue.connect()
    for _ in range(_JOBS):
        await queue.enqueue("empty")
    logging.getLogger("saq").setLevel(logging.ERROR)  # it complains of what waits for jobs when it is stopped
    worker: Worker[Context] = Worker(queue, functions=[("empty", empty)], concurrency=_AT_ONCE)
    began = time.perf_counter()
    working = asyncio.create_task(worker.start())
    await asyncio.wait_for(finished.wait(), 60)
    took = time.perf_counter() - began
    await worker.stop()
    await working
    await queue.disconnect()
    return took
