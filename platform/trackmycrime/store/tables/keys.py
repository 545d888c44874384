"""How a table of a force points at another, and what else every column may need."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.tx.tables import SCHEMA

FORCE = "force_id"


def to(column: str, table: str, *, ends: bool = False) -> ForeignKeyConstraint:
    """Return a foreign key inside the force: it cannot cross forces, because the force is part of it.

    Where it `ends` with what it points at, it is removed along with it.
    """
    target = [f"{SCHEMA}.{table}.{FORCE}", f"{SCHEMA}.{table}.id"]
    name, removed = f"fk_{column}_{table}", "CASCADE" if ends else None
    return ForeignKeyConstraint([FORCE, column], target, name=name, ondelete=removed)


def to_force() -> ForeignKeyConstraint:
    """Return the foreign key to the registry, where few rows are written: a row without a force has no partition anyway."""
    return ForeignKeyConstraint([FORCE], [f"{SCHEMA}.force.id"], name="fk_force")


def unique(name: str, *columns: str) -> UniqueConstraint:
    """Return a key that is unique inside the force."""
    return UniqueConstraint(FORCE, *columns, name=name)


def index(name: str, *columns: str, where: str | None = None, one: bool = False) -> Index:
    """Return an index inside the force, over the rows that `where` keeps; `one` makes it unique among them."""
    kept = text(where) if where else None
    return Index(name, FORCE, *(text(column) for column in columns), unique=one, postgresql_where=kept)


def moment(*, nullable: bool = False, comment: str | None = None) -> Mapped[datetime]:
    """Return a column for a moment."""
    return mapped_column(DateTime(timezone=True), nullable=nullable, comment=comment)


def made() -> Mapped[datetime]:
    """Return the column that says when the row was written."""
    return mapped_column(DateTime(timezone=True), server_default=func.now())
