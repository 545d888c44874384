"""One throwaway PostgreSQL for each worker of the test run, migrated by the real migrations; the cast lives in it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.cast import World
from tests.provider.running import Providers, running
from tests.stage import migrated, settings_of, world_of
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.settings import Settings

_LAST = Path(__file__).parent / "web" / "admin"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the pages of administrators come last: they put forces on board by the hundred, and every other test is slower for it."""
    items.sort(key=lambda item: item.path.is_relative_to(_LAST))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    with migrated(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(scope="session")
def settings(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_of(postgres, tmp_path_factory.mktemp("home"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def world(settings: Settings) -> AsyncIterator[World]:
    async with world_of(settings) as made:
        yield made


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def providers() -> AsyncIterator[Providers]:
    async with running() as made:
        yield made
