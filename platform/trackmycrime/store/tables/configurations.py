"""What a force says of itself: its draft, and every version that was published."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, LargeBinary, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import made, to, to_force, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class ConfigurationDraft(ForceTable):
    """What a force's administrators have changed and not published yet: one for all of them."""

    __table_args__ = of_force(
        Holds.FORCE,
        "what its administrators have changed and not published yet",
        to_force(),
        to("changed_by", "staff"),
        unique("uq_configuration_draft"),
    )
    content: Mapped[dict[str, object] | None] = mapped_column(
        JSONB, comment="null: published or given up, and nothing is changed since"
    )
    revision: Mapped[int] = mapped_column(
        comment="counts for ever, so that no number comes back: whoever saves says which one they saw"
    )
    changed_at: Mapped[datetime] = made()
    changed_by: Mapped[UUID]
    led_by: Mapped[dict[str, str]] = mapped_column(
        JSONB,
        server_default=text("'{}'"),
        comment="who of the staff last wrote each text that leads somewhere: somebody else has to publish it",
    )


class ConfigurationVersion(ForceTable):
    """A configuration that was published."""

    __table_args__ = of_force(
        Holds.FORCE,
        "every configuration that was published, in order",
        to_force(),
        to("published_by", "staff"),
        unique("uq_configuration_version", "number"),
    )
    number: Mapped[int]
    content: Mapped[dict[str, object]] = mapped_column(JSONB)
    published_at: Mapped[datetime] = made()
    published_by: Mapped[UUID | None] = mapped_column(
        comment="who of the staff published it; null: the service or an operator"
    )
    why: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed: why, in their words")


class LookedAt(ForceTable):
    """A part of the settings that its administrators call right as it is."""

    __table_args__ = of_force(
        Holds.FORCE,
        "parts of its settings that its administrators have looked at and call right as they are",
        to_force(),
        to("looked_by", "staff"),
        unique("uq_looked_at", "part"),
        CheckConstraint("part in ('features', 'crimes', 'wording', 'routing', 'retention')", name="part"),
    )
    part: Mapped[str] = mapped_column(Text)
    looked_by: Mapped[UUID]
    looked_at: Mapped[datetime] = made()


class Logo(ForceTable):
    """A picture that a force shows, or has shown, beside its name."""

    __table_args__ = of_force(
        Holds.FORCE,
        "the logos that its settings name, as pictures drawn anew",
        to_force(),
        unique("uq_logo", "digest"),
    )
    digest: Mapped[str] = mapped_column(
        Text, comment="SHA-256 of the picture: what the settings name, and where it is served"
    )
    image: Mapped[bytes] = mapped_column(LargeBinary, comment="a PNG of our own making")
    came_width: Mapped[int] = mapped_column(comment="pixels of the file that came, without its empty edges")
    came_height: Mapped[int] = mapped_column(comment="pixels of the file that came, without its empty edges")
    kept_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True),
        server_default=func.now(),
        comment="when it came, or was last chosen: what was never published goes a day later",
    )
    published_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="since when a version names it: from then on anybody may see it"
    )
