"""The two kinds of table: one whose every row belongs to a force, and one that is national."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from advanced_alchemy.base import DefaultBase
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.kit import ids

SCHEMA = "app"


class Holds(StrEnum):
    """Whose data a table holds. It is the first word of the table's comment, so that the database itself says it."""

    VICTIM = "victim"  # what a victim told, was told, or is: never readable by the console
    FORCE = "force"  # the force's own people and settings
    NATIONAL = "national"  # the registry, operators, figures


class NationalTable(DefaultBase):
    """A table of the whole service. It never holds a victim's data."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new, sort_order=-100)


class ForceTable(DefaultBase):
    """A table whose every row belongs to one force: partitioned by it, under forced row-level security.

    `force_id` comes first in every key, unique index and foreign key, because foreign keys and unique checks do not obey
    row-level security.
    """

    __abstract__ = True

    force_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-101)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new, sort_order=-100)


def national(comment: str, *constraints: Any) -> tuple[Any, ...]:  # noqa: ANN401 - SQLAlchemy's own type for table arguments
    """Return the table arguments of a national table that `comment` explains."""
    return (*constraints, {"schema": SCHEMA, "comment": f"{Holds.NATIONAL}: {comment}"})


def of_force(holds: Holds, comment: str, *constraints: Any) -> tuple[Any, ...]:  # noqa: ANN401 - SQLAlchemy's own type for table arguments
    """Return the table arguments of a force table that `comment` explains."""
    return (
        *constraints,
        {"schema": SCHEMA, "comment": f"{holds}: {comment}", "postgresql_partition_by": "LIST (force_id)"},
    )
