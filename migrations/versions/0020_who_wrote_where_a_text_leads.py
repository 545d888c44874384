"""Who wrote what in a draft leads somewhere: a second person has to look at it before victims do."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

COMMENT = "who of the staff last wrote each text that leads somewhere: somebody else has to publish it"


def upgrade() -> None:
    """Add the column; what is drafted now has no such text."""
    op.execute("alter table app.configuration_draft add column led_by jsonb default '{}' not null")
    op.execute(f"comment on column app.configuration_draft.led_by is '{COMMENT}'")
