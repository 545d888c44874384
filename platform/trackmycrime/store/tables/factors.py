"""Ways to sign in beside a password, and what a browser has to answer on the way in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import index, made, moment, to, to_force, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class Factor(ForceTable):
    """A passkey, an authenticator app, a printed card: one row for each that somebody set up."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a way to sign in beside a password",
        to("person_id", "person"),
        index("uq_factor_handle", "handle", where="handle is not null", one=True),
        index("uq_factor_one", "person_id", "kind", where="kind <> 'passkey'", one=True),
        index("ix_factor_person", "person_id"),
        CheckConstraint("kind in ('passkey', 'authenticator', 'card', 'text')", name="kind"),
    )
    person_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(
        LargeBinary, comment="sealed: what its owner calls it; the secret of an app or the public key of a passkey"
    )
    handle: Mapped[bytes | None] = mapped_column(LargeBinary, comment="keyed hash of the id of a passkey")
    counter: Mapped[int] = mapped_column(
        BigInteger,
        server_default="0",
        comment="the newest step of an app that was used, or the sign counter of a passkey: neither goes back",
    )
    made_at: Mapped[datetime] = made()
    used_at: Mapped[datetime | None] = moment(nullable=True)


class CardCode(ForceTable):
    """One code of a printed card."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "one of the codes of a printed card; only its keyed hash is stored, and it works once",
        to("factor_id", "factor", ends=True),
        unique("uq_card_code", "code_hash"),
        index("ix_card_code_factor", "factor_id"),
    )
    factor_id: Mapped[UUID]
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    used_at: Mapped[datetime | None] = moment(nullable=True)


class Challenge(ForceTable):
    """Something that one browser has to answer once."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "what a browser has to answer, once, within minutes; its value is derived, never stored",
        to_force(),
        unique("uq_challenge", "bound", "purpose"),
        CheckConstraint("purpose in ('authenticator_new', 'passkey_new', 'passkey_use')", name="purpose"),
    )
    purpose: Mapped[str] = mapped_column(Text)
    bound: Mapped[bytes] = mapped_column(
        LargeBinary, comment="hash of the cookie, or id of the session, to which it was given"
    )
    made_at: Mapped[datetime] = made()


class Halfway(ForceTable):
    """Somebody who is half way in: the password was right, and a code is still asked for."""

    __table_args__ = of_force(
        Holds.VICTIM,
        "a browser that gave the right password, and has yet to give a code; it opens nothing",
        to("person_id", "person"),
        unique("uq_halfway_cookie", "cookie_hash"),
        index("ix_halfway_person", "person_id"),
    )
    person_id: Mapped[UUID]
    cookie_hash: Mapped[bytes] = mapped_column(LargeBinary)
    proof: Mapped[bytes] = mapped_column(
        LargeBinary, comment="keyed hash of the password that was proved, as it is stored: another one ends this"
    )
    tries_left: Mapped[int]
    shared: Mapped[bool]
    made_at: Mapped[datetime] = made()
