"""Readers of the outbound feed while victims and staff write: some transactions commit late, some are undone."""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from uuid import UUID, uuid4

import httpx
from msgspec import Struct

from tests.cast import DOMAIN, Victim, World
from tests.drill.people import new_force, new_victims, person_id
from trackmycrime.domain import cases, feed, messages
from trackmycrime.domain.feed import Fact
from trackmycrime.kit.actor import Actor, Kind, service
from trackmycrime.tx import ForceDoor, ForceTx

LIMITS = (1, 7, 100)
_VICTIMS, _STAFF = 4, 2


class Outcome(Struct, frozen=True):
    """What was committed, in the order of the feed, and what each reader was given, and how much while others wrote."""

    committed: list[str]
    undone: set[str]
    given: list[list[str]]
    meanwhile: list[int]


class _Undone(Exception):
    """A transaction that writes and does not commit."""


class _Writers:
    """Six people who write at once; each fact is named by its text or its detail."""

    def __init__(self, door: ForceDoor, people: Sequence[tuple[UUID, UUID]], each: int) -> None:
        self._door, self._people, self._each = door, people, each
        self._chance = random.Random(each)  # noqa: S311 - a repeatable mix
        self.committed, self.undone = set[str](), set[str]()

    async def write(self) -> None:
        """Let everybody write three times over; in the first and last, one transaction writes before all and commits after them."""
        await self._beside_a_late_one("late at first")
        await self._all_write()
        await self._beside_a_late_one("late at last")

    async def _beside_a_late_one(self, name: str) -> None:
        async with self._door.open(service("drill")) as late:
            await self._staff_tell(late, name)
            await self._all_write()
        self.committed.add(name)

    async def _all_write(self) -> None:
        victims = (self._in_turn(lambda tx, name, who=who: self._message(tx, name, *who)) for who in self._people)
        staff = (self._in_turn(self._staff_tell) for _ in range(_STAFF))
        await asyncio.gather(*victims, *staff)

    async def _in_turn(self, act: Callable[[ForceTx, str], object]) -> None:
        for _ in range(self._each):
            name = uuid4().hex
            with suppress(_Undone):
                await self._one(act, name)
                self.committed.add(name)

    async def _one(self, act: Callable[[ForceTx, str], object], name: str) -> None:
        """Carry out one transaction: a fifth stay open for a moment after they wrote, a tenth are undone."""
        fate = self._chance.random()
        async with self._door.open(service("drill")) as tx:
            if fate < 0.2:
                await tx.allow(60)  # as a batch, which writes its facts at once and not at the end
            told = act(tx, name)
            assert asyncio.iscoroutine(told)
            await told
            await asyncio.sleep(self._chance.random() / 20 if fate < 0.2 else 0)
            if fate > 0.9:
                self.undone.add(name)
                raise _Undone

    async def _message(self, tx: ForceTx, name: str, person: UUID, case: UUID) -> None:
        tx.acting(Actor(Kind.VICTIM, person))
        await messages.send(tx, await cases.seen_by_actor(tx, case), name)

    async def _staff_tell(self, tx: ForceTx, name: str) -> None:
        await feed.tell(tx, [Fact("reply.sent", detail={"name": name})])


class _Reader:
    """A record system that follows the cursor over HTTP, a page of its own size at a time."""

    def __init__(self, world: World, slug: str, limit: int) -> None:
        transport = httpx.ASGITransport(app=world.app, client=("192.0.2.20", 4711))
        self._http = httpx.AsyncClient(transport=transport, base_url=f"https://{slug}.{DOMAIN}")
        self._limit, self._cursor = limit, ""
        self.given: list[str] = []
        self.meanwhile = 0

    async def sign_in(self, client_id: str, secret: str) -> None:
        """Get a token."""
        grant = {"grant_type": "client_credentials"}
        told = (await self._http.post("/oauth/token", data=grant, auth=(client_id, secret))).json()
        self._http.headers["authorization"] = f"Bearer {told['access_token']}"

    async def follow(self, ended: Callable[[], bool]) -> None:
        """Read until a page is empty that was asked for after the writers ended."""
        while True:
            last = ended()
            found = await self._page()
            self.meanwhile += 0 if last else found
            if last and not found:
                break
        await self._http.aclose()

    async def _page(self) -> int:
        query = {"after": self._cursor, "limit": self._limit}
        told = (await self._http.get("/api/v1/events", params=query)).raise_for_status().json()
        assert (told["next"] != self._cursor) == bool(told["events"])
        self._cursor = told["next"]
        facts = [fact for fact in told["events"] if fact["type"] in {"message.sent", "reply.sent"}]
        self.given += [fact.get("text") or fact["detail"]["name"] for fact in facts]
        return len(told["events"])


async def read_while_written(world: World, each: int = 22) -> Outcome:
    """Let six writers carry out three times `each` transactions while readers with different limits follow, and return both sides."""
    slug = await new_force(world)
    victims = await new_victims(world, slug, _VICTIMS, registered=_VICTIMS)
    people = [await _where(world, slug, victim) for victim in victims]
    readers = [_Reader(world, slug, limit) for limit in LIMITS]
    client = await world.client(slug)
    for reader in readers:
        await reader.sign_in(*client)
    writers = _Writers(world.registry.door(await world.force(slug)), people, each)
    writing = asyncio.create_task(writers.write())
    await asyncio.gather(writing, *(reader.follow(writing.done) for reader in readers))
    end = _Reader(world, slug, feed.MOST)
    await end.sign_in(*client)
    await end.follow(lambda: True)
    assert set(end.given) == writers.committed
    return Outcome(
        end.given, writers.undone, [reader.given for reader in readers], [reader.meanwhile for reader in readers]
    )


async def _where(world: World, slug: str, victim: Victim) -> tuple[UUID, UUID]:
    ((case,),) = await world.ask(
        slug, "select id from app.case where force_id = $1 and reference = $2", victim.reference
    )
    return await person_id(world, slug, victim), case
