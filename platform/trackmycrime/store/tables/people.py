"""People: victims, the accounts they sign in with, and the force's own staff."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, Text, false
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import index, made, moment, to, to_force, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class Person(ForceTable):
    """A victim, reporter or proxy: one for each person the record system knows."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a victim, reporter or proxy; who they are and how to reach them is sealed under their own key",
        unique("uq_person_source", "source_id"),
        index("ix_person_safe_contact", "safe_contact_at", where="safe_contact_at is not null"),
        index("ix_person_alone", "alone_since", where="alone_since is not null"),
        CheckConstraint("own_language in ('en', 'cy')", name="own_language"),
    )
    source_id: Mapped[str] = mapped_column(Text, comment="the record system's id of the person")
    data_key: Mapped[bytes | None] = mapped_column(LargeBinary, comment="wrapped; forgetting it erases the person")
    identity: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: names, date of birth")
    contact: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: email, mobile")
    pending_contact: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: what a person has to confirm")
    language: Mapped[str] = mapped_column(Text)
    contact_by: Mapped[str] = mapped_column(Text, comment="feed or staff: staff outranks the feed")
    ordering: Mapped[list[object]] = mapped_column(JSONB, comment="order of the newest event about the person")
    made_at: Mapped[datetime] = made()
    safe_contact: Mapped[bytes | None] = mapped_column(
        LargeBinary,
        comment="sealed: by which channel, on which days and hours it is safe to reach them, as staff recorded it",
    )
    safe_contact_at: Mapped[datetime | None] = moment(
        nullable=True, comment="when staff recorded it; asked again after 90 days"
    )
    pending_by: Mapped[UUID | None] = mapped_column(comment="who put the pending contact forward; null: the feed")
    own_hours: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="sealed: on which days and hours they want to be told; null: at any time"
    )
    own_language: Mapped[str | None] = mapped_column(
        Text, comment="which language they chose; null: as the record system says"
    )
    alone_since: Mapped[datetime | None] = moment(
        nullable=True, comment="when they were last taken off a case that went; they may be on another one again"
    )


class Account(ForceTable):
    """A person who registered."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a person who registered, and what they chose to be told",
        to("person_id", "person"),
        unique("uq_account_person", "person_id"),
        index("uq_account_devices", "devices", where="devices is not null", one=True),
        CheckConstraint("state in ('open', 'frozen', 'closed')", name="state"),
    )
    person_id: Mapped[UUID]
    password_hash: Mapped[str] = mapped_column(Text)
    email_on: Mapped[bool]
    text_on: Mapped[bool]
    mobile: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: the number they gave for texts")
    copies_shown: Mapped[bool] = mapped_column(server_default=false(), comment="somebody at risk chose to see copies")
    made_at: Mapped[datetime] = made()
    state: Mapped[str] = mapped_column(
        Text,
        server_default="open",
        comment="frozen: somebody else may be reading; closed: its owner has stopped using the service",
    )
    devices: Mapped[UUID | None] = mapped_column(
        comment="what cookies of known devices name; null: the person. A new one forgets them all"
    )
    link_on: Mapped[bool] = mapped_column(
        server_default="true", comment="whether notifications carry a link: a message without one says less"
    )
    factors_lost_by: Mapped[UUID | None] = mapped_column(
        comment="who of the staff put forward that they lost their ways to sign in"
    )


class Reset(ForceTable):
    """Somebody asked for a new password; the link is made from the force's key and this row's id, and not stored."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "somebody asked for a new password; the link is derived, never stored",
        to("person_id", "person"),
        to("case_id", "case"),
        to("confirmed_by", "staff"),
        CheckConstraint("state in ('open', 'used', 'withdrawn')", name="state"),
        index("uq_reset_open", "person_id", where="state = 'open'", one=True),
        index("ix_reset_case", "case_id", where="case_id is not null"),
        index("ix_reset_person", "person_id", where="person_id is not null"),
    )
    person_id: Mapped[UUID | None] = mapped_column(
        comment="null: nobody has the facts that were given; the same was done all the same"
    )
    case_id: Mapped[UUID | None]
    confirmed_by: Mapped[UUID | None] = mapped_column(
        comment="who of the staff spoke with the person first; else a risk stands against sending it"
    )
    state: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = moment()
    made_at: Mapped[datetime] = made()


