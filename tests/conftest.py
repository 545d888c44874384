"""One throwaway PostgreSQL for each worker of the test run, migrated by the real migrations; the cast lives in it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests import cast
from tests.cast import World
from trackmycrime.app import create_app
from trackmycrime.cli.embedded import EmbeddedPostgres, throwaway
from trackmycrime.domain.onboarding import Onboarding
from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.keys import keys
from trackmycrime.settings import Settings
from trackmycrime.store import migrate
from trackmycrime.tx import Database


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    with throwaway(tmp_path_factory.mktemp("postgres")) as server:
        migrate.upgrade(server.url("migrator"))
        yield server


@pytest.fixture(scope="session")
def settings(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    environment = {
        "TRACKMYCRIME_HOME": str(tmp_path_factory.mktemp("home")),
        "TRACKMYCRIME_DOMAIN": cast.DOMAIN,
        "TRACKMYCRIME_SCHEME": "https",
    }
    return Settings.from_environment(environment).with_databases(postgres.urls())


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def world(settings: Settings) -> AsyncIterator[World]:
    database = Database(settings.database_url_for)
    key_store = keys(settings)
    registry = Registry(database, opened=key_store.open, origin=settings.origin)
    app = create_app(settings)
    made = World(settings, database, registry, Onboarding(database, registry, key_store), app)
    await cast.assemble(made)
    yield made
    await database.close()
    await app.close()
