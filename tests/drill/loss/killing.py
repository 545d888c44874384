"""The killing: at random, and at points where something is half done, which are made visible from outside the service."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

import asyncpg

from tests.drill.loss.client import FINE, Client, NoAnswer
from tests.drill.loss.post import Where
from tests.drill.loss.running import Part, kill
from tests.drill.loss.town import Stage

_LOCK = 4711
_HALF_DONE_SECONDS, _GATHERING_SECONDS = 45.0, 0.5
# Whoever enters one of these waits for the lock as the very last thing before the commit, while somebody holds it.
_WAIT_BEFORE_COMMIT = f"""
create function public.wait_before_commit() returns trigger language plpgsql as $$
begin perform pg_advisory_xact_lock_shared({_LOCK}); return null; end $$;
""" + "".join(
    f"create constraint trigger drill after insert on app.{table} deferrable initially deferred "
    "for each row execute function public.wait_before_commit();"
    for table in ("timeline_entry", "event", "account")
)
_WAITING = f"select pid from pg_locks where locktype = 'advisory' and objid = {_LOCK} and not granted"
_BUSY = "select count(*) from pg_stat_activity where pid = any($1::int[]) and state <> 'idle'"
_UNMARKED = "select id from app.notification where state = 'leased'"
_END_LEASES = "update app.notification set not_before = now() where state = 'leased' and id <> all($1::uuid[])"


class Point(StrEnum):
    """When it is killed."""

    ANY = "at random"
    BEFORE_COMMIT = "before the commit"
    AFTER_COMMIT = "after the commit, before the answer"
    AFTER_CLAIM = "after the claim"
    AFTER_SEND = "after the send, before the mark"


@dataclass(frozen=True)
class Kill:
    """One kill; `unmarked` are the notices that were claimed by a worker that died of it."""

    point: Point
    part: Part
    at: datetime
    unmarked: frozenset[UUID] = frozenset()


@dataclass
class Killer:
    """Kills one after the other, and measures how long nobody gets a page."""

    on: Stage
    probe: Client
    kills: list[Kill] = field(default_factory=list)
    missed: int = 0
    since: float = 0.0
    recovery: dict[Part, list[float]] = field(default_factory=dict)
    left_alone: frozenset[UUID] = frozenset()

    async def prepare(self) -> None:
        """Let the database keep the moment of each commit, and make the points visible. It has to be restarted for that."""
        database = await self.on.service.observe()
        await database.execute("alter system set track_commit_timestamp = on")
        await database.execute(_WAIT_BEFORE_COMMIT)
        await database.close()
        await self.strike(Point.ANY, Part.DATABASE)

    async def strike(self, point: Point, part: Part) -> None:
        """Kill a part at a point, and wait until pages answer again."""
        ways = {
            Point.ANY: self._at_random,
            Point.BEFORE_COMMIT: self._before_commit,
            Point.AFTER_COMMIT: self._after_commit,
            Point.AFTER_CLAIM: self._after_claim,
            Point.AFTER_SEND: self._after_send,
        }
        before = len(self.kills)
        await ways[point](part)
        if len(self.kills) == before:
            self.missed += 1
        elif part is not Part.WORKER:
            self.recovery.setdefault(part, []).append(await self._back_after(part))

    async def _at_random(self, part: Part) -> None:
        await self._kill(Point.ANY, part, (await self.on.service.pids(part))[:1])

    async def _before_commit(self, part: Part) -> None:
        async with self._half_done() as (_database, backends):
            if backends:
                pids = backends[:1] if part is Part.BACKEND else await self.on.service.pids(part)
                await self._kill(Point.BEFORE_COMMIT, part, pids)

    async def _after_commit(self, part: Part) -> None:
        async with self._half_done() as (database, backends):
            if not backends:
                return
            web = await self.on.service.pids(Part.WEB)
            for pid in web:
                os.kill(pid, signal.SIGSTOP)
            await database.execute(f"select pg_advisory_unlock({_LOCK})")
            while await database.fetchval(_BUSY, backends):  # noqa: ASYNC110 - PostgreSQL tells nobody
                await asyncio.sleep(0.01)
            await self._kill(Point.AFTER_COMMIT, part, web)

    @asynccontextmanager
    async def _half_done(self) -> AsyncGenerator[tuple[asyncpg.Connection, list[int]]]:
        """Give the backends that were stopped just before a commit, as soon as there are any; they go on with the block's end."""
        database = await self.on.service.observe()
        try:
            await database.execute(f"select pg_advisory_lock({_LOCK})")
            deadline = time.monotonic() + _HALF_DONE_SECONDS
            found: list[int] = []
            while not found and time.monotonic() < deadline:
                await asyncio.sleep(0.01)
                found = [row[0] for row in await database.fetch(_WAITING)]
            await asyncio.sleep(_GATHERING_SECONDS)
            yield database, [row[0] for row in await database.fetch(_WAITING)]
        finally:
            database.terminate()

    async def _after_claim(self, part: Part) -> None:
        await self._while_sending(Point.AFTER_CLAIM, part, Where.BEFORE)

    async def _after_send(self, part: Part) -> None:
        await self._while_sending(Point.AFTER_SEND, part, Where.AFTER)

    async def _while_sending(self, point: Point, part: Part, where: Where) -> None:
        async with self.on.office.standing_still(where) as hold:
            try:
                await asyncio.wait_for(hold.reached.wait(), _HALF_DONE_SECONDS)
            except TimeoutError:
                return
            await self._kill(point, part, (await self.on.service.pids(part))[:1])

    async def _kill(self, point: Point, part: Part, pids: list[int]) -> None:
        at, self.since = datetime.now(UTC), time.monotonic()
        await kill(*pids)
        unmarked = await self._claimed_by_the_dead(point) if part is Part.WORKER else frozenset[UUID]()
        self.kills.append(Kill(point, part, at, unmarked))

    async def _claimed_by_the_dead(self, point: Point) -> frozenset[UUID]:
        """Return what the only worker had claimed when it died, and let its leases end at once: their time is five minutes.

        Those of the first worker that died with a claim are left to end by themselves.
        """
        database = await self.on.service.observe()
        unmarked = frozenset(row[0] for row in await database.fetch(_UNMARKED))
        if point is Point.AFTER_CLAIM and not self.left_alone:
            self.left_alone = unmarked
        await database.execute(_END_LEASES, list(self.left_alone))
        await database.close()
        return unmarked

    async def end_leases(self) -> None:
        """Let every lease end at once, when nobody sends any more."""
        while self.on.office.sessions:  # noqa: ASYNC110 - as simple as it can be
            await asyncio.sleep(0.05)
        database = await self.on.service.observe()
        await database.execute(_END_LEASES, [])
        await database.close()

    async def _back_after(self, part: Part) -> float:
        """Return how many seconds after the kill a page answers that needs web and database."""
        while not await self._answers():
            assert time.monotonic() - self.since < _HALF_DONE_SECONDS, f"no page after the {part} was killed"
            await asyncio.sleep(0.02)
        return time.monotonic() - self.since

    async def _answers(self) -> bool:
        try:
            return (await self.probe.get("/staff/inbox")).status_code == FINE
        except NoAnswer:
            return False
