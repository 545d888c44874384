"""A form that is sent again because its answer was lost says what it says once."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the mark of a form with the entry that came of it: nullable, so that nothing is rewritten."""
    op.execute("alter table app.timeline_entry add column once bytea")
    op.execute("comment on column app.timeline_entry.once is 'of the form it came from: the same form says it once'")
    op.execute(
        "create unique index uq_timeline_entry_once on app.timeline_entry (force_id, case_id, once) where once is not null"
    )
