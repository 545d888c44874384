"""A force's own identity provider."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import index, made, moment, to, to_force, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class Provider(ForceTable):
    """How a force's provider is set up: one row, whose id is the force's own."""

    __table_args__ = of_force(
        Holds.FORCE,
        "how its own identity provider is set up; the row whose id is the force's own counts",
        to_force(),
    )
    used: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="sealed: what is in use; null: people sign in here with a password"
    )
    draft: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: what is being set up")
    trial: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: what came of trying the draft")
    revision: Mapped[int] = mapped_column(comment="counts the changes of the draft: whoever saves says which they saw")


class ProviderSignIn(ForceTable):
    """A browser on its way through the provider."""

    __table_args__ = of_force(
        Holds.FORCE,
        "a sign-in that a browser began at the provider, ended once within minutes; state, nonce and verifier are derived",
        to("staff_id", "staff"),
        to_force(),
        unique("uq_provider_sign_in_bound", "bound"),
        CheckConstraint("purpose in ('sign_in', 'trial')", name="purpose"),
    )
    purpose: Mapped[str] = mapped_column(Text)
    bound: Mapped[bytes] = mapped_column(LargeBinary, comment="hash of the cookie of the browser that began it")
    setup: Mapped[bytes] = mapped_column(LargeBinary, comment="keyed hash of the set-up with which it began")
    destination: Mapped[str] = mapped_column(Text, comment="the page that was asked for")
    staff_id: Mapped[UUID | None] = mapped_column(comment="who tries it out")
    made_at: Mapped[datetime] = made()


class ProviderLink(ForceTable):
    """Whom the provider knows."""

    __table_args__ = of_force(
        Holds.FORCE,
        "by what its provider knows a member of staff: the issuer and the subject, never an email address",
        to("staff_id", "staff"),
        unique("uq_provider_link_subject", "subject"),
        unique("uq_provider_link_staff", "staff_id", "issuer"),
    )
    staff_id: Mapped[UUID]
    issuer: Mapped[bytes] = mapped_column(LargeBinary, comment="keyed hash")
    subject: Mapped[bytes] = mapped_column(LargeBinary, comment="keyed hash of issuer and subject")
    made_at: Mapped[datetime] = made()
    used_at: Mapped[datetime | None] = moment(nullable=True)


class ProviderSession(ForceTable):
    """A session that began at the provider."""

    __table_args__ = of_force(
        Holds.FORCE,
        "which session of the provider one of ours began with, so that one ends with the other",
        to("session_id", "session", ends=True),
        unique("uq_provider_session", "session_id"),
        index("ix_provider_session_subject", "subject"),
        index("ix_provider_session_sid", "sid", where="sid is not null"),
    )
    session_id: Mapped[UUID]
    subject: Mapped[bytes] = mapped_column(LargeBinary, comment="keyed hash of issuer and subject")
    sid: Mapped[bytes | None] = mapped_column(LargeBinary, comment="keyed hash of the provider's session")
    id_token: Mapped[bytes] = mapped_column(LargeBinary, comment="sealed: shown to the provider when signing out")
    made_at: Mapped[datetime] = made()
