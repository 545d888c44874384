"""A reporter is shown a crime's reference only once they have said it; an officer says when they are next on duty."""

from alembic import op

revision = "0013"
down_revision = "0010"
branch_labels = None
depends_on = None

COMMENTS = {
    "app.case_person.knows_reference": "of a reporter: they registered or signed in with this crime''s reference",
    "app.staff.next_on_duty": "the day on which they are next on duty, as they say themselves; null: they do not say",
}


def upgrade() -> None:
    """Add both columns; each has a constant default, so that nothing is rewritten."""
    op.execute("alter table app.case_person add column knows_reference boolean default false not null")
    op.execute("alter table app.staff add column next_on_duty date")
    for column, comment in COMMENTS.items():
        op.execute(f"comment on column {column} is '{comment}'")
