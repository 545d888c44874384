"""How migrations run: as the owner of the tables, one transaction each, never waiting long for a lock."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, text

from trackmycrime.store import tables
from trackmycrime.tx.tables import SCHEMA

config: Any = context.config


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Look at our own schema alone: never at the partitions or the queue."""
    return kind != "schema" or name == SCHEMA


def include_object(thing: Any, name: str | None, kind: str, reflected: bool, compared: object) -> bool:  # noqa: ANN401 - any kind of schema object
    """Leave out what PostgreSQL makes by itself: one child foreign key for each partition that is pointed at."""
    if kind == "foreign_key_constraint" and reflected and compared is None:
        return not any(element.target_fullname.startswith("part.") for element in thing.elements)
    return not (kind == "table" and name == config.version_table_name)


def migrate(connection: Connection) -> None:
    """Run what is asked for, on this connection."""
    context.configure(
        connection=connection,
        target_metadata=tables.Case.metadata,
        compare_type=True,
        compare_server_default=False,
        include_schemas=True,
        include_name=include_name,
        include_object=include_object,
        version_table=config.version_table_name,
        version_table_schema=SCHEMA,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def online() -> None:
    """Connect as the migrator and become the owner."""
    async with config.engine.connect() as connection:
        await connection.execute(text("set role tmc_owner"))
        await connection.execute(text("set lock_timeout = '5s'"))
        await connection.commit()
        await connection.run_sync(migrate)
        await connection.commit()
    await config.engine.dispose()


asyncio.run(online())
