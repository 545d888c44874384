"""One force's flood is nobody else's wait: force A pushes 100,000 events while force B's victims read, write and are told.

Quiet and loaded phases take turns, so that whatever else the machine does weighs on both.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import psycopg

from tests.cast import Victim, World, crime, event
from tests.drill.figures import tell
from tests.drill.people import new_force, new_victims
from tests.drill.running import RealBrowser, over_http, running, token
from trackmycrime.cli.embedded import EmbeddedPostgres

_BATCHES, _CASES, _EVENTS = 10, 1000, 10_000
_ROUNDS, _QUIET_SECONDS, _LOADED_SECONDS = 2, 15, 60
_CROWDS, _CROWD = 10, 3
_VICTIMS, _TOLD, _BEAT, _NEWS_EVERY, _LATEST = 6, 2, 0.25, 1.5, 30
_READS, _WRITES, _DELAY = 1.25, 1.5, 2.0
_LOG_FILES = 32


@dataclass
class Felt:
    """What force B's people felt in the phases of one kind: seconds for each read, write and email."""

    reads: list[float] = field(default_factory=list[float])
    writes: list[float] = field(default_factory=list[float])
    emails: list[float] = field(default_factory=list[float])


@dataclass
class Pushed:
    """What force A got in, and how long it took."""

    events: int = 0
    seconds: float = 0.0


def late(felt: list[float]) -> float:
    """Return the time that 95 of 100 keep."""
    return statistics.quantiles(felt, n=20)[-1]


async def _timed(into: list[float], act: Awaitable[httpx.Response], status: int) -> None:
    started = time.perf_counter()
    answer = await act
    assert answer.status_code == status, answer.text
    into.append(time.perf_counter() - started)


async def _victim(browser: RealBrowser, felt: Felt, until: Callable[[], bool], offset: float) -> None:
    """Read and write in turn, a quarter of a second from one to the next."""
    await asyncio.sleep(offset)
    beat = 0
    while not until():
        following = time.perf_counter() + _BEAT
        if beat % 2 == 1:
            await _timed(felt.writes, browser.submit("/messages", message=f"Beat {beat}."), 303)
        else:
            await _timed(felt.reads, browser.get("/messages"), 200)
        beat += 1
        await asyncio.sleep(max(0.0, following - time.perf_counter()))


class _News:
    """Force B's record system, which publishes an update now and then and waits until its email is sent."""

    def __init__(self, world: World, slug: str, system: httpx.AsyncClient, told: list[Victim]) -> None:
        self._world, self._slug, self._system, self._told = world, slug, system, told

    async def publish(self, felt: Felt, until: Callable[[], bool]) -> None:
        number = 0
        while not until():
            following = time.perf_counter() + _NEWS_EVERY
            await self._one(felt, self._told[number % len(self._told)])
            number += 1
            await asyncio.sleep(max(0.0, following - time.perf_counter()))

    async def _one(self, felt: Felt, victim: Victim) -> None:
        before = await self._sent()
        started = time.perf_counter()
        (await self._system.post("/api/v1/events", json=[_update(victim.reference)])).raise_for_status()
        while await self._sent() == before:
            if time.perf_counter() - started > _LATEST:
                break
            await asyncio.sleep(0.02)
        felt.emails.append(time.perf_counter() - started)

    async def _sent(self) -> int:
        """Ask the outbox, which marks an email after it is sent: to look for it among the flood's would take a processor."""
        sent = "select count(*) from app.notification where force_id = $1 and kind = 'news' and state = 'sent'"
        return (await self._world.ask(self._slug, sent))[0][0]


def _update(reference: str) -> dict[str, object]:
    return event("update.published", reference, text="We have asked two shops for their recordings.")