class TextCode(ForceTable):
    """Six figures that were sent by text; they are made from the force's key and this row's id, and not stored."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a code sent by text to show whose a number is; derived from the key, never stored",
        to("person_id", "person"),
        CheckConstraint("purpose in ('number', 'sign_in')", name="purpose"),
        CheckConstraint("state in ('open', 'used', 'died', 'withdrawn')", name="state"),
        index("uq_text_code_open", "person_id", where="state = 'open'", one=True),
        index("ix_text_code_person", "person_id", "made_at"),
    )
    person_id: Mapped[UUID]
    purpose: Mapped[str] = mapped_column(Text)
    number: Mapped[bytes] = mapped_column(LargeBinary, comment="sealed: the number it is sent to")
    state: Mapped[str] = mapped_column(Text)
    tries_left: Mapped[int]
    expires_at: Mapped[datetime] = moment()
    made_at: Mapped[datetime] = made()


class DataRequest(ForceTable):
    """That somebody asked for everything that we hold of them to read."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a request for one's data: it waits so that it can be cancelled, then it is there for some days",
        to("person_id", "person"),
        to("case_id", "case"),
        index("ix_data_request_person", "person_id", "ready_at"),
        index("ix_data_request_case", "case_id"),
        index("ix_data_request_open", "ready_at", where="state in ('waiting', 'ready')"),
        index("uq_data_request_waiting", "person_id", where="state = 'waiting'", one=True),
        CheckConstraint("state in ('waiting', 'cancelled', 'ready', 'deleted')", name="state"),
    )
    person_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(comment="the case they looked at when they asked")
    state: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = made()
    ready_at: Mapped[datetime] = moment()
    content: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: what they may see, as JSON")


class Invite(ForceTable):
    """An invitation to register; its link is made from the force's key and this row's id, and not stored."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "an invitation to register; the link is derived, never stored",
        to("person_id", "person"),
        to("case_id", "case"),
        CheckConstraint("state in ('open', 'used', 'died', 'expired', 'withdrawn')", name="state"),
        index("uq_invite_open", "person_id", where="state = 'open'", one=True),
        index("ix_invite_person", "person_id"),
        index("ix_invite_case", "case_id"),
    )
    person_id: Mapped[UUID]
    case_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(Text)
    tries_left: Mapped[int]
    expires_at: Mapped[datetime] = moment()
    made_at: Mapped[datetime] = made()
    code_hash: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="keyed hash of the activation code that staff give another way"
    )


class Staff(ForceTable):
    """Somebody who works for the force: an officer the feed names, or a person who signs in, or both."""

    __table_args__ = of_force(
        Holds.FORCE,
        "an officer the feed names, or a member of staff who signs in",
        to_force(),
        CheckConstraint("role in ('', 'officer', 'supervisor', 'hub', 'admin')", name="role"),
        index("uq_staff_email", "email", where="email is not null", one=True),
        index("uq_staff_collar", "collar_number", where="collar_number is not null", one=True),
        index("ix_staff_name", "lower(name)", "id"),
        index("ix_staff_unit", "unit", "lower(name)", "id"),
        index("ix_staff_role", "role", "lower(name)", "id"),
        index("ix_staff_signed_in", "signed_in_at desc nulls last", "lower(name)", "id"),
    )
    collar_number: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text, comment="PC, DC, Investigator: as the record system says")
    unit: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text, comment="empty: no sign-in")
    password_hash: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool]
    invited_at: Mapped[datetime | None] = moment(nullable=True)
    next_on_duty: Mapped[date | None] = mapped_column(
        comment="the day on which they are next on duty, as they say themselves; null: they do not say"
    )
    signed_in_at: Mapped[datetime | None] = moment(
        nullable=True, comment="when they last signed in; null: never, or before this was written down"
    )
    left_at: Mapped[datetime | None] = moment(
        nullable=True, comment="since when they have no access any more; the row stays for the record"
    )
    ordering: Mapped[list[object]] = mapped_column(JSONB, comment="order of the newest event that named the officer")
    made_at: Mapped[datetime] = made()
    second_step_waived: Mapped[bool] = mapped_column(
        server_default=false(), comment="somebody of the demonstration: heard in the embedded mode alone"
    )


class Session(ForceTable):
    """A signed-in browser."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a signed-in browser; only the hash of its cookie is stored",
        to_force(),
        unique("uq_session_cookie", "cookie_hash"),
        index("ix_session_subject", "subject_id"),
        CheckConstraint("kind in ('victim', 'staff')", name="kind"),
        CheckConstraint("browser in ('chrome', 'edge', 'firefox', 'safari', 'other')", name="browser"),
    )
    cookie_hash: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[UUID]
    csrf: Mapped[str] = mapped_column(Text)
    case_id: Mapped[UUID | None] = mapped_column(comment="the case a victim with several chose")
    created_at: Mapped[datetime] = made()
    seen_at: Mapped[datetime] = made()
    shared: Mapped[bool] = mapped_column(
        server_default="false",
        comment="a device that others use too: it ends sooner, and the device is not remembered",
    )
    browser: Mapped[str] = mapped_column(
        Text, server_default="other", comment="its kind at most: no version, no place, no network"
    )


class Failure(ForceTable):
    """Failed guesses, counted by what was guessed at and from where."""

    __table_args__ = of_force(
        Holds.FORCE,
        "failed sign-ins, by a keyed hash of account, device or network",
        to_force(),
        unique("uq_failure_bucket", "bucket", "window_start"),
    )
    bucket: Mapped[bytes] = mapped_column(LargeBinary)
    window_start: Mapped[datetime] = moment()
    failures: Mapped[int]
