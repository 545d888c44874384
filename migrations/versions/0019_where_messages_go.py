"""Where what victims write goes: the area of a crime, which unit a task is for, and until when somebody has to have opened it."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

COMMENTS = {
    "app.case.area": "where it happened, by the record system''s own name for the area; empty: unknown",
    "app.task.unit": "the unit that reads it first, by its name in the routing; empty: the contact team",
    "app.task.silent_at": "when it goes on unless somebody has opened it; null: never",
    "app.task.escalated_at": "when it went on because nobody had opened it",
}


def upgrade() -> None:
    """Add the columns, each with a constant default or none, so that nothing is rewritten; and what the clock looks for."""
    op.execute("alter table app.\"case\" add column area text default '' not null")
    op.execute(
        "alter table app.task add column unit text default '' not null,"
        " add column silent_at timestamp with time zone, add column escalated_at timestamp with time zone"
    )
    op.execute("drop index app.ix_task_waiting")
    op.execute(
        "create index ix_task_waiting on app.task (force_id, urgent desc, (escalated_at is null), due_at)"
        " where done_at is null"
    )
    op.execute("create index ix_task_unit on app.task (force_id, unit, due_at) where done_at is null and unit <> ''")
    op.execute(
        "create index ix_task_silent on app.task (force_id, silent_at) where done_at is null and escalated_at is null"
    )
    for column, comment in COMMENTS.items():
        op.execute(f"comment on column {column} is '{comment}'")
