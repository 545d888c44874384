"""The door: a transaction sees its own force, whatever happened before on the same connection."""

import asyncio
import random
from contextlib import suppress
from datetime import timedelta

import asyncpg
import pytest

from tests.cast import World
from trackmycrime.kit import ids
from trackmycrime.kit.actor import service
from trackmycrime.store.cases.timeline import _FOR_PERSON  # pyright: ignore[reportPrivateUsage]  it is nobody else's
from trackmycrime.store.identity.sessions import _LIVE  # pyright: ignore[reportPrivateUsage]
from trackmycrime.tx import Database, Pinned
from trackmycrime.tx.connections import Connections, NotCommitted

pytestmark = pytest.mark.asyncio(loop_scope="session")
BOUND = "select current_setting('app.force_id')::uuid, $1::uuid"


async def test_interleaved_transactions_of_two_forces_never_see_each_other(world: World) -> None:
    """A pool of two connections, a tenth of the transactions cancelled or failing half-way."""
    database = Database(world.settings.database_url_for, pool=2)
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
            ids = set(await tx.column("select id from app.staff where force_id = $1"))
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


async def test_what_failed_before_is_never_committed_in_silence(world: World) -> None:
    door = world.registry.door(await world.force("avonside"))

    async def swallow_a_failure() -> None:
        async with door.open(service("test")) as tx:
            with suppress(asyncpg.DivisionByZeroError):
                await tx.run("select 1 / 0 from app.force where id = $1")

    with pytest.raises(NotCommitted):
        await swallow_a_failure()


async def test_json_goes_in_as_text_and_comes_out_as_what_it_says(world: World) -> None:
    (row,) = await world.ask("avonside", "select $2::jsonb, $3::json, $1::uuid", '{"a": [1]}', "[2]")
    assert row[:2] == ({"a": [1]}, [2])


async def test_a_connection_that_died_in_the_pool_is_replaced(world: World) -> None:
    database = Database(world.settings.database_url_for, pool=2)
    door = database.force((await world.force("avonside")).ref)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        async with door.open(service("test")) as tx:
            await tx.run("select pg_terminate_backend(pg_backend_pid()) from app.force where id = $1")
    async with door.open(service("test")) as tx:
        assert (await tx.pairs(BOUND))[0][0] == door.force.id
    await database.close()


async def test_a_transaction_that_is_over_begins_nothing_more(world: World) -> None:
    tx = world.registry.door(await world.force("avonside")).begin(service("test"))
    assert await tx.value("select 1 from app.force where id = $1") == 1
    await tx.commit()
    await tx.close()
    with pytest.raises(RuntimeError):
        await tx.value("select 1 from app.force where id = $1")


async def test_a_pinned_statement_is_planned_for_one_force_and_sees_no_other(world: World) -> None:
    database = Database(world.settings.database_url_for, pool=1)
    pinned = Pinned("select id, $2::text, $3::text, force_id from app.staff where force_id = $1 and name <> $2")
    plan = Pinned("explain select id from app.staff where force_id = $1 and $2 <> ''")
    for slug in ("avonside", "brackenshire", "avonside"):
        force = (await world.force(slug)).ref
        async with database.force(force).open(service("test")) as tx:
            own = await tx.column("select id from app.staff where force_id = $1")
            found = await tx.all(lambda *row: row, pinned, "nobody", "third")
            assert {row[0] for row in found} == set(own)
            assert {row[1:] for row in found} == {("nobody", "third", force.id)}
            steps = "\n".join(await tx.column(plan, "x"))
            assert f"staff__{slug}" in steps
            others = {f"staff__{each.ref.slug}" for each in await world.registry.all()} - {f"staff__{slug}"}
            assert [other for other in others if other in steps] == []
    await database.close()


async def test_what_is_pinned_to_another_force_shows_nothing(world: World) -> None:
    mine, theirs = [(await world.force(slug)).ref for slug in ("avonside", "brackenshire")]
    pinned = Pinned("select id from app.staff where force_id = $1")
    async with world.registry.door(await world.force("avonside")).open(service("test")) as tx:
        assert await tx.column(pinned)
        connection = await tx._begun()  # noqa: SLF001 - what the door would never ask
        assert await connection.fetch(pinned.of(mine.id))
        assert await connection.fetch(pinned.of(theirs.id)) == []


