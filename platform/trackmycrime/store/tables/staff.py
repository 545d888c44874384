"""What a force's administrators do about its people: requests that a second one decides, who acts for whom, uploads."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import index, made, moment, to, to_force, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class AdminRequest(ForceTable):
    """That somebody shall become an administrator."""

    __table_args__ = of_force(
        Holds.FORCE,
        "that somebody shall become an administrator, which a second administrator decides",
        to_force(),
        to("staff_id", "staff"),
        to("made_by", "staff"),
        to("decided_by", "staff"),
        CheckConstraint("state in ('open', 'approved', 'refused', 'lapsed')", name="state"),
        index("uq_admin_request_open", "staff_id", where="state = 'open'", one=True),
    )
    staff_id: Mapped[UUID]
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = made()
    state: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = moment(nullable=True)


class Deputy(ForceTable):
    """That somebody acts for somebody else while they are away."""

    __table_args__ = of_force(
        Holds.FORCE,
        "who acts for whom, from one day to another, both included",
        to_force(),
        to("absent_id", "staff"),
        to("deputy_id", "staff"),
        to("made_by", "staff"),
        to("ended_by", "staff"),
        CheckConstraint("absent_id <> deputy_id", name="other"),
        CheckConstraint("from_day <= until_day", name="days"),
        index("ix_deputy_deputy", "deputy_id", where="ended_at is null"),
        index("ix_deputy_absent", "absent_id", where="ended_at is null"),
    )
    absent_id: Mapped[UUID]
    deputy_id: Mapped[UUID]
    from_day: Mapped[date]
    until_day: Mapped[date]
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = made()
    ended_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = moment(nullable=True, comment="when it was ended before its last day")


class StaffImport(ForceTable):
    """A list of people that was uploaded and not carried out yet: one for each administrator."""

    __table_args__ = of_force(
        Holds.FORCE,
        "a list of people that an administrator uploaded and has not carried out yet",
        to_force(),
        to("made_by", "staff"),
        unique("uq_staff_import", "made_by"),
    )
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = made()
    content: Mapped[bytes] = mapped_column(LargeBinary, comment="sealed: the rows as they were read")
