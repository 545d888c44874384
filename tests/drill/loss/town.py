"""The forces of the drill and their people, and what they were told was done: all of it has to be there at the end."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
from sqlalchemy.exc import DBAPIError

from tests.cast import Employee, Victim, World
from tests.drill.loss.client import FINE, MOVED, Client, patiently
from tests.drill.loss.post import PostOffice
from tests.drill.loss.running import Running
from tests.drill.people import new_force
from trackmycrime.domain.onboarding import Onboarding
from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.keys import keys
from trackmycrime.tx import Database

# Of the driver, and of the sessions on the national tables.
_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    DBAPIError,
    OSError,
)


@dataclass
class Resident:
    """A victim who has registered, in her browser."""

    victim: Victim
    browser: Client
    case_id: UUID
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class Town:
    """One force: its officer in his browser, its record system, and its victims."""

    slug: str
    officer: Employee
    desk: Client
    system: Client
    credentials: tuple[str, str]
    token: str = ""
    invited: list[Victim] = field(default_factory=list)
    residents: list[Resident] = field(default_factory=list)


@dataclass
class Ledger:
    """What was answered for: each line is something that the service said it had done."""

    operations: int = 0
    said: list[tuple[str, str]] = field(default_factory=list)  # force, text
    told: list[tuple[str, str, Victim]] = field(default_factory=list)  # force, text, whom there is news for
    events: list[tuple[str, str]] = field(default_factory=list)  # force, id
    invited: list[tuple[str, Victim]] = field(default_factory=list)
    registered: list[tuple[str, Victim]] = field(default_factory=list)
    new_devices: list[tuple[str, Victim]] = field(default_factory=list)  # each sign-in in a browser that nobody knew
    sent_again: int = 0


@dataclass
class Stage:
    """Everything that takes part in one run of the drill."""

    service: Running
    office: PostOffice
    world: World
    http: httpx.AsyncClient
    towns: list[Town]
    ledger: Ledger
    chance: random.Random

    def client(self, slug: str) -> Client:
        """Return somebody new on a force's site."""
        return Client(self.http, self.service.port, slug)

    async def ask(self, slug: str, sql: str, *args: object) -> list[Any]:
        """Ask the database for rows of one force, as often as it takes while it comes and goes."""
        while True:
            try:
                return await self.world.ask(slug, sql, *args)
            except _AWAY:
                await asyncio.sleep(0.2)


@asynccontextmanager
async def stage(service: Running, office: PostOffice, forces: int, *, seed: int) -> AsyncGenerator[Stage]:
    """Put so many new forces on board of a running service, each with an officer and a record system."""
    settings = service.settings
    database = Database(settings.database_url_for)
    key_store = keys(settings)
    registry = Registry(database, opened=key_store.open, origin=settings.origin)
    world = World(settings, database, registry, Onboarding(database, registry, key_store), None)
    async with httpx.AsyncClient(trust_env=False) as http:
        made = Stage(service, office, world, http, [], Ledger(), random.Random(seed))  # noqa: S311 - a repeatable mixture
        for _ in range(forces):
            made.towns.append(await _town(made))
        yield made
    await database.close()


async def _town(on: Stage) -> Town:
    slug = await new_force(on.world)
    officer = Employee("PC Ola Okoro", "officer", f"{uuid4().hex[:10]}@example.org")
    await on.world.hire(slug, officer)
    town = Town(slug, officer, on.client(slug), on.client(slug), await on.world.client(slug))
    await patiently(lambda: _arrived(town))
    return town


async def _arrived(town: Town) -> None:
    fields = {"email": town.officer.email, "password": town.officer.password}
    answer = await town.desk.submit("/staff/sign-in", fields)
    assert answer.status_code == MOVED, answer.text


async def token(town: Town) -> str:
    """Return a new access token of a town's record system."""
    client_id, secret = town.credentials
    fields = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer = await patiently(lambda: town.system.submit("/oauth/token", fields))
    assert answer.status_code == FINE, answer.text
    return answer.json()["access_token"]


type Deed = Callable[[Stage, Town], Awaitable[bool]]
