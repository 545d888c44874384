"""Bring a database's tables up to date, through advanced-alchemy's migration commands."""

from pathlib import Path

import psycopg
from advanced_alchemy.alembic.commands import AlembicCommands
from advanced_alchemy.config import AlembicAsyncConfig, SQLAlchemyAsyncConfig

from trackmycrime.store import tables
from trackmycrime.tx.tables import SCHEMA

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def upgrade(url: str) -> None:
    """Run every migration that this database has not had, as the owner of its tables.

    `url` is the migrator's (postgresql://...). Migrations wait at most 5 s for a lock, then fail: run them again.
    """
    commands(url).upgrade("head")


def locks(url: str) -> int:
    """Return the setting max_locks_per_transaction of this server."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select current_setting('max_locks_per_transaction')::int").fetchone()
    return int(row[0]) if row else 0


def commands(url: str) -> AlembicCommands:
    """Return advanced-alchemy's commands for this database: upgrade, check, revision."""
    config = AlembicAsyncConfig(
        script_location=str(MIGRATIONS),
        script_config=str(MIGRATIONS / "alembic.ini"),
        version_table_name="migration",
        version_table_schema=SCHEMA,
    )
    return AlembicCommands(
        SQLAlchemyAsyncConfig(
            connection_string=url.replace("postgresql://", "postgresql+psycopg://", 1),
            alembic_config=config,
            metadata=tables.Case.metadata,
        ),
    )
