"""The service as a command needs it: database, registry and onboarding, opened for as long as the command runs."""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from trackmycrime.cli.embedded import attach
from trackmycrime.domain.onboarding import Onboarding
from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.keys import keys
from trackmycrime.kit.actor import service
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _
from trackmycrime.settings import Settings
from trackmycrime.tx import Database, ForceDoor

COMMAND_LINE = service("command line")


@dataclass(frozen=True)
class Service:
    """What a command works with."""

    settings: Settings
    database: Database
    registry: Registry
    onboarding: Onboarding

    async def door(self, slug: str) -> ForceDoor:
        """Return the door to a force's data. Raises NotFound."""
        return self.registry.door(await self.registry.need(slug))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncGenerator[Service]:
    """Open the running service's database, and close it at the end. Raises Refusal when it does not answer."""
    found = attach(settings)
    database = Database(found.database_url_for)
    key_store = keys(found)
    registry = Registry(database, opened=key_store.open, origin=found.origin)
    try:
        yield Service(found, database, registry, Onboarding(database, registry, key_store))
    except OSError as lost:
        raise Refusal(_("The database does not answer. Start the service, or check the settings.")) from lost
    finally:
        await database.close()


def carry_out[T](settings: Settings, work: Callable[[Service], Awaitable[T]]) -> T:
    """Do a command's work with the service open, and return what it returns."""

    async def working() -> T:
        async with opened(settings) as service:
            return await work(service)

    return asyncio.run(working())


def tell(arguments: argparse.Namespace, text: str, facts: object) -> None:
    """Print the text, or with --json the facts."""
    sys.stdout.write((json.dumps(facts, ensure_ascii=False) if arguments.json else text) + "\n")
