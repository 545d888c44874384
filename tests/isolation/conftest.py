"""What the tests of isolation share: the stage, set once in the worker's own database."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.cast import World
from tests.isolation.stage import Stage, set_up
from trackmycrime.cli.embedded import EmbeddedPostgres


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def set_stage(world: World, postgres: EmbeddedPostgres) -> AsyncIterator[Stage]:
    async with set_up(world, postgres.admin_url("trackmycrime")) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def stage(set_stage: Stage) -> AsyncIterator[Stage]:
    """Give the stage, and bring it back to how it was."""
    yield set_stage
    await set_stage.restore()
