"""What a reporter knows, when an officer is next on duty, and who acts for a victim because staff said so."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COMMENTS = {
    "app.case_person.knows_reference": "of a reporter: they registered or signed in with this crime''s reference",
    "app.case_person.proxy_checked_until": "the last day that staff let them act, whatever the victim''s birthday; it may end sooner",
    "app.case_person.recorded_by": "who of the staff recorded that they act for the victim; null: the feed",
    "app.staff.next_on_duty": "the day on which they are next on duty, as they say themselves; null: they do not say",
}


def upgrade() -> None:
    """Add the columns; each has a constant default, so that nothing is rewritten."""
    op.execute("alter table app.case_person add column knows_reference boolean default false not null")
    op.execute("alter table app.case_person add column proxy_checked_until date, add column recorded_by uuid")
    op.execute("alter table app.staff add column next_on_duty date")
    for column, comment in COMMENTS.items():
        op.execute(f"comment on column {column} is '{comment}'")
