"""What has to be done: tasks for people, notifications to send, events that came in and facts that go out."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from trackmycrime.store.tables.keys import index, made, moment, to, to_force, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's xid8: the 64-bit number of a transaction."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Return the type's name in the database."""
        return "xid8"


class Task(ForceTable):
    """Something a person must do."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "something a person must do, by when, and who has it",
        to("case_id", "case"),
        to("person_id", "person"),
        to("entry_id", "timeline_entry"),
        to("owner_id", "staff"),
        index("uq_task_open", "kind", "subject", where="done_at is null", one=True),
        index("ix_task_waiting", "urgent desc", "(escalated_at is null)", "due_at", where="done_at is null"),
        index("ix_task_case", "case_id"),
        index("ix_task_person", "person_id", where="person_id is not null"),
        index("ix_task_entry", "entry_id", where="entry_id is not null"),
        index("ix_task_unit", "unit", "due_at", where="done_at is null and unit <> ''"),
        index("ix_task_silent", "silent_at", where="done_at is null and escalated_at is null"),
        index("ix_task_owner", "owner_id", where="done_at is null and owner_id is not null"),
    )
    kind: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text, comment="what makes two open tasks of a kind the same")
    case_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    entry_id: Mapped[UUID | None]
    owner_id: Mapped[UUID | None]
    why: Mapped[list[str]] = mapped_column(JSONB, comment="reasons by name; the page words them")
    urgent: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="somebody may be in danger: before everything else"
    )
    unit: Mapped[str] = mapped_column(
        Text,
        server_default=text("''"),
        comment="the unit that reads it first, by its name in the routing; empty: the contact team",
    )
    made_at: Mapped[datetime] = made()
    due_at: Mapped[datetime] = moment()
    silent_at: Mapped[datetime | None] = moment(
        nullable=True, comment="when it goes on unless somebody has opened it; null: never"
    )
    escalated_at: Mapped[datetime | None] = moment(
        nullable=True, comment="when it went on because nobody had opened it"
    )
    done_at: Mapped[datetime | None] = moment(nullable=True)
    done_by: Mapped[UUID | None]


class Notification(ForceTable):
    """The outbox: somebody to be told that there is something to read. It never holds what."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "the outbox: whom to tell by which channel; never what about",
        to("person_id", "person"),
        to("staff_id", "staff"),
        to("invite_id", "invite"),
        CheckConstraint("channel in ('email', 'text')", name="channel"),
        CheckConstraint("state in ('queued', 'leased', 'sent', 'dropped', 'dead')", name="state"),
        index("uq_notification_queued", "kind", "channel", "person_id", where="state = 'queued'", one=True),
        index("ix_notification_waiting", "not_before", where="state in ('queued', 'leased')"),
        index("ix_notification_ended", "ended_at", where="ended_at is not null"),
        index("ix_notification_person", "person_id", where="person_id is not null"),
        index("ix_notification_invite", "invite_id", where="invite_id is not null"),
    )
    kind: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    invite_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    not_before: Mapped[datetime] = moment()
    why: Mapped[str] = mapped_column(Text, comment="why it was dropped or failed last, by name")
    made_at: Mapped[datetime] = made()
    ended_at: Mapped[datetime | None] = moment(nullable=True)


class Event(ForceTable):
    """An event from the record system, stored once."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "an event from the record system, stored once; its content is sealed under its case's key, else the force's",
        to("case_id", "case"),
        unique("uq_event_source", "source_id", "digest"),
        index("ix_event_held", "case_id", where="state = 'held'"),
        index("ix_event_case", "case_id", where="case_id is not null"),
        index("ix_event_settled", "received_at", where="state <> 'held' and content is not null"),
        CheckConstraint("state in ('applied', 'held', 'dismissed')", name="state"),
    )
    source_id: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    type: Mapped[str] = mapped_column(Text)
    case_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, comment="why it is held: a name, then the words for the force")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed")
    backfill: Mapped[bool]
    happened_at: Mapped[datetime | None] = moment(nullable=True)
    received_at: Mapped[datetime] = made()
    client_id: Mapped[UUID | None] = mapped_column(
        comment="which client sent it; null: before this was kept, or by the command line"
    )
    settled_at: Mapped[datetime | None] = moment(nullable=True)
    settled_by: Mapped[UUID | None] = mapped_column(comment="who of the staff corrected or dismissed it")
    why: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: why it was dismissed, in their words")
    correction: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="sealed: what it was corrected to; what came stays as it was"
    )


class FeedEntry(ForceTable):
    """A fact the force's own systems should know. Readers follow a cursor that cannot skip a row committed late."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "what the force's systems should know; read up to the oldest transaction still open",
        to("case_id", "case"),
        index("ix_feed_entry_cursor", "transaction", "position"),
        index("ix_feed_entry_case", "case_id", where="case_id is not null"),
    )
    transaction: Mapped[int] = mapped_column(TransactionId, server_default=text("pg_current_xact_id()"))
    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    type: Mapped[str] = mapped_column(Text)
    case_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    entry_id: Mapped[UUID | None]
    detail: Mapped[dict[str, object]] = mapped_column(JSONB, comment="never text or contact details")
    made_at: Mapped[datetime] = made()


class Audit(ForceTable):
    """Who did what to what, and when; for reading a case, why."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "who did what to what and when (Data Protection Act 2018, section 62); insert only",
        index("ix_audit_case", "case_id", "at"),
        index("ix_audit_at", "at", "id"),
        index("ix_audit_what", "what", "actor_kind", "at", "id"),
        index("ix_audit_staff", "actor_id", "what", "at", "id", where="actor_kind = 'staff'"),
    )
    at: Mapped[datetime] = made()
    actor_kind: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[UUID]
    what: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    reason: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed under the case's key")
    detail: Mapped[dict[str, object]] = mapped_column(JSONB, comment="ids, counts and names of things; never text")


class AuditSeal(ForceTable):
    """The chain over a force's audit."""

    __table_args__ = of_force(
        Holds.FORCE,
        "the gap-free chain over audit rows; insert only",
        to_force(),
        unique("uq_audit_seal_position", "position"),
        unique("uq_audit_seal_audit", "audit_id"),
    )
    position: Mapped[int] = mapped_column(BigInteger)
    audit_id: Mapped[UUID]
    audit_at: Mapped[datetime] = moment(comment="when the sealed row was written: where the next search begins")
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime] = made()


class AuditCheck(ForceTable):
    """A walk along the whole chain, to see whether it is unbroken."""

    __table_args__ = of_force(
        Holds.FORCE,
        "a walk along the whole chain over its audit, a part at a time, and what it found",
        to_force(),
        to("asked_by", "staff"),
        CheckConstraint("fault in ('missing', 'removed', 'changed', 'altered', 'rewritten', 'cut')", name="fault"),
        index("uq_audit_check_running", where="ended_at is null", one=True),
        index("ix_audit_check_ended", "ended_at"),
    )
    begun_at: Mapped[datetime] = made()
    asked_by: Mapped[UUID | None] = mapped_column(comment="which administrator asked for it; null: it was time")
    position: Mapped[int] = mapped_column(BigInteger, comment="how far it came and found all links right")
    digest: Mapped[bytes] = mapped_column(LargeBinary, comment="the digest there")
    ended_at: Mapped[datetime | None] = moment(nullable=True)
    fault: Mapped[str | None] = mapped_column(
        Text, comment="how the chain is broken; null: it is not, as far as the walk came"
    )
    fault_position: Mapped[int | None] = mapped_column(BigInteger, comment="the first link that is wrong")
