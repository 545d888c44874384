"""Row-level security on every table and verb, and that taking it away anywhere is noticed."""

import asyncpg
import pytest

from tests.isolation import relations
from tests.isolation.stage import Stage
from tests.isolation.tables import (
    VERBS,
    allowed_on_console,
    answers_unbound,
    caught,
    foreign_rows,
    mutants,
    open_to,
    undone,
)
from trackmycrime.cli.embedded import EmbeddedPostgres

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_bound_to_one_force_no_statement_reaches_another(stage: Stage) -> None:
    assert len(stage.ground.tables) >= 22
    for table in stage.ground.tables:
        assert await foreign_rows(stage.ground, table, stage.a, stage.b) == [], table
        assert await foreign_rows(stage.ground, table, stage.b, stage.a) == [], table


async def test_one_s_own_rows_are_reached(stage: Stage) -> None:
    """The positive control: the same statements reach the rows of the force that is bound, where the role has the right."""
    for table in stage.ground.tables:
        reached = await foreign_rows(stage.ground, table, stage.a, stage.a)
        assert {"select", "insert"} <= set(reached), table


async def test_with_no_force_bound_every_statement_is_an_error(stage: Stage, postgres: EmbeddedPostgres) -> None:
    for table in stage.ground.tables:
        assert await answers_unbound(stage.ground, table, stage.a.force.ref.id) == [], table
    connection = await asyncpg.connect(postgres.url("app"))
    for table in stage.ground.tables:
        with pytest.raises(asyncpg.UndefinedObjectError, match=r"app\.force_id"):
            await connection.fetch(f'select * from app."{table}"')
    await connection.close()


async def test_the_roles_of_the_nation_have_no_right_on_any_table_of_a_force(stage: Stage) -> None:
    for table in stage.ground.tables:
        assert await open_to(stage.ground, table, "tmc_console") == allowed_on_console(table), table
        for role in ("tmc_provisioner", "tmc_queue", "public"):
            assert await open_to(stage.ground, table, role) == [], (table, role)
        assert await open_to(stage.ground, table, "tmc_app") != [], table
        assert set(await open_to(stage.ground, table, "postgres")) == set(VERBS)


async def test_every_guard_of_every_table_is_missed_when_it_is_gone(stage: Stage) -> None:
    tried = [mutant for table in stage.ground.tables for mutant in mutants(table)]
    missed = [f"{m.table}: {m.name}" for m in tried if not await caught(stage.ground, m, stage.a, stage.b)]
    assert missed == []
    assert len(tried) >= 130
    for table in stage.ground.tables:
        assert await foreign_rows(stage.ground, table, stage.a, stage.b) == [], "a mutant was not undone"


async def test_the_ledger_of_relations_is_what_the_database_has(stage: Stage) -> None:
    number, wrong = await relations.differences(stage.ground.connection)
    assert wrong == []
    assert number >= len(relations.RELATIONS) + 42
    of_forces = {name for name, holds in relations.RELATIONS.items() if holds in {"victim", "force"}} | {"force_figure"}
    assert set(stage.ground.tables) == of_forces, "what has a force_id is what the ledger calls a force's"
    async with undone(stage.ground.connection):
        await stage.ground.connection.execute("create view app.everything as select * from app.person")
        assert (await relations.differences(stage.ground.connection))[1] == ["app.everything: not in the ledger"]
