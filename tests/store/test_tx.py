"""The door: a transaction sees its own force, whatever happened before on the same connection."""

import asyncio
import random
from typing import Any

import asyncpg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.cast import World
from trackmycrime.kit.actor import service
from trackmycrime.store.tables import Staff
from trackmycrime.tx import Database

pytestmark = pytest.mark.asyncio(loop_scope="session")
BOUND = "select current_setting('app.force_id')::uuid, $1::uuid"


async def test_interleaved_transactions_of_two_forces_never_see_each_other(world: World) -> None:
    """A pool of two connections, a tenth of the transactions cancelled or failing half-way."""
    database = Database(world.settings.database_url_for, pool=1)
    forces = [await world.force(slug) for slug in ("avonside", "brackenshire")]
    whose = {
        force.ref.id: {
            row[0] for row in await world.ask(force.ref.slug, "select id from app.staff where force_id = $1")
        }
        for force in forces
    }
    seen: list[int] = []

    async def one(number: int) -> None:
        force = forces[number % 2]
        async with database.force(force.ref).open(service("test")) as tx:
            (bound,) = await tx.pairs(BOUND)
            assert bound == (force.ref.id, force.ref.id)
            if number % 10 == 3:
                raise asyncio.CancelledError
            rows = await tx.session.scalars(select(Staff.id))
            ids = set(rows.all())
            assert ids
            assert ids <= whose[force.ref.id]
            if number % 10 == 7:
                await tx.run("select 1 / 0 from app.staff where force_id = $1")
            seen.append(number)

    order = list(range(600))
    random.Random(1).shuffle(order)  # noqa: S311 - a seeded shuffle
    results = await asyncio.gather(*(one(number) for number in order), return_exceptions=True)
    wrong = [
        r
        for r in results
        if isinstance(r, BaseException) and not isinstance(r, asyncio.CancelledError | asyncpg.DivisionByZeroError)
    ]
    assert wrong == []
    assert len(seen) == 480
    await database.close()


async def test_a_repositorys_session_is_bound_pruned_and_stamped(world: World) -> None:
    force = await world.force("avonside")
    async with world.registry.door(force).open(service("test")) as tx:
        new = Staff(name="Nobody", title="", unit="", role="", active=False, ordering=[])
        tx.session.add(new)
        await tx.session.flush()
        assert new.force_id == force.ref.id
        plan = await tx.session.execute(select(Staff).where(Staff.name == "Nobody"))
        assert [row.force_id for row in plan.scalars()] == [force.ref.id]
        found: Any = await tx.value("select count(*) from app.staff where force_id = $1 and name = 'Nobody'")
        assert found == 1


async def test_a_connection_that_died_in_the_pool_is_replaced(world: World) -> None:
    database = Database(world.settings.database_url_for, pool=1)
    door = database.force((await world.force("avonside")).ref)
    with pytest.raises((asyncpg.PostgresError, DBAPIError, asyncpg.InterfaceError)):
        async with door.open(service("test")) as tx:
            await tx.run("select pg_terminate_backend(pg_backend_pid()) from app.force where id = $1")
    async with door.open(service("test")) as tx:
        assert (await tx.pairs(BOUND))[0][0] == door.force.id
    await database.close()
