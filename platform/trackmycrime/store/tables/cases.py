"""Cases: a crime, who it concerns, what is said about it, and what must happen."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, LargeBinary, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import index, made, moment, to, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class Case(ForceTable):
    """One crime reference."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "one crime reference; a stub (not known) waits for its crime to be recorded",
        to("officer_id", "staff"),
        unique("uq_case_reference", "folded_reference"),
        index("ix_case_officer", "officer_id", where="officer_id is not null"),
        index("ix_case_unreleased", "id", where="known and not released"),
        index("ix_case_closed", "closed_at", where="closed"),
    )
    reference: Mapped[str] = mapped_column(Text)
    folded_reference: Mapped[str] = mapped_column(Text, comment="letters and digits alone, as people type it")
    data_key: Mapped[bytes | None] = mapped_column(LargeBinary, comment="wrapped; forgetting it erases the texts")
    known: Mapped[bool]
    offence_code: Mapped[str] = mapped_column(Text)
    offence_title: Mapped[str] = mapped_column(Text)
    offence_group: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(
        Text,
        server_default=text("''"),
        comment="where it happened, by the record system's own name for the area; empty: unknown",
    )
    risky: Mapped[bool] = mapped_column(comment="the offence belongs to a risky group, or nobody knows")
    tracked: Mapped[bool] = mapped_column(comment="the force lets this offence be followed online")
    released: Mapped[bool] = mapped_column(comment="false: from a first load, nobody is told anything yet")
    summary: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed")
    reported_at: Mapped[datetime | None] = moment(nullable=True)
    officer_id: Mapped[UUID | None]
    stage: Mapped[str] = mapped_column(Text)
    outcome: Mapped[int | None]
    closed: Mapped[bool]
    closed_at: Mapped[datetime | None] = moment(
        nullable=True, comment="of the closing that holds; what the force keeps is counted from it"
    )
    orders: Mapped[dict[str, object]] = mapped_column(JSONB, comment="order of the newest event by type and subject")
    made_at: Mapped[datetime] = made()


class CasePerson(ForceTable):
    """What somebody is to a case."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a person's part in a case: role, consent, suitability, safety",
        to("case_id", "case"),
        to("person_id", "person"),
        to("proxy_for", "person"),
        unique("uq_case_person", "case_id", "person_id"),
        index("ix_case_person_person", "person_id"),
        index("ix_case_person_proxy", "proxy_for", where="proxy_for is not null"),
        CheckConstraint("role in ('victim', 'reporter', 'proxy')", name="role"),
        CheckConstraint("consent in ('opted_in', 'opted_out')", name="consent"),
        CheckConstraint("suitability in ('suitable', 'unsuitable', 'not_assessed')", name="suitability"),
        CheckConstraint("proxy_kind in ('parent', 'guardian', 'spokesperson', 'named_contact')", name="proxy_kind"),
    )
    case_id: Mapped[UUID]
    person_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(Text)
    consent: Mapped[str] = mapped_column(Text)
    suitability: Mapped[str] = mapped_column(Text)
    suitability_by: Mapped[str] = mapped_column(Text, comment="feed or staff: staff outranks the feed")
    safety: Mapped[list[str] | None] = mapped_column(ARRAY(Text), comment="null: nobody asked; empty: asked, none")
    enhanced: Mapped[bool]
    proxy_for: Mapped[UUID | None]
    proxy_kind: Mapped[str | None] = mapped_column(Text, comment="as whom they act for the victim, as staff checked")
    proxy_until: Mapped[date | None] = mapped_column(
        comment="the last day on which they may; null: nobody checked that they may. Never past the 18th birthday of a child"
    )
    proxy_checked_until: Mapped[date | None] = mapped_column(
        comment="the last day that staff let them act, whatever the victim's birthday; it may end sooner"
    )
    recorded_by: Mapped[UUID | None] = mapped_column(
        comment="who of the staff recorded that they act for the victim; null: the feed"
    )
    knows_reference: Mapped[bool] = mapped_column(
        server_default="false", comment="of a reporter: they registered or signed in with this crime's reference"
    )


class TimelineEntry(ForceTable):
    """Something said or noticed on a case."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "an update, message, notice or internal note; its text is sealed under the case's key",
        to("case_id", "case"),
        index("ix_timeline_entry_case", "case_id", "happened_at desc", "id desc"),
        index("uq_timeline_entry_event", "event_id", where="event_id is not null", one=True),
        index("uq_timeline_entry_once", "case_id", "once", where="once is not null", one=True),
        CheckConstraint("kind in ('update', 'message', 'reply', 'notice', 'note')", name="kind"),
        CheckConstraint("audience in ('everyone', 'named', 'staff')", name="audience"),
    )
    case_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text, comment="arrest, bail, property_recovered, ...: what an update is about")
    audience: Mapped[str] = mapped_column(Text)
    persons: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), comment="who may read it, when named")
    author_kind: Mapped[str] = mapped_column(Text)
    author_id: Mapped[UUID | None]
    author_name: Mapped[str] = mapped_column(Text, comment="the officer's or unit's; never a victim's")
    body: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed")
    language: Mapped[str] = mapped_column(Text)
    happened_at: Mapped[datetime] = moment()
    arrived_at: Mapped[datetime] = made()
    event_id: Mapped[str | None] = mapped_column(Text, comment="the record system's event it came from")
    once: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="of the form it came from: the same form says it once"
    )


