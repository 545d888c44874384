"""The stage: two forces full of canaries, the service that serves both, and the ground to look at them from outside."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from tests.cast import PASSWORD, World
from tests.isolation import building
from tests.isolation.ground import Ground
from tests.isolation.side import Side
from tests.isolation.wire import Answer, Sent, ask
from trackmycrime.domain.identity import operators
from trackmycrime.gateways.mailbox import Kind, Mailbox
from trackmycrime.kit.actor import service

OPERATOR = "isolation-operator@example.org"


@dataclass
class Stage:
    """Two forces, A and B. `rows` are the ids of everything that each has."""

    world: World
    ground: Ground
    a: Side
    b: Side
    rows: Mapping[str, frozenset[UUID]]
    sent_id: UUID
    invitation: str
    operator: tuple[str, str] = ("", "")
    requests: int = 0

    @property
    def forces(self) -> list[UUID]:
        """The ids of both forces."""
        return [self.a.force.ref.id, self.b.force.ref.id]

    async def ask(self, sent: Sent) -> Answer:
        """Send a request to the service, and count it."""
        self.requests += 1
        return await ask(self.world.app, sent)

    async def signed_in(self) -> tuple[str, str]:
        """Sign the operator in, and return their cookie and form token."""
        return await operators.sign_in(self.world.database.national("console"), OPERATOR, PASSWORD, "192.0.2.8")

    async def restore(self) -> None:
        """Bring both forces back to how they were when the stage was set."""
        await self.ground.restore(self.forces)
        self.world.registry.forget()  # they may have published something


@asynccontextmanager
async def set_up(world: World, admin_url: str) -> AsyncGenerator[Stage]:
    """Set the stage in the world's database. `admin_url` is the superuser's, which no part of the service has."""
    connection = await asyncpg.connect(admin_url)
    try:
        ground = Ground(connection)
        await ground.read_catalogue()
        both = [await building.build(world, letter) for letter in "ab"]
        for each in both:
            await ground.plant(each)
        rows = {each.letter: await ground.ids(each.force.ref.id) for each in both}
        box = Mailbox.of(world.settings)
        sent = box.put(Kind.TEXT, to="+447700900123", text="There is something to read.")
        stage = Stage(world, ground, both[0], both[1], rows, sent.id, await _operators(world))
        stage.operator = await stage.signed_in()
        await ground.keep(stage.forces)
        yield stage
    finally:
        await connection.close()


async def _operators(world: World) -> str:
    """Register one operator, and return the invitation of another."""
    await world.operator(OPERATOR)
    async with world.database.national("console").open(service("isolation")) as tx:
        return await operators.invite(tx, f"invited-{OPERATOR}", "Oona")
