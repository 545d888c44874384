"""Every table and verb, asked below the service: statements without a predicate, as the role that the service has.

What is broken on purpose is broken inside a transaction that is undone, so that nobody else ever meets it.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import asyncpg
import msgspec
from asyncpg.transaction import Transaction
from msgspec import Struct

from tests.isolation.ground import Ground
from tests.isolation.side import Side

VERBS = ("select", "insert", "update", "delete")
UNBOUND, CONSOLE = "nothing bound shows nothing", "the console may read and write"
_LENIENT = "force_id = nullif(current_setting('app.force_id', true), '')::uuid"
_BIND = "select set_config('app.force_id', $1, true)"
# Refused by row-level security or for want of a right; and what PostgreSQL says where no force is bound.
_REFUSED = (asyncpg.InsufficientPrivilegeError,)
_UNBOUND = (asyncpg.UndefinedObjectError, asyncpg.InvalidTextRepresentationError, *_REFUSED)


class Mutant(Struct, frozen=True):
    """One guard of one table taken away: the statements that do it, and how it is named."""

    name: str
    table: str
    statements: tuple[str, ...]


@asynccontextmanager
async def undone(connection: asyncpg.Connection) -> AsyncGenerator[None]:
    """Undo everything that happens in the block."""
    transaction: Transaction = connection.transaction()
    await transaction.start()
    try:
        yield
    finally:
        await transaction.rollback()


async def foreign_rows(ground: Ground, table: str, mine: Side, other: Side) -> list[str]:
    """Bound to one force, reach for the rows of another by every verb; return the verbs that reached any."""
    row = await ground.row(table, other.force.ref.id)
    async with undone(ground.connection):
        return await _reached(ground, table, msgspec.json.encode({**row, "id": str(uuid4())}), mine, other.force.ref.id)


async def _reached(ground: Ground, table: str, row: bytes, mine: Side, other: UUID) -> list[str]:
    # What points at a row would keep it from being deleted: the question is what row-level security lets through.
    await ground.connection.execute("set local session_replication_role = replica")
    await ground.connection.execute("set local role tmc_app")
    await ground.connection.execute(_BIND, str(mine.force.ref.id))
    seen = f'select force_id from app."{table}"'
    changed = f'update app."{table}" set force_id = force_id returning force_id'
    removed = f'delete from app."{table}" returning force_id'
    written = ground.inserting(table)
    tries = (
        ("select", seen, ()),
        ("insert", written, (row.decode(),)),
        ("update", changed, ()),
        ("delete", removed, ()),
    )
    return [verb for verb, sql, args in tries if await _reaches(ground.connection, verb, sql, args, other)]


async def _reaches(connection: asyncpg.Connection, verb: str, sql: str, args: Sequence[object], other: UUID) -> bool:
    try:
        async with undone(connection):
            found = await connection.fetch(sql, *args)
    except _REFUSED:
        return False
    except asyncpg.PostgresError:
        return True  # row-level security let it pass: only a key stood in the way, which says that the row is there
    return verb == "insert" or any(row[0] == other for row in found)


async def answers_unbound(ground: Ground, table: str, force_id: UUID) -> list[str]:
    """With no force bound, try every verb; return those that were answered, be it with nothing, instead of refused."""
    answered: list[str] = []
    row = msgspec.json.encode({**await ground.row(table, force_id), "id": str(uuid4())}).decode()
    async with undone(ground.connection):
        await ground.connection.execute("set local role tmc_app")
        # As it is on a pooled connection: set once for another transaction, so that it is empty now rather than unknown.
        await ground.connection.execute(_BIND, "")
        for verb, sql, args in (
            ("select", f'select * from app."{table}"', ()),
            ("insert", ground.inserting(table), (row,)),
            ("update", f'update app."{table}" set force_id = force_id', ()),
            ("delete", f'delete from app."{table}"', ()),
        ):
            try:
                async with undone(ground.connection):
                    await ground.connection.execute(sql, *args)
            except _UNBOUND:
                continue
            except asyncpg.PostgresError:
                pass
            answered.append(verb)
    return answered


async def open_to(ground: Ground, table: str, role: str) -> list[str]:
    """Return what another role of the service may do with a table."""
    sql = """select v from unnest($3::text[]) v where has_table_privilege($1, $2, v)
             or (v <> 'delete' and has_any_column_privilege($1, $2, v))"""
    return [row[0] for row in await ground.connection.fetch(sql, role, f'app."{table}"', list(VERBS))]


def allowed_on_console(table: str) -> list[str]:
    """Return what national operators may do with a table that holds rows of forces: read the counts, and nothing else."""
    return ["select"] if table == "force_figure" else []


def mutants(table: str) -> list[Mutant]:
    """Return every way in which a table's protection between forces is taken away."""
    name = f'app."{table}"'
    return [
        Mutant("row-level security off", table, (f"alter table {name} disable row level security",)),
        Mutant("every row visible", table, (f"alter policy one_force on {name} using (true)",)),
        Mutant("any row may be written", table, (f"alter policy one_force on {name} with check (true)",)),
        Mutant("a second policy", table, (f"create policy more on {name} to tmc_app using (true) with check (true)",)),
        Mutant(UNBOUND, table, (f"alter policy one_force on {name} using ({_LENIENT}) with check ({_LENIENT})",)),
        Mutant(CONSOLE, table, (f"grant select, update on {name} to tmc_console",)),
    ]


async def caught(ground: Ground, mutant: Mutant, mine: Side, other: Side) -> bool:
    """Break a table as the mutant says, say whether a check of this module tells, and undo it."""
    async with undone(ground.connection):
        for statement in mutant.statements:
            await ground.connection.execute(statement)
        if mutant.name == UNBOUND:
            return bool(await answers_unbound(ground, mutant.table, mine.force.ref.id))
        if mutant.name == CONSOLE:
            return await open_to(ground, mutant.table, "tmc_console") != allowed_on_console(mutant.table)
        return bool(await foreign_rows(ground, mutant.table, mine, other))
