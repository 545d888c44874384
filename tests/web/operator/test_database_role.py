"""The console's database role reads national tables and nothing else: it could not show a case if it wanted to."""

import psycopg
import pytest

from tests.cast import World
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.tx.tables import Holds

pytestmark = pytest.mark.asyncio(loop_scope="session")

_RELATIONS = """
select c.oid, n.nspname, c.relname, c.relkind::text, coalesce(obj_description(c.oid, 'pg_class'), ''),
  (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = 1)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('app', 'part', 'queue', 'public') and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
"""
_VERBS = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
_ALLOWED = {
    "force": {"select", "update"},
    "force_figure": {"select"},
    "operator": {"select", "insert", "update"},
    "operator_session": {"select", "insert", "update", "delete"},
    "operator_failure": {"select", "insert", "update", "delete"},
    "national_audit": {"select", "insert"},
}
_TRIED = {
    "select": "select 1 from {table} limit 1",
    "insert": "insert into {table} overriding system value select * from {table} limit 0",
    "update": "update {table} set {column} = {column} where false",
    "delete": "delete from {table} where false",
    "truncate": "truncate {table}",
}


async def test_the_console_may_do_nothing_with_a_relation_that_is_not_national(
    world: World, postgres: EmbeddedPostgres
) -> None:
    assert await world.ask("avonside", "select count(*) from app.person where force_id = $1 having count(*) > 0")
    tried = 0
    with psycopg.connect(postgres.url("console"), autocommit=True) as console:
        for oid, schema, name, kind, comment, column in console.execute(_RELATIONS).fetchall():
            national = schema == "app" and comment.startswith(Holds.NATIONAL)
            granted = _granted(console, oid) if kind != "S" else set[str]()
            assert granted == (_ALLOWED[name] if national else set[str]()), f"{schema}.{name}"
            for verb in () if national or kind == "S" else _TRIED:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    _try(console, verb, f'{schema}."{name}"', column)
                tried += 1
    assert tried > 5 * 40  # at least the force tables and the partitions of two forces


def _granted(console: psycopg.Connection, relation: int) -> set[str]:
    found: set[str] = set()
    for verb in _VERBS:
        by_column = verb in {"select", "insert", "update", "references"}
        function = "has_any_column_privilege" if by_column else "has_table_privilege"
        row = console.execute(f"select {function}(%s::oid, %s)", (relation, verb)).fetchone()  # pyright: ignore[reportArgumentType]
        if row and row[0]:
            found.add(verb)
    return found


def _try(console: psycopg.Connection, verb: str, table: str, column: str) -> None:
    sql = _TRIED[verb].format(table=table, column=column)
    console.execute(sql)  # pyright: ignore[reportArgumentType, reportCallIssue]


async def test_the_console_may_not_read_a_key_nor_call_a_function_of_ours(
    world: World, postgres: EmbeddedPostgres
) -> None:
    assert world
    with psycopg.connect(postgres.url("console"), autocommit=True) as console:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            console.execute("select wrapped_key from app.force")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            console.execute("select * from app.force")
        functions = """select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                       where n.nspname in ('app', 'part', 'queue') and has_function_privilege(p.oid, 'execute')"""
        assert console.execute(functions).fetchall() == []
        for role in ("tmc_owner", "tmc_app", "tmc_provisioner", "tmc_migrator"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                console.execute(f"set role {role}")  # pyright: ignore[reportArgumentType, reportCallIssue]
