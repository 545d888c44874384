"""What a victim has not sent yet, what cannot wait, and which broken promises a supervisor was told of."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DRAFT = """
create table app.draft (
    force_id uuid not null,
    id uuid not null,
    case_id uuid not null,
    person_id uuid not null,
    body bytea not null,
    saved_at timestamp with time zone default now() not null,
    constraint pk_draft primary key (force_id, id),
    constraint fk_case_id_case foreign key (force_id, case_id) references app."case" (force_id, id),
    constraint fk_person_id_person foreign key (force_id, person_id) references app.person (force_id, id),
    constraint uq_draft unique (force_id, case_id, person_id)
) partition by list (force_id)
"""
OURS = "force_id = current_setting('app.force_id')::uuid"


def upgrade() -> None:
    """Make the table of drafts with its partitions; add two columns that rewrite nothing, and sort what waits by the new one."""
    make_drafts()
    op.execute("alter table app.task add column urgent boolean default false not null")
    op.execute("comment on column app.task.urgent is 'somebody may be in danger: before everything else'")
    op.execute("drop index app.ix_task_waiting")
    op.execute("create index ix_task_waiting on app.task (force_id, urgent desc, due_at) where done_at is null")
    op.execute("alter table app.duty add column told_at timestamp with time zone")
    op.execute("comment on column app.duty.told_at is 'when a supervisor was told that its date passed unkept'")


def make_drafts() -> None:
    """Make the table as 0001 makes one: forced row-level security, one policy, grants on the parent alone."""
    op.execute(DRAFT)
    op.execute(
        "comment on table app.draft is 'victim: what somebody has begun to write on a case and not sent; "
        "sealed under the case''s key'"
    )
    op.execute("comment on column app.draft.body is 'sealed'")
    op.execute("alter table app.draft enable row level security")
    op.execute("alter table app.draft force row level security")
    op.execute(f"create policy one_force on app.draft to tmc_app using ({OURS}) with check ({OURS})")
    op.execute("grant select, insert, update, delete on app.draft to tmc_app")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
