"""What the tests of the jobs share: a database built by the real migrations, and two forces in it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from trackmycrime.cli.embedded import throwaway
from trackmycrime.domain.onboarding import Onboarding
from trackmycrime.domain.tenancy.configuration import load
from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.keys import keys
from trackmycrime.jobs.waker import Waker
from trackmycrime.kit.actor import service
from trackmycrime.settings import Settings
from trackmycrime.store.migrate import upgrade
from trackmycrime.tx import Database

FORCES = ("gwent", "kent")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    home = tmp_path_factory.mktemp("jobs")
    with throwaway(home) as postgres:
        found = Settings.from_environment({"TRACKMYCRIME_HOME": str(home)}).with_databases(postgres.urls())
        upgrade(found.database_url_for("migrator"))
        asyncio.run(_on_board(found))
        yield found


async def _on_board(settings: Settings) -> None:
    database = Database(settings.database_url_for)
    key = keys(settings)
    onboarding = Onboarding(database, Registry(database, opened=key.open, origin=settings.origin), key)
    for slug in FORCES:
        file = Path(__file__).parents[2] / "tenants" / slug / "force.toml"
        await onboarding.provision(service("test"), load(file.read_bytes(), where=slug))
    await database.close()


@pytest_asyncio.fixture
async def waker(settings: Settings) -> AsyncIterator[Waker]:
    waker = Waker(settings)
    await waker.connect()
    yield waker
    await waker.stop()


@pytest_asyncio.fixture
async def registry(settings: Settings, waker: Waker) -> AsyncIterator[Registry]:
    database = Database(settings.database_url_for, wake=waker)
    yield Registry(database, opened=keys(settings).open, origin=settings.origin)
    await database.close()
