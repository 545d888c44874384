"""The audit: a row with each deed, sealed into a chain that shows every tampering."""

import random
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.cast import Victim, World, configuration, crime, event
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.domain import audit
from trackmycrime.domain.audit import Verdict
from trackmycrime.gateways.heads import HEADS, Heads
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def sealed(world: World, slug: str) -> Verdict:
    door = world.registry.door(await world.force(slug))
    async with door.open(service("test")) as tx:
        while await audit.seal(tx, world.heads, limit=7):
            pass
        return await audit.verify(tx, world.heads)


async def busy_force(world: World) -> str:
    slug = f"audit-{uuid4().hex[:6]}"
    await world.onboarding.provision(service("test"), configuration(slug, "Audited Police"))
    vera = Victim("Vera", "Vance", "AU/1/26", "vera@example.org")
    batch = [crime(vera.reference, [vera.as_event()])]
    batch += [event("update.published", vera.reference, text=f"News {n}.") for n in range(20)]
    await world.push(slug, batch)
    await world.register(slug, vera)
    return slug


async def test_deeds_are_sealed_once_each_and_the_chain_holds(world: World) -> None:
    slug = await busy_force(world)
    first = await sealed(world, slug)
    assert first.broken is None
    assert first.links >= 23
    assert (await sealed(world, slug)).links == first.links
    (rows,) = await world.ask(slug, "select count(*) from app.audit where force_id = $1")
    assert rows == (first.links,)


async def test_a_deed_of_a_long_transaction_is_sealed_although_newer_ones_were_sealed_before_it(world: World) -> None:
    slug = await busy_force(world)
    door = world.registry.door(await world.force(slug))
    async with door.open(service("test")) as slow:
        await slow.allow(60)
        await audit.record(slow, "test.slow")
        async with door.open(service("test")) as quick:
            await audit.record(quick, "test.quick")
        before = await sealed(world, slug)
    after = await sealed(world, slug)
    assert after.broken is None
    assert after.links == before.links + 1


async def forget(world: World, connection: asyncpg.Connection, force: UUID) -> None:
    """Remove every trace of a tampered audit: other tests verify all forces of this database."""
    await connection.execute("delete from app.audit_seal where force_id = $1", force)
    await connection.execute("delete from app.audit where force_id = $1", force)
    (world.settings.home / HEADS / f"{force}.jsonl").unlink()
    await connection.close()


TAMPERINGS = {
    "changed": "update app.audit set what = 'nothing' where force_id = $1 and id = $2",
    "moved": "update app.audit set at = at + interval '1 second' where force_id = $1 and id = $2",
    "blamed": "update app.audit set actor_id = uuidv7() where force_id = $1 and id = $2",
    "removed": "delete from app.audit where force_id = $1 and id = $2",
    "unsealed": "delete from app.audit_seal where force_id = $1 and audit_id = $2 and position > 1",
    "forged": "update app.audit_seal set digest = sha256('x') where force_id = $1 and audit_id = $2",
}


@pytest.mark.parametrize("how", TAMPERINGS)
async def test_every_tampering_shows_and_names_its_place(world: World, postgres: EmbeddedPostgres, how: str) -> None:
    slug = await busy_force(world)
    whole = await sealed(world, slug)
    force = (await world.force(slug)).ref.id
    connection = await asyncpg.connect(postgres.admin_url("trackmycrime"))
    ids = await connection.fetch("select audit_id from app.audit_seal where force_id = $1 order by position", force)
    place = random.Random(how).randrange(1, len(ids) - 1)  # noqa: S311 - a seeded choice
    await connection.execute(TAMPERINGS[how], force, ids[place][0])
    door = world.registry.door(await world.force(slug))
    async with door.open(service("test")) as tx:
        found = await audit.verify(tx, world.heads)
    await forget(world, connection, force)
    assert found.broken is not None
    assert found.links == place < whole.links


async def test_a_chain_that_was_cut_short_or_written_anew_disagrees_with_its_kept_head(
    world: World, postgres: EmbeddedPostgres
) -> None:
    for how in ("cut", "anew"):
        slug = await busy_force(world)
        whole = await sealed(world, slug)
        force = (await world.force(slug)).ref.id
        connection = await asyncpg.connect(postgres.admin_url("trackmycrime"))
        if how == "cut":
            last = "select position from app.audit_seal where force_id = $1 order by position desc limit 3"
            await connection.execute(f"delete from app.audit_seal where force_id = $1 and position in ({last})", force)
        else:
            await connection.execute("delete from app.audit_seal where force_id = $1", force)
            await connection.execute("update app.audit set what = 'nothing' where force_id = $1", force)
        async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
            if how == "anew":
                nowhere = Heads(world.settings.home / "forger")
                while await audit.seal(tx, nowhere):
                    pass
                assert (await audit.verify(tx, nowhere)).broken is None
            found = await audit.verify(tx, world.heads)
        await forget(world, connection, force)
        assert found.broken is not None
        assert found.broken.what == {"cut": "the chain was cut short", "anew": "the chain was written anew"}[how]
        assert whole.broken is None


async def test_the_app_can_only_add_to_the_audit(world: World) -> None:
    for sql in (
        "update app.audit set what = 'x' where force_id = $1",
        "delete from app.audit_seal where force_id = $1",
    ):
        door = world.registry.door(await world.force("avonside"))
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with door.open(service("test")) as tx:
                await tx.run(sql)
