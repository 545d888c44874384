"""Isolation: every route in every role with every foreign id, a crowd at a narrow door, and each guard taken away in turn."""

import asyncio
import sys
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path

from msgspec import Struct, structs

from tests.drill.figures import tell
from tests.isolation import deeds, impostors, ledger, matrix, mutants, relations, tables
from tests.isolation.crowd import Crowd, gather
from tests.isolation.ledger_nation import LEDGER
from tests.isolation.matrix import Reach
from tests.isolation.roles import everybody
from tests.isolation.stage import Stage, set_up
from tests.stage import migrated, settings_of, world_of
from trackmycrime.settings import Settings

_CROWD, _LEAST_CANCELLED = 10_000, 700


class Figures(Struct, frozen=True):
    """What was tried, and what came of it. `foreign` counts everything that reached somebody whose it is not."""

    routes: int
    relations: int
    requests: int
    foreign: int
    mutants: int
    mutants_caught: int


def say(text: str) -> None:
    """Tell how far it is: the drill takes minutes."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {text}\n")


async def ledgers(stage: Stage) -> tuple[int, int, list[str]]:
    """Return how many routes and relations there are, and in what the ledgers differ from them."""
    number, wrong = await relations.differences(stage.ground.connection)
    routes = ledger.differences(LEDGER, stage.world.app)
    return (
        len(ledger.running(stage.world.app)),
        number,
        [*wrong, *(f"{k}: {v}" for k, each in routes.items() for v in each)],
    )


async def breaches(stage: Stage) -> list[str]:
    """Go through everything that must be refused, and every right call, and return what went wrong."""
    run = await matrix.begin(stage)
    await matrix.controls(run, LEDGER)
    found = [*run.breaches]
    for others in (deeds.refused, deeds.lists, impostors.refused):
        await stage.restore()
        found += await others(stage)
    await stage.restore()
    for title in await everybody(stage):
        found += await matrix.whole(stage, title, reach=Reach.FURTHEST)
        await stage.restore()
        say(f"{title}: {stage.requests} requests so far, {len(found)} breaches")
    reached = [
        f"{table}: {verb}"
        for table in stage.ground.tables
        for mine, other in ((stage.a, stage.b), (stage.b, stage.a))
        for verb in await tables.foreign_rows(stage.ground, table, mine, other)
    ]
    return [*map(str, found), *reached]


async def missed(stage: Stage) -> tuple[int, list[str]]:
    """Take every guard away in turn, and return how many there are and which are not missed when they are gone."""
    of_tables = [mutant for table in stage.ground.tables for mutant in tables.mutants(table)]
    silent = [f"{m.table}: {m.name}" for m in of_tables if not await tables.caught(stage.ground, m, stage.a, stage.b)]
    say(f"{len(of_tables)} guards of tables, {len(silent)} not missed")
    silent += await mutants.false_alarms(stage)
    silent += [mutant.name for mutant in mutants.MUTANTS if await mutants.unnoticed(stage, mutant)]
    return len(of_tables) + len(mutants.MUTANTS), silent


async def drill(stage: Stage) -> tuple[Figures, Crowd, list[str]]:
    """Do all of it, and return the figures, what became of the crowd, and everything that went wrong."""
    routes, number, wrong = await ledgers(stage)
    found = await breaches(stage)
    crowd = await gather(stage, _CROWD)
    say(f"crowd: {crowd}")
    tried, silent = await missed(stage)
    requests, foreign = stage.requests, len(found) + crowd.foreign
    return Figures(routes, number, requests, foreign, tried, tried - len(silent)), crowd, [*wrong, *found, *silent]


def held(figures: Figures, crowd: Crowd, wrong: list[str]) -> dict[str, bool]:
    """Return what has to hold."""
    return {
        f"every route ({figures.routes}) and relation ({figures.relations}) is in the ledger": not wrong,
        "nothing reached anybody whose it is not": figures.foreign == 0,
        "every guard is missed when it is gone": figures.mutants_caught == figures.mutants,
        "enough was tried": figures.requests >= _CROWD and figures.routes == len(LEDGER) and figures.mutants >= 200,
        "a crowd at a narrow door gets whole answers": crowd.incomplete == 0 and crowd.requests >= _CROWD,
        "every connection is given back": crowd.stuck == 0 and crowd.cancelled >= _LEAST_CANCELLED,
    }


async def act(settings: Settings, admin_url: str) -> tuple[Figures, Crowd, list[str]]:
    """Run the drill on a service of its own, with the superuser's eyes on what becomes of its database."""
    async with world_of(settings) as world, set_up(world, admin_url) as stage:
        return await drill(stage)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, migrated(Path(folder) / "postgres") as server:
        (Path(folder) / "home").mkdir()
        own = settings_of(server, Path(folder) / "home")
        # The service logs a line for each request, which would bury the figures.
        with Path(folder, "log").open("w") as log, redirect_stdout(log):
            told, gathered, problems = asyncio.run(act(own, server.admin_url("trackmycrime")))
    for problem in problems:
        say(problem)
    tell(structs.asdict(told), held=held(told, gathered, problems))
