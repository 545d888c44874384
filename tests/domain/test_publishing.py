"""Publishing, as the database itself holds to it: a force publishes itself alone, and says neither what it is nor that it is live."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg
import msgspec
import pytest

from tests.cast import World, configuration
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.domain import configuring
from trackmycrime.domain.tenancy import registry as registries
from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.keys import keys
from trackmycrime.kit.actor import service
from trackmycrime.tx import Database, ForceTx

pytestmark = pytest.mark.asyncio(loop_scope="session")
_PUBLISH = "select app.publish_configuration($2, 'Mine', $3::text::jsonb, 2), $1::uuid"


async def published(tx: ForceTx, force: object, content: dict[str, object]) -> bool:
    return bool(await tx.value(_PUBLISH, force, msgspec.json.encode(content).decode()))


async def test_a_force_publishes_itself_alone_and_never_that_it_is_live(world: World) -> None:
    mine, theirs = (f"town-{uuid4().hex[:8]}" for _ in range(2))
    for slug in (mine, theirs):
        await world.onboarding.provision(service("test"), configuration(slug, "Town Police"))
    own, other = await world.force(mine), await world.force(theirs)
    content = {**own.row.configuration, "name": "Mine"}
    async with world.registry.door(own).open(service("test")) as tx:
        assert not await published(tx, other.row.id, {**other.row.configuration, "name": "Mine"})
        assert not await published(tx, own.row.id, {**content, "slug": theirs})
        assert not await published(tx, own.row.id, {**content, "live": False})
        assert await published(tx, own.row.id, content)
        assert not await published(tx, own.row.id, content), "version 2 is there already"
    world.registry.forget()
    assert (await world.force(mine)).name == "Mine"
    assert (await world.force(theirs)).name == "Town Police"


async def test_what_operators_publish_is_in_the_history_too(world: World) -> None:
    slug = f"town-{uuid4().hex[:8]}"
    own = configuration(slug, "Town Police")
    await world.onboarding.provision(service("test"), own)
    for name in ("Second Police", "Third Police"):
        await world.onboarding.publish(service("test"), msgspec.structs.replace(own, name=name))
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        listed = [(version.number, version.by) for version in await configuring.history(tx)]
        names = [(await configuring.version(tx, number)).configuration.name for number, _by in listed]
    assert listed == [(3, ""), (2, ""), (1, "")]
    assert names == ["Third Police", "Second Police", "Town Police"]


@asynccontextmanager
async def another_process(world: World) -> AsyncGenerator[Registry]:
    database = Database(world.settings.database_url_for, pool=1)
    yield Registry(database, opened=keys(world.settings).open, origin=world.settings.origin)
    await database.close()


async def test_every_process_hears_of_a_publication_without_asking(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = f"town-{uuid4().hex[:8]}"
    own = configuration(slug, "Town Police")
    await world.onboarding.provision(service("test"), own)
    monkeypatch.setattr(registries, "_FRESH_FOR", 3600.0)
    heard = asyncio.Event()
    async with another_process(world) as elsewhere:
        forget = elsewhere.forget
        monkeypatch.setattr(elsewhere, "forget", lambda: (forget(), heard.set()))
        assert (await elsewhere.need(slug)).name == "Town Police"
        for name in ("Second Police", "Third Police"):
            await world.onboarding.publish(service("test"), msgspec.structs.replace(own, name=name))
            async with asyncio.timeout(30):
                while (await elsewhere.need(slug)).name != name:
                    await heard.wait()
                    heard.clear()


async def test_a_process_that_hears_nothing_asks_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    slug = f"town-{uuid4().hex[:8]}"
    own = configuration(slug, "Town Police")
    await world.onboarding.provision(service("test"), own)
    monkeypatch.setattr(Database, "listen", lambda *_: None)
    monkeypatch.setattr(registries, "_FRESH_FOR", 0.0)
    async with another_process(world) as elsewhere:
        assert (await elsewhere.need(slug)).name == "Town Police"
        await world.onboarding.publish(service("test"), msgspec.structs.replace(own, name="Second Police"))
        assert (await elsewhere.need(slug)).name == "Second Police"


async def test_every_process_notices_whatever_is_written_into_the_registry(
    world: World, postgres: EmbeddedPostgres
) -> None:
    slug = f"town-{uuid4().hex[:8]}"
    await world.onboarding.provision(service("test"), configuration(slug, "Town Police"))
    before = await world.force(slug)
    world.registry.forget()
    assert (await world.force(slug)).configuration is before.configuration
    connection = await asyncpg.connect(postgres.admin_url("trackmycrime"))
    changed = """update app.force set configuration = jsonb_set(configuration, '{from_name}', '"Other words"') where slug = $1"""
    await connection.execute(changed, slug)
    await connection.close()
    world.registry.forget()
    assert (await world.force(slug)).configuration.from_name == "Other words", "although its version is the same"
