"""The registry of forces, and the operators who look after it: national tables."""

from datetime import datetime
from uuid import UUID

from advanced_alchemy.mixins.audit import AuditColumns
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import made, moment
from trackmycrime.tx.tables import SCHEMA, NationalTable, national


class Force(NationalTable, AuditColumns):
    """A police force: a tenant."""

    __table_args__ = national(
        "a police force, its published configuration and its wrapped key",
        UniqueConstraint("slug", name="uq_force_slug"),
        CheckConstraint("slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'", name="slug"),
        CheckConstraint("state in ('setting_up', 'live', 'suspended')", name="state"),
    )
    slug: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary, comment="no grant to the console")
    configuration: Mapped[dict[str, object]] = mapped_column(JSONB)
    version: Mapped[int]


class ForceFigure(NationalTable):
    """A count of a force, written by the force's own jobs: all that the console ever sees of its cases."""

    __table_args__ = national(
        "counts of a force, written by its own jobs",
        ForeignKeyConstraint(["force_id"], [f"{SCHEMA}.force.id"]),
        UniqueConstraint("force_id", "name", name="uq_force_figure_name"),
    )
    force_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(Text)
    number: Mapped[int]
    counted_at: Mapped[datetime] = made()


class Operator(NationalTable, AuditColumns):
    """A national operator at the Ministry of Justice."""

    __table_args__ = national("a national operator", UniqueConstraint("email", name="uq_operator_email"))
    email: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool]
    invite_hash: Mapped[bytes | None] = mapped_column(LargeBinary, comment="of the link by which they register")
    invited_at: Mapped[datetime] = moment()


class OperatorSession(NationalTable):
    """A signed-in operator's browser."""

    __table_args__ = national(
        "a signed-in operator's browser; the cookie itself is not stored",
        ForeignKeyConstraint(["operator_id"], [f"{SCHEMA}.operator.id"]),
        UniqueConstraint("cookie_hash", name="uq_operator_session_cookie"),
    )
    operator_id: Mapped[UUID]
    cookie_hash: Mapped[bytes] = mapped_column(LargeBinary)
    csrf: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = made()
    seen_at: Mapped[datetime] = made()


class OperatorFailure(NationalTable):
    """Failed sign-ins at the console, counted by account and by network."""

    __table_args__ = national(
        "failed sign-ins at the console, by a hash of account or network",
        UniqueConstraint("bucket", "window_start", name="uq_operator_failure_bucket"),
    )
    bucket: Mapped[bytes] = mapped_column(LargeBinary)
    window_start: Mapped[datetime] = moment()
    failures: Mapped[int]


class NationalAudit(NationalTable):
    """What an operator, or the service for all forces, did."""

    __table_args__ = national("what an operator did", Index("ix_national_audit_at", "at"))
    at: Mapped[datetime] = made()
    actor_kind: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[UUID]
    what: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, object]] = mapped_column(JSONB)
