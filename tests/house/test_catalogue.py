"""Every relation of the database, as PostgreSQL itself lists them: classified, protected, or this fails."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from tests.cast import World
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.tx.tables import Holds

pytestmark = pytest.mark.asyncio(loop_scope="session")

KINDS = {"r": "table", "p": "partitioned", "v": "view", "m": "materialised", "f": "foreign", "S": "sequence"}
RELATIONS = """
select n.nspname, c.relname, c.relkind::text, obj_description(c.oid, 'pg_class'), c.relrowsecurity, c.relforcerowsecurity, c.oid
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
order by 1, 2
"""
POLICIES = "select polroles::regrole[]::text[], polname from pg_policy where polrelid = $1"
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
# What has no class of its own: the list of migrations, and the identity of a force table.
KNOWN = {("app", "migration"), ("app", "feed_entry_position_seq")}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def catalogue(postgres: EmbeddedPostgres, world: World) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(postgres.admin_url("trackmycrime"))
    yield connection
    await connection.close()


async def test_every_relation_is_classified_and_protected(catalogue: asyncpg.Connection) -> None:
    relations = await catalogue.fetch(RELATIONS)
    assert len(relations) >= 28
    for schema, name, kind, comment, secured, forced, oid in relations:
        where = f"{schema}.{name} ({KINDS[kind]})"
        policies = await catalogue.fetch(POLICIES, oid)
        if schema == "part":
            assert (secured, forced, policies) == (True, True, []), f"{where}: asked for directly it must show nothing"
        elif schema == "app" and (schema, name) not in KNOWN:
            holds = (comment or "").partition(":")[0]
            assert holds in set(Holds), f"{where}: its comment must begin with whose data it holds"
            assert kind in "rp", f"{where}: a view shows everything; add none without security_invoker and a rule here"
            if holds != Holds.NATIONAL:
                assert (kind, secured, forced) == ("p", True, True), where
                assert [(list(roles), str(policy)) for roles, policy in policies] == [(["tmc_app"], "one_force")], where
        else:
            assert (schema, name) in KNOWN or schema == "queue", f"{where}: say what it is"


async def test_partitions_are_granted_to_nobody_and_the_console_has_no_victims_data(
    catalogue: asyncpg.Connection,
) -> None:
    checked = 0
    for schema, name, kind, comment, *_rest in await catalogue.fetch(RELATIONS):
        if kind not in "rp":
            continue
        for role in ("tmc_app", "tmc_console", "tmc_provisioner", "tmc_queue", "public"):
            for privilege in PRIVILEGES:
                table = f'"{schema}"."{name}"'
                has = await catalogue.fetchval("select has_table_privilege($1, $2, $3)", role, table, privilege)
                any_column = privilege in {"SELECT", "INSERT", "UPDATE", "REFERENCES"} and await catalogue.fetchval(
                    "select has_any_column_privilege($1, $2, $3)", role, table, privilege
                )
                national = (comment or "").startswith("national")
                if (
                    schema == "part"
                    or role in {"tmc_provisioner", "public"}
                    or (role == "tmc_console" and not national)
                ):
                    assert not (has or any_column) or schema == "queue", f"{role} may {privilege} {table}"
                checked += 1
    assert checked > 2000


async def test_the_services_roles_are_nobody_special(catalogue: asyncpg.Connection) -> None:
    rows = await catalogue.fetch(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit from pg_roles where rolname like 'tmc_%'"
    )
    assert {row[0] for row in rows} >= {
        "tmc_owner",
        "tmc_migrator",
        "tmc_app",
        "tmc_console",
        "tmc_provisioner",
        "tmc_queue",
    }
    assert all(not any(row[1:5]) for row in rows)
    owned = await catalogue.fetchval(
        "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('tmc_app', 'tmc_console')"
    )
    assert owned == 0


async def test_keys_and_indexes_of_force_tables_begin_with_the_force(catalogue: asyncpg.Connection) -> None:
    rows = await catalogue.fetch(
        """select c.relname, i.relname, a.attname from pg_index x
           join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
           join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
           where c.relnamespace = 'app'::regnamespace and c.relkind = 'p'"""
    )
    assert len(rows) > 40
    assert [row for row in rows if row[2] != "force_id"] == []
    foreign = await catalogue.fetch(
        """select conrelid::regclass::text, conname, a.attname from pg_constraint k
           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
           join pg_class c on c.oid = k.conrelid
           where k.contype = 'f' and c.relnamespace = 'app'::regnamespace and c.relkind = 'p'"""
    )
    assert len(foreign) > 20
    assert [row for row in foreign if row[2] != "force_id"] == []


async def test_without_a_force_there_is_an_error_and_with_another_there_is_nothing(
    catalogue: asyncpg.Connection, postgres: EmbeddedPostgres, world: World
) -> None:
    tables = [
        row[1]
        for row in await catalogue.fetch(RELATIONS)
        if row[0] == "app" and (row[3] or "").split(":")[0] in {"victim", "force"}
    ]
    other = (await world.force("brackenshire")).ref.id
    mine = (await world.force("avonside")).ref.id
    connection = await asyncpg.connect(postgres.url("app"))
    seen = 0
    for table in tables:
        for sql in (
            f'select * from app."{table}"',
            f'update app."{table}" set force_id = force_id',
            f'delete from app."{table}"',
        ):
            with pytest.raises((asyncpg.UndefinedObjectError, asyncpg.DataError, asyncpg.InsufficientPrivilegeError)):
                await connection.execute(sql)
        seen += await rows_of(connection, table, bound=mine, wanted=mine)
        assert await rows_of(connection, table, bound=other, wanted=mine) == 0, table
    assert seen > 20, "the cast must have left rows to look for"
    await connection.close()


async def rows_of(connection: asyncpg.Connection, table: str, *, bound: UUID, wanted: UUID) -> int:
    async with connection.transaction():
        await connection.execute("select set_config('app.force_id', $1, true)", str(bound))
        found: Any = await connection.fetchval(f'select count(*) from app."{table}" where force_id = $1', wanted)
        return found