ALONE = Pinned("select id, force_id, current_setting('app.force_id') from app.staff where force_id = $1 and name <> $2")
# The policy's own column with the force that is bound: PostgreSQL looks that up while it plans, before anything is bound.
EARLY = Pinned("select id from app.staff where force_id = $1 and id <> current_setting('app.force_id')::uuid")


async def test_a_pinned_statement_binds_itself_where_no_transaction_has_begun(world: World) -> None:
    """One connection, both forces in turn, before and after the tables were looked at anew: nothing stays bound."""
    database = Database(world.settings.database_url_for, pool=1)
    for slug in ("avonside", "brackenshire", "avonside", "brackenshire"):
        force = (await world.force(slug)).ref
        own = {row[0] for row in await world.ask(slug, "select id from app.staff where force_id = $1")}
        for pinned in (ALONE, EARLY):
            tx = database.force(force).begin(service("test"))
            found = await tx.all(lambda *row: row, pinned, *(["nobody"] if pinned is ALONE else []))
            assert {row[0] for row in found} == own
            assert {row[1:] for row in found} <= {(), (force.id, str(force.id))}
            await tx.close()
        connections = database.connections()
        connection = await connections._taken()  # noqa: SLF001 - what is left on it when nobody has it
        with pytest.raises((asyncpg.UndefinedObjectError, asyncpg.InvalidTextRepresentationError)):
            await connection.fetch("select id from app.staff")
        connections._give_back(connection)  # noqa: SLF001
    assert connections.given_out == 0
    await database.close()


async def test_what_binds_itself_shows_nothing_of_another_force(world: World) -> None:
    mine, theirs = [(await world.force(slug)).ref for slug in ("avonside", "brackenshire")]
    mixed = ALONE.alone(mine.id).replace(f"'{mine.id}', true", f"'{theirs.id}', true")
    database = Database(world.settings.database_url_for, pool=1)
    connections = database.connections()
    assert await connections._asked(ALONE.alone(mine.id), ("nobody",))  # noqa: SLF001
    assert await connections._asked(mixed, ("nobody",)) == []  # noqa: SLF001
    await database.close()


async def test_a_reading_by_itself_that_fails_or_is_given_up_leaves_a_connection_for_the_next(world: World) -> None:
    database = Database(world.settings.database_url_for, pool=1)
    force = (await world.force("avonside")).ref
    for broken in (
        "select 1 / 0 from app.staff where force_id = $1",
        "select pg_sleep(60) from app.staff where force_id = $1",
    ):
        tx = database.force(force).begin(service("test"))
        with pytest.raises((asyncpg.DivisionByZeroError, TimeoutError)):
            await asyncio.wait_for(tx.column(Pinned(broken)), 0.2)
        await tx.close()
        assert await database.force(force).begin(service("test")).column(ALONE, "nobody")
    await database.close()


async def test_a_reading_by_itself_after_the_transaction_is_over_is_refused(world: World) -> None:
    tx = world.registry.door(await world.force("avonside")).begin(service("test"))
    assert await tx.column(ALONE, "nobody")
    await tx.commit()
    await tx.close()
    with pytest.raises(RuntimeError):
        await tx.column(ALONE, "nobody")


async def test_where_postgresql_looks_at_the_policy_first_a_transaction_is_begun(world: World) -> None:
    connections = Database(world.settings.database_url_for, pool=1).connections()
    force = (await world.force("avonside")).ref
    with pytest.raises((asyncpg.UndefinedObjectError, asyncpg.InvalidTextRepresentationError)):
        await connections._asked(EARLY.alone(force.id), ())  # noqa: SLF001 - that is the case which is gone round
    assert await connections.ask(force.id, EARLY)
    await connections.close()


async def test_every_pinned_statement_of_ours_needs_no_transaction(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a connection that knows nothing yet: the way round, for a PostgreSQL that looks at policies first, is not taken."""
    database = Database(world.settings.database_url_for, pool=1)
    force = (await world.force("avonside")).ref

    async def _never(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Connections, "begin", _never)
    hour, nobody = timedelta(hours=1), ids.new()
    for pinned, values in ((_LIVE, (b"", *([hour] * 5), 12)), (_FOR_PERSON, (nobody, nobody, "victim", 20, 0))):
        tx = database.force(force).begin(service("test"))
        assert await tx.all(lambda *row: row, pinned, *values) == []
    await database.close()
