"""The second step of staff who sign in here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import index, made, moment, to, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class StaffFactor(ForceTable):
    """An authenticator app or a passkey of a member of staff."""

    __table_args__ = of_force(
        Holds.FORCE,
        "what a member of staff proves themselves with beside a password",
        to("staff_id", "staff"),
        index("uq_staff_factor_handle", "handle", where="handle is not null", one=True),
        index("uq_staff_factor_one", "staff_id", "kind", where="kind <> 'passkey'", one=True),
        index("ix_staff_factor_staff", "staff_id"),
        CheckConstraint("kind in ('passkey', 'authenticator')", name="kind"),
    )
    staff_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(
        LargeBinary, comment="sealed: the secret of an app, or the public key of a passkey"
    )
    handle: Mapped[bytes | None] = mapped_column(LargeBinary, comment="keyed hash of the id of a passkey")
    counter: Mapped[int] = mapped_column(
        BigInteger,
        server_default="0",
        comment="the newest step of an app that was used, or the sign counter of a passkey: neither goes back",
    )
    made_at: Mapped[datetime] = made()
    used_at: Mapped[datetime | None] = moment(nullable=True)


class StaffHalfway(ForceTable):
    """A member of staff who is half way in."""

    __table_args__ = of_force(
        Holds.FORCE,
        "a browser of a member of staff that gave the right password, and has yet to take the second step; it opens nothing",
        to("staff_id", "staff"),
        unique("uq_staff_halfway_cookie", "cookie_hash"),
    )
    staff_id: Mapped[UUID]
    cookie_hash: Mapped[bytes] = mapped_column(LargeBinary)
    proof: Mapped[bytes] = mapped_column(
        LargeBinary, comment="keyed hash of the password that was proved, as it is stored: another one ends this"
    )
    tries_left: Mapped[int]
    made_at: Mapped[datetime] = made()
