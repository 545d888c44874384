"""Jobs and doors without a force, or with one that nobody has: nothing is done, and somebody is told."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any, cast
from uuid import UUID, uuid4

import asyncpg
import pytest
import structlog.testing
from saq.job import Job
from saq.types import Context

from tests.isolation.stage import Stage
from tests.jobs.doubles import Provider
from trackmycrime.gateways.senders import Senders
from trackmycrime.jobs.chores import Chores
from trackmycrime.jobs.waker import Waker
from trackmycrime.jobs.worker import deeds
from trackmycrime.kit.actor import service
from trackmycrime.kit.courtesy import Courtesy

pytestmark = pytest.mark.asyncio(loop_scope="session")
type Chore = Callable[..., Awaitable[None]]


def chores(stage: Stage) -> dict[str, Chore]:
    """Return the jobs that work for one force, as the worker has them."""
    settings = stage.world.settings
    provider = Provider()
    queue, courtesy = Waker(settings).queue, Courtesy(settings.home)
    made = Chores(stage.world.registry, Senders(provider, provider), queue, deeds(settings), courtesy)
    return {"dispatch": made.dispatch, "seal": made.seal}


def context(job: str) -> Context:
    return cast("Context", {"job": Job(function=job)})


async def digests(stage: Stage) -> list[str]:
    return [await stage.ground.digest(force) for force in stage.forces]


async def test_a_job_for_a_force_that_is_not_there_does_nothing_and_says_so(stage: Stage) -> None:
    before = await digests(stage)
    for name, chore in chores(stage).items():
        with structlog.testing.capture_logs() as logs:
            await chore(context(name), force=str(uuid4()))
        assert [(line["event"], line["log_level"], line["job"]) for line in logs] == [
            ("no such force", "warning", name)
        ]
    assert await digests(stage) == before


@pytest.mark.parametrize("said", [{}, {"force": ""}, {"force": "kent"}, {"force": None}])
async def test_a_job_without_a_force_fails(stage: Stage, said: dict[str, Any]) -> None:
    before = await digests(stage)
    for name, chore in chores(stage).items():
        assert inspect.signature(chore).parameters["force"].default is inspect.Parameter.empty
        with pytest.raises((TypeError, ValueError, AttributeError)):
            await chore(context(name), **said)
    assert await digests(stage) == before


async def test_a_job_for_one_force_touches_no_other(stage: Stage) -> None:
    mine, theirs = await digests(stage)
    for name, chore in chores(stage).items():
        await chore(context(name), force=str(stage.a.force.ref.id))
    after = await digests(stage)
    assert after[0] != mine, "there was something to send and to seal"
    assert after[1] == theirs


async def test_a_door_without_a_force_opens_on_nothing(stage: Stage) -> None:
    async with stage.world.database.national("app").open(service("isolation")) as tx:
        # Never set, or left empty by the transaction before it on this connection: both are errors, not zero rows.
        with pytest.raises((asyncpg.UndefinedObjectError, asyncpg.InvalidTextRepresentationError)):
            await tx.driver.fetch("select 1 from app.person")
    async with stage.world.database.national("app").open(service("isolation")) as tx:
        with pytest.raises((asyncpg.UndefinedObjectError, asyncpg.InvalidTextRepresentationError)):
            await tx.driver.execute("delete from app.staff")


async def test_a_door_to_a_force_that_is_not_there_opens_on_nothing(stage: Stage) -> None:
    nobody = UUID(int=1)
    async with stage.world.database.national("app").open(service("isolation")) as tx:
        await tx.driver.fetch("select set_config('app.force_id', $1, true)", str(nobody))
        for table in stage.ground.tables:
            assert await tx.driver.fetch(f'select 1 from app."{table}"') == [], table