def _batch(number: int) -> bytes:
    """Return 10,000 events of 1,000 new crimes: each with its victim, who is invited, and what happened since."""
    lines: list[Any] = []
    for case in range(_CASES):
        reference = f"{number:02d}{case:05d}/{uuid4().hex[:6]}"
        victim = Victim("Vera", "Vane", reference, f"{uuid4().hex[:12]}@example.org")
        lines.append(crime(reference, [victim.as_event()]))
        lines += [_update(reference) for _ in range(_EVENTS // _CASES - 1)]
    return b"\n".join(msgspec.json.encode(line) for line in lines)


async def _flood(system: httpx.AsyncClient, batches: list[bytes], pushed: Pushed) -> None:
    """Push a round's batches one after the other, for at most a minute."""
    started = time.perf_counter()
    for batch in batches:
        answer = await system.post("/api/v1/events", content=batch, headers={"content-type": "application/x-ndjson"})
        pushed.events += answer.raise_for_status().json()["accepted"]
        if time.perf_counter() - started > _LOADED_SECONDS:
            break
    pushed.seconds += time.perf_counter() - started


class _Stage:
    """Everybody of the drill, signed in."""

    def __init__(self, flooding: httpx.AsyncClient, news: _News, browsers: list[RealBrowser]) -> None:
        self.flooding, self._news, self._browsers = flooding, news, browsers

    async def wake(self, batch: bytes) -> None:
        """Let a crowd in, and a first batch: connections, their plans and templates are made, as on any day but the first."""
        for _ in range(_CROWDS):
            reading = [browser.get("/messages") for browser in self._browsers for _ in range(_CROWD)]
            writing = [browser.submit("/messages", message="Good morning.") for browser in self._browsers]
            await asyncio.gather(*reading, *writing)
        await _flood(self.flooding, [batch], Pushed())

    async def live(self, felt: Felt, meanwhile: Awaitable[None]) -> None:
        """Let force B go about its day for as long as `meanwhile` takes."""
        lasting = asyncio.ensure_future(meanwhile)
        each = _BEAT / len(self._browsers)
        await asyncio.gather(
            lasting,
            self._news.publish(felt, lasting.done),
            *(_victim(b, felt, lasting.done, number * each) for number, b in enumerate(self._browsers)),
        )


@asynccontextmanager
async def _stage(world: World) -> AsyncGenerator[_Stage]:
    forces = [await new_force(world) for _ in range(2)]
    systems = [over_http(world, slug) for slug in forces]
    for slug, system in zip(forces, systems, strict=True):
        await token(system, *await world.client(slug))
    people = await new_victims(world, forces[1], _VICTIMS + _TOLD, registered=_VICTIMS + _TOLD)
    browsers = [RealBrowser(world, forces[1]) for _ in range(_VICTIMS)]
    for browser, victim in zip(browsers, people[_TOLD:], strict=True):
        assert "Your message" in (await browser.sign_in(victim)).text
    yield _Stage(systems[0], _News(world, forces[1], systems[1], people[:_TOLD]), browsers)
    for client in (*systems, *(browser.http for browser in browsers)):
        await client.aclose()


def _have_run_for_days(world: World) -> None:
    """Let the database's log have its files, as that of any server has which was not made a minute ago."""
    with psycopg.connect(EmbeddedPostgres(world.settings.home).admin_url(), autocommit=True) as server:
        for _ in range(_LOG_FILES):
            server.execute("select pg_logical_emit_message(false, '', '')")
            server.execute("select pg_switch_wal()")
        server.execute("checkpoint")


async def _drill() -> tuple[Felt, Felt, Pushed]:
    batches = [_batch(number) for number in range(_BATCHES)]
    quiet, loaded, pushed = Felt(), Felt(), Pushed()
    share = _BATCHES // _ROUNDS
    async with running() as world, _stage(world) as stage:
        _have_run_for_days(world)
        await stage.wake(_batch(_BATCHES))
        await stage.live(Felt(), asyncio.sleep(2))
        for turn in range(_ROUNDS):
            await stage.live(quiet, asyncio.sleep(_QUIET_SECONDS))
            await stage.live(loaded, _flood(stage.flooding, batches[turn * share : (turn + 1) * share], pushed))
    return quiet, loaded, pushed


if __name__ == "__main__":
    quiet, loaded, pushed = asyncio.run(_drill())
    reads, writes = late(loaded.reads) / late(quiet.reads), late(loaded.writes) / late(quiet.writes)
    delay = late(loaded.emails) - late(quiet.emails)
    tell(
        {
            "read_ratio": round(reads, 2),
            "write_ratio": round(writes, 2),
            "delay_s": round(delay, 2),
            "events": pushed.events,
            "events_per_second": round(pushed.events / pushed.seconds),
            "quiet_read_ms": round(late(quiet.reads) * 1000, 1),
            "quiet_write_ms": round(late(quiet.writes) * 1000, 1),
            "quiet_email_s": round(late(quiet.emails), 2),
            "samples": [len(each) for felt in (quiet, loaded) for each in (felt.reads, felt.writes, felt.emails)],
        },
        held={
            f"reads take at most {_READS} times as long beside the flood": reads <= _READS,
            f"writes take at most {_WRITES} times as long": writes <= _WRITES,
            f"emails arrive at most {_DELAY} seconds later": delay <= _DELAY,
            "the flood gets in": pushed.events > 0,
        },
    )
