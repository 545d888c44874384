"""What goes and when: what must not go, the proof that something went, and requests about data that came another way."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import index, made, moment, to, to_force, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class Deletion(ForceTable):
    """That something was deleted: a certificate is made of it."""

    __table_args__ = of_force(
        Holds.FORCE,
        "that something was deleted under its schedule, or somebody erased: the proof of it",
        to_force(),
        index("ix_deletion_made", "made_at desc", "id"),
        CheckConstraint("what in ('cases', 'people', 'records', 'notifications', 'erasure')", name="what"),
    )
    what: Mapped[str] = mapped_column(Text)
    number: Mapped[int]
    schedule: Mapped[int] = mapped_column(comment="the version of the configuration under which it went")
    digest: Mapped[bytes] = mapped_column(
        LargeBinary, comment="SHA-256 over the ids of what went, in order; the audit has it too"
    )
    made_at: Mapped[datetime] = made()


class Gone(ForceTable):
    """A case or a person that was deleted, as far as it can be known again; its id is that of what went."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "what was deleted and must not come back by itself: no more of it than a keyed hash",
        to("deletion_id", "deletion"),
        unique("uq_gone_mark", "kind", "mark"),
        index("ix_gone_deletion", "deletion_id"),
        CheckConstraint("kind in ('case', 'person')", name="kind"),
    )
    kind: Mapped[str] = mapped_column(Text)
    mark: Mapped[bytes] = mapped_column(
        LargeBinary, comment="keyed hash of the crime's reference, or of the record system's id of the person"
    )
    deletion_id: Mapped[UUID]


class LegalHold(ForceTable):
    """That nothing of a case may be deleted."""

    __table_args__ = of_force(
        Holds.FORCE,
        "that nothing of a case may be deleted, and why",
        to("case_id", "case"),
        to("placed_by", "staff"),
        to("lifted_by", "staff"),
        index("uq_legal_hold_standing", "case_id", where="lifted_at is null", one=True),
        index("ix_legal_hold_case", "case_id"),
    )
    case_id: Mapped[UUID]
    why: Mapped[bytes] = mapped_column(LargeBinary, comment="sealed: why it was placed, in their words")
    placed_by: Mapped[UUID]
    placed_at: Mapped[datetime] = made()
    lifting: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: why it was lifted, in their words")
    lifted_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None] = moment(nullable=True)


class RightsRequest(ForceTable):
    """That somebody asked for their data, to have it corrected, or to be erased."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a request about somebody's data that came by letter, telephone or in person",
        to("case_id", "case"),
        to("person_id", "person"),
        to("made_by", "staff"),
        to("decided_by", "staff"),
        to("deletion_id", "deletion"),
        index("ix_rights_request_case", "case_id", where="case_id is not null"),
        index("ix_rights_request_person", "person_id", where="person_id is not null"),
        index("ix_rights_request_due", "due_on", where="state = 'open'"),
        CheckConstraint("kind in ('access', 'correction', 'erasure')", name="kind"),
        CheckConstraint("via in ('letter', 'email', 'telephone', 'in_person')", name="via"),
        CheckConstraint("state in ('open', 'granted', 'refused')", name="state"),
    )
    kind: Mapped[str] = mapped_column(Text)
    via: Mapped[str] = mapped_column(Text)
    case_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(comment="null: they were erased, or have gone")
    received_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(
        comment="one month after it was received (Data Protection Act 2018, section 54)"
    )
    state: Mapped[str] = mapped_column(Text)
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = made()
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = moment(nullable=True)
    why: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: why it was decided so, in their words")
    deletion_id: Mapped[UUID | None]
