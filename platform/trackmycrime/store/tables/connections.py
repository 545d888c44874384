"""Connections of record systems: what each may do and proves itself by, whether the feed is late, and a first load."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import index, made, moment, to, to_force, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class Client(ForceTable):
    """A record system that may push events."""

    __table_args__ = of_force(
        Holds.FORCE,
        "a record system's client; its secret is stored as a hash",
        to_force(),
        unique("uq_client_client_id", "client_id"),
        CheckConstraint("may <@ array['send', 'collect', 'read']", name="may"),
    )
    client_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    secret_hash: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="what a client had before client_key; not read any more"
    )
    active: Mapped[bool]
    may: Mapped[list[str]] = mapped_column(
        ARRAY(Text),
        server_default=text("array['send', 'collect', 'read']"),
        comment="what it is for: sending events, collecting what happened here, reading one crime",
    )
    made_at: Mapped[datetime] = made()
    last_used_at: Mapped[datetime | None] = moment(nullable=True)
    disabled_at: Mapped[datetime | None] = moment(nullable=True)


class ClientKey(ForceTable):
    """By what a record system proves who it is."""

    __table_args__ = of_force(
        Holds.FORCE,
        "by what a record system proves who it is; a secret is stored as a hash",
        to("client_id", "client"),
        to("made_by", "staff"),
        CheckConstraint("kind in ('secret', 'public_key')", name="kind"),
        index("ix_client_key_client", "client_id"),
    )
    client_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(Text)
    secret_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    public_key: Mapped[str | None] = mapped_column(Text, comment="a JSON Web Key without its private part")
    made_at: Mapped[datetime] = made()
    made_by: Mapped[UUID | None] = mapped_column(
        comment="who of the staff made it; null: an operator or the command line"
    )
    ends_at: Mapped[datetime | None] = moment(
        nullable=True, comment="from when on it proves nothing; null: until somebody ends it"
    )
    last_used_at: Mapped[datetime | None] = moment(nullable=True)


class ClientProof(ForceTable):
    """Something that a record system signed to get in, once."""

    __table_args__ = of_force(
        Holds.FORCE,
        "what a record system has signed to get in, kept until it would have expired: each works once",
        to("client_id", "client"),
        unique("uq_client_proof", "client_id", "digest"),
        index("ix_client_proof_expiry", "expires_at"),
    )
    client_id: Mapped[UUID]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = moment()


class FeedAlert(ForceTable):
    """A time in which nothing came for too long; one is open at most."""

    __table_args__ = of_force(
        Holds.FORCE,
        "a time in which nothing came from the record system for too long",
        to_force(),
        index("uq_feed_alert_open", where="ended_at is null", one=True),
    )
    last_event_at: Mapped[datetime] = moment()
    made_at: Mapped[datetime] = made()
    ended_at: Mapped[datetime | None] = moment(nullable=True)


class FirstLoad(ForceTable):
    """Letting the cases of a first load go on; one is open at most."""

    __table_args__ = of_force(
        Holds.FORCE,
        "letting the cases of a first load go on, batch by batch",
        to("begun_by", "staff"),
        CheckConstraint("state in ('running', 'paused', 'stopped', 'done')", name="state"),
        index("uq_first_load_open", where="state in ('running', 'paused')", one=True),
    )
    state: Mapped[str] = mapped_column(Text)
    batch: Mapped[int]
    released: Mapped[int]
    invited: Mapped[int]
    begun_at: Mapped[datetime] = made()
    begun_by: Mapped[UUID]
    changed_at: Mapped[datetime] = made()
