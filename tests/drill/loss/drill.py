"""One run of the drill: people at work, something being killed all the time, and the reckoning when all is quiet again."""

import asyncio
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from tests.drill.loss.deeds import events, registration, work
from tests.drill.loss.killing import Killer, Point
from tests.drill.loss.post import post_office
from tests.drill.loss.reckoning import Found, reckon, waiting
from tests.drill.loss.running import Part, running
from tests.drill.loss.town import Stage, stage, token

type Strike = tuple[Point, Part]

_PAUSE_SECONDS, _QUIET_SECONDS = 0.1, 420.0


class Size(Struct, frozen=True):
    """How large a run is: at least so many operations, by so many at once, and these kills in this order.

    Somebody who has done something waits up to `pause` seconds. No kill begins after `seconds`. Where the natural end of a lease is waited for, it takes five minutes from its claim.
    """

    operations: int
    strikes: Sequence[Strike]
    seconds: float
    pause: float = 2.0
    forces: int = 4
    at_once: int = 4
    web_workers: int = 1
    wait_for_leases: bool = True


class Run(Struct, frozen=True):
    """What a run was and found. `recovery` is how long no page answered after a kill: its median and its worst."""

    operations: int
    kills: int
    found: Found
    points: Mapping[str, int]
    missed: int
    lost_answers: int
    sent_again: int
    recovery: Mapping[str, tuple[float, float]]
    seconds: float


def mixed(*groups: tuple[Point, Part, int], seed: int = 1) -> list[Strike]:
    """Return so many kills of each sort in a mixed order, the same for the same seed."""
    strikes = [(point, part) for point, part, number in groups for _ in range(number)]
    random.Random(seed).shuffle(strikes)  # noqa: S311 - a repeatable order
    return strikes


def drill(size: Size, *, seed: int = 1) -> Run:
    """Start the service, let it be worked with and killed, and count."""
    with tempfile.TemporaryDirectory(prefix="loss") as folder:
        return asyncio.run(_drill(Path(folder) / "home", size, seed))


async def _drill(home: Path, size: Size, seed: int) -> Run:
    began = time.monotonic()
    async with (
        post_office() as (office, email_url),
        running(home, email_url=email_url, web_workers=size.web_workers) as service,
        stage(service, office, size.forces, seed=seed) as on,
    ):
        killer = await _peopled(on)
        await _worked_and_killed(on, killer, size)
        await _quiet(on, killer, size)
        found = await reckon(on, killer.kills)
        return _run(on, killer, found, time.monotonic() - began)


async def _peopled(on: Stage) -> Killer:
    """Let the first victims be invited and register in every force."""
    killer = Killer(on, on.towns[0].desk)
    await killer.prepare()
    for town in on.towns:
        town.token = await token(town)
        while len(town.residents) < 2:
            for deed in (events, registration):
                on.ledger.operations += await deed(on, town)
            await asyncio.sleep(_PAUSE_SECONDS)
    return killer


async def _worked_and_killed(on: Stage, killer: Killer, size: Size) -> None:
    done = asyncio.Event()

    async def works() -> None:
        while not done.is_set() or on.ledger.operations < size.operations:
            await work(on)
            await asyncio.sleep(on.chance.random() * size.pause)

    async def kills() -> None:
        began = time.monotonic()
        for point, part in size.strikes:
            if time.monotonic() - began > size.seconds:
                break
            await killer.strike(point, part)
            await asyncio.sleep(on.chance.random())
        done.set()

    async with asyncio.TaskGroup() as everybody:
        everybody.create_task(kills())
        for _ in range(size.at_once):
            everybody.create_task(works())


async def _quiet(on: Stage, killer: Killer, size: Size) -> None:
    """Wait until nothing waits to be sent any more."""
    if not size.wait_for_leases:
        await killer.end_leases()
    deadline = time.monotonic() + _QUIET_SECONDS
    while await waiting(on) and time.monotonic() < deadline:  # noqa: ASYNC110 - the service tells nobody
        await asyncio.sleep(_PAUSE_SECONDS)


def _run(on: Stage, killer: Killer, found: Found, seconds: float) -> Run:
    clients = [client for town in on.towns for client in (town.desk, town.system)]
    clients += [resident.browser for town in on.towns for resident in town.residents]
    return Run(
        on.ledger.operations,
        len(killer.kills),
        found,
        Counter(named(each.point, each.part) for each in killer.kills),
        killer.missed,
        sum(client.lost for client in clients),
        on.ledger.sent_again,
        {part: (round(statistics.median(times), 2), round(max(times), 2)) for part, times in killer.recovery.items()},
        round(seconds, 1),
    )


def named(point: Point, part: Part) -> str:
    """Name a sort of kill."""
    return f"{point}: {part}"