class Draft(ForceTable):
    """What somebody has begun to write and not sent."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "what somebody has begun to write on a case and not sent; sealed under the case's key",
        to("case_id", "case"),
        to("person_id", "person"),
        unique("uq_draft", "case_id", "person_id"),
        index("ix_draft_person", "person_id"),
    )
    case_id: Mapped[UUID]
    person_id: Mapped[UUID]
    body: Mapped[bytes] = mapped_column(LargeBinary, comment="sealed")
    saved_at: Mapped[datetime] = made()


class ReadMark(ForceTable):
    """That somebody has read an entry."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "who has read an entry, and when",
        to("entry_id", "timeline_entry"),
        unique("uq_read_mark", "entry_id", "reader_id"),
    )
    entry_id: Mapped[UUID]
    reader_id: Mapped[UUID]
    reader_kind: Mapped[str] = mapped_column(Text)
    reader_name: Mapped[str] = mapped_column(Text, comment="staff's; never a victim's")
    read_at: Mapped[datetime] = made()


class PropertyItem(ForceTable):
    """Something missing, damaged or recovered."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "missing, damaged or recovered property; its description is sealed under the case's key",
        to("case_id", "case"),
        unique("uq_property_item_source", "case_id", "source_id"),
        CheckConstraint("status in ('missing', 'damaged', 'recovered')", name="status"),
    )
    case_id: Mapped[UUID]
    source_id: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    value_pence: Mapped[int | None]
    description: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: description, make, model, serial")


class Hearing(ForceTable):
    """A court hearing that was listed."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a listed hearing",
        to("case_id", "case"),
        unique("uq_hearing_event", "event_id"),
        index("ix_hearing_case", "case_id"),
    )
    case_id: Mapped[UUID]
    event_id: Mapped[str] = mapped_column(Text)
    court: Mapped[str] = mapped_column(Text)
    hearing_type: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = moment()


class Step(ForceTable):
    """Something that happened on a case's way."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a stage, an outcome, a closing or an opening again: a step of a case's way, kept whatever comes later",
        to("case_id", "case"),
        unique("uq_step_event", "case_id", "event_id"),
        CheckConstraint("what in ('stage', 'outcome', 'closed', 'reopened')", name="what"),
    )
    case_id: Mapped[UUID]
    event_id: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text, comment="the stage, or the outcome's code")
    at: Mapped[datetime] = moment()


class Duty(ForceTable):
    """Something the force must do for the victim by a date: what, why, due, met, by what."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "something owed to a victim by a date, and whether it was kept",
        to("case_id", "case"),
        unique("uq_duty_since", "case_id", "what", "since"),
        index("ix_duty_due", "due_at", where="met_at is null"),
    )
    case_id: Mapped[UUID]
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, comment="the rule, and the rule set's version")
    since: Mapped[datetime] = moment()
    due_at: Mapped[datetime] = moment()
    met_at: Mapped[datetime | None] = moment(nullable=True)
    met_by: Mapped[UUID | None] = mapped_column(comment="the timeline entry that met it")
    told_at: Mapped[datetime | None] = moment(
        nullable=True, comment="when a supervisor was told that its date passed unkept"
    )


class Opening(ForceTable):
    """That a member of staff opened a case, and why; it holds for a shift."""

    __table_args__ = of_force(
        Holds.FORCE,
        "that a member of staff opened a case; the reason is in the audit",
        to("staff_id", "staff"),
        to("case_id", "case"),
        index("ix_opening_staff_case", "staff_id", "case_id", "opened_at desc"),
        index("ix_opening_case", "case_id"),
    )
    staff_id: Mapped[UUID]
    case_id: Mapped[UUID]
    opened_at: Mapped[datetime] = made()
