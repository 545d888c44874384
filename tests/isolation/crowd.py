"""A crowd at a narrow door: victims of two forces read at once over two connections, and one in ten goes away half-way."""

import asyncio
import random
from collections.abc import Mapping

from msgspec import Struct

from tests.isolation.canaries import found
from tests.isolation.roles import Role, of_side
from tests.isolation.stage import Stage
from tests.isolation.wire import Answer, Sent, ask, host
from trackmycrime.app import create_app
from trackmycrime.web.common.edge import Edge
from trackmycrime.web.common.visit import SESSION_COOKIE

_AT_ONCE, _ONE_IN, _MOST_STEPS = 24, 10, 60
_OWN: Mapping[str, str] = {"vera": "v", "wanda": "w", "xenia": "x"}


class Crowd(Struct, frozen=True):
    """What became of them. `stuck` counts connections that were not given back."""

    requests: int
    cancelled: int
    foreign: int
    incomplete: int
    stuck: int


class _Reader(Struct, frozen=True):
    role: Role
    sent: Sent


async def gather(stage: Stage, number: int, *, seed: int = 1) -> Crowd:
    """Let so many readers come, in a shuffled order, to a service of its own that has two connections."""
    app = create_app(stage.world.settings, pool=2)
    chance = random.Random(seed)  # noqa: S311 - a repeatable crowd
    readers = await _readers(stage)
    order = [readers[turn % len(readers)] for turn in range(number)]
    chance.shuffle(order)
    leaving = {turn: chance.randrange(1, _MOST_STEPS) for turn in chance.sample(range(number), number // _ONE_IN)}
    door, answers = asyncio.Semaphore(_AT_ONCE), list[tuple[_Reader, Answer]]()

    async def come(turn: int) -> bool:
        async with door:
            asking = asyncio.create_task(ask(app, order[turn].sent))
            if turn in leaving and await _leaves(asking, leaving[turn]):
                return True
            answers.append((order[turn], await asking))
            return False

    try:
        left = sum(await asyncio.gather(*(come(turn) for turn in range(number))))
        answers += [(reader, await ask(app, reader.sent)) for reader in readers for _ in range(2)]
        return Crowd(
            requests=number,
            cancelled=left,
            foreign=sum(bool(found(answer.whole) - reader.role.sees) for reader, answer in answers),
            incomplete=sum(not _is_whole(reader, answer) for reader, answer in answers),
            stuck=held(app),
        )
    finally:
        await app.close()
        stage.requests += number


async def _leaves(asking: asyncio.Task[Answer], steps: int) -> bool:
    """Wait so many turns of the loop, and go; an answer that was there before is an answer."""
    for _ in range(steps):
        if asking.done():
            return False
        await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    return asking.cancelled()


async def _readers(stage: Stage) -> list[_Reader]:
    found: list[_Reader] = []
    for side in (stage.a, stage.b):
        for role in await of_side(side, _OWN):
            if role.cookie:
                cookies = {SESSION_COOKIE: role.cookie}
                found.append(_Reader(role, Sent(hosts=(host(side.slug),), path="/messages", cookies=cookies)))
    return found


def _is_whole(reader: _Reader, answer: Answer) -> bool:
    own = f"canary-{reader.role.at}{_OWN[reader.role.name]}-timeline_entry-body".encode()
    return answer.status == 200 and answer.complete and answer.body.rstrip().endswith(b"</html>") and own in answer.body


def held(app: Edge) -> int:
    """Return how many connections of the service are not back in their pool."""
    return app._database.connections().given_out  # noqa: SLF001 - the service itself needs no such number
