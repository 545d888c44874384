"""The service under test with its own database, for tests and drills alike."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

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


@contextmanager
def migrated(folder: Path) -> Generator[EmbeddedPostgres]:
    """Start a PostgreSQL of our own in `folder`, with the service's tables, and end it with the block."""
    with throwaway(folder) as server:
        migrate.upgrade(server.url("migrator"))
        yield server


def settings_of(server: EmbeddedPostgres, home: Path) -> Settings:
    """Return the settings of a service on this database that keeps its files in `home`."""
    environment = {
        "TRACKMYCRIME_HOME": str(home),
        "TRACKMYCRIME_DOMAIN": cast.DOMAIN,
        "TRACKMYCRIME_SCHEME": "https",
        "TRACKMYCRIME_LOCAL_PROVIDERS": "yes",
    }
    return Settings.from_environment(environment).with_databases(server.urls())


@asynccontextmanager
async def world_of(settings: Settings) -> AsyncGenerator[World]:
    """Put the cast on stage."""
    database = Database(settings.database_url_for)
    key_store = keys(settings)
    registry = Registry(database, opened=key_store.open, origin=settings.origin)
    app = create_app(settings)
    made = World(settings, database, registry, Onboarding(database, registry, key_store), app)
    await cast.assemble(made)
    yield made
    await database.close()
    await app.close()
