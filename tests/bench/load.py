"""The load: a few clients that ask again as soon as they are answered. A process of its own, whose CPU time nobody counts.

It reads the CPU time of those it asks at the beginning and at the end of its window, and looks at every answer.
"""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import cast

import msgspec
import uvloop
from msgspec import Struct

from tests.bench import proc

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"
_PATIENCE_SECONDS = 10.0
PLACE = "NNNNNNNN"  # in a request: where the number of each goes, so that no two say the same


class Plan(Struct, frozen=True, kw_only=True):
    """What to ask, each client its own request, and what is a right answer: its body is so long, give or take `spread`."""

    port: int
    requests: Sequence[bytes]
    status: int
    marker: bytes
    length: int
    spread: int = 0
    web: int
    database: int
    clients: int = 8
    warm_up: float = 1.5
    seconds: float = 5.0
    most: int = 200_000


class Measured(Struct, frozen=True, kw_only=True):
    """What was found in the window: answers that were right, the first that was not, and what it all cost."""

    right: int
    wrong: int
    first_wrong: str
    seconds: float
    web_cpu: float
    database_cpu: float
    p50_ms: float
    p99_ms: float
    every: int
    worker_mib: float

    @property
    def per_cpu_second(self) -> float:
        """Right answers for each second that web and database worked."""
        return self.right / max(self.web_cpu + self.database_cpu, 0.01)


def measure(plan: Plan) -> Measured:
    """Carry out a plan in a process of its own."""
    command = [sys.executable, "-m", __name__]
    root = Path(__file__).parents[2]
    within = plan.warm_up + plan.seconds + 6 * _PATIENCE_SECONDS
    done = subprocess.run(
        command, input=msgspec.json.encode(plan), cwd=root, stdout=subprocess.PIPE, check=True, timeout=within
    )
    return msgspec.json.decode(done.stdout, type=Measured)


class _Run:
    """One run of all clients: first to warm up, then counted."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.ended = asyncio.Event()
        self.times: list[float] = []
        self.wrong, self.every, self.first_wrong = 0, 0, ""
        self.numbers = count(time.monotonic_ns() // 1_000_000)  # later runs begin behind what earlier ones reached

    def count(self, answer: bytes, body: int, took: float) -> None:
        """Look at an answer and count it."""
        self.every += 1
        if self._is_right(answer, body):
            self.times.append(took)
        else:
            self.fail(f"{len(answer) - body} bytes, not {self.plan.length}: {answer[:200].decode(errors='replace')}")
        if len(self.times) >= self.plan.most:
            self.ended.set()

    def fail(self, why: str) -> None:
        """Count something that is no right answer."""
        self.wrong += 1
        self.first_wrong = self.first_wrong or why

    def _is_right(self, answer: bytes, body: int) -> bool:
        plan = self.plan
        status = answer[9:12] == str(plan.status).encode()
        return status and plan.marker in answer and abs(len(answer) - body - plan.length) <= plan.spread

    def begin_anew(self) -> None:
        """Forget the warm-up's times; what was wrong in it stays wrong."""
        self.times = []

    async def carry_out(self) -> Measured:
        """Warm up, then count."""
        loop = asyncio.get_running_loop()
        for number in range(self.plan.clients):
            request = self.plan.requests[number % len(self.plan.requests)]
            await loop.create_connection(lambda request=request: _Client(self, request), "127.0.0.1", self.plan.port)
        await asyncio.sleep(self.plan.warm_up)
        self.begin_anew()
        began, before = time.perf_counter(), self._cpu()
        try:
            async with asyncio.timeout(self.plan.seconds):
                await self.ended.wait()
        except TimeoutError:
            self.ended.set()
        seconds, after = time.perf_counter() - began, self._cpu()
        return self._told(seconds, after[0] - before[0], after[1] - before[1])

    def _cpu(self) -> tuple[float, float]:
        return proc.cpu_seconds(self.plan.web), proc.cpu_seconds(self.plan.database) if self.plan.database else 0.0

    def _told(self, seconds: float, web: float, database: float) -> Measured:
        times = sorted(self.times) or [0.0]
        return Measured(
            right=len(self.times),
            wrong=self.wrong,
            first_wrong=self.first_wrong,
            seconds=seconds,
            web_cpu=web,
            database_cpu=database,
            p50_ms=times[len(times) // 2] * 1000,
            p99_ms=times[int(len(times) * 0.99)] * 1000,
            every=self.every,
            worker_mib=proc.worker_mib(self.plan.web),
        )


class _Client(asyncio.Protocol):
    """One connection that is kept alive: the next request leaves when the last one was answered."""

    def __init__(self, run: _Run, request: bytes) -> None:
        self._run, self._request = run, request
        self._transport: asyncio.Transport | None = None
        self._answer, self._asked_at = b"", 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def _ask(self) -> None:
        if self._transport is None:
            return
        if self._run.ended.is_set():
            self._transport.close()
            return
        self._answer, self._asked_at = b"", time.perf_counter()
        self._transport.write(self._request.replace(PLACE.encode(), b"%08d" % (next(self._run.numbers) % 10**8)))

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head = self._answer.find(_END)
        if head < 0:
            return
        length = _LENGTH.search(self._answer, 0, head)
        body = head + len(_END)
        if length is None:
            self._run.fail("an answer without a length")
            self._run.ended.set()
        elif len(self._answer) >= body + int(length[1]):
            self._run.count(self._answer, body, time.perf_counter() - self._asked_at)
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._run.ended.is_set():
            self._run.fail(f"the connection was lost: {exc!r}")


async def _carried_out(plan: Plan) -> Measured:
    return await _Run(plan).carry_out()


if __name__ == "__main__":
    given = msgspec.json.decode(sys.stdin.buffer.read(), type=Plan)
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(_carried_out(given))))
