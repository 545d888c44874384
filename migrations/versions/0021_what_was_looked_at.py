"""Before a force goes live its administrators look at each part of its settings, and say that it is right."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
LOOKED_AT = """
create table app.looked_at (
    force_id uuid not null,
    id uuid not null,
    part text not null,
    looked_by uuid not null,
    looked_at timestamp with time zone default now() not null,
    constraint pk_looked_at primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint fk_looked_by_staff foreign key (force_id, looked_by) references app.staff (force_id, id),
    constraint uq_looked_at unique (force_id, part),
    constraint ck_looked_at_part check (part in ('features', 'crimes', 'wording', 'routing', 'retention'))
) partition by list (force_id)
"""


def upgrade() -> None:
    """Make the table with its partitions."""
    op.execute(LOOKED_AT)
    op.execute("alter table app.looked_at enable row level security")
    op.execute("alter table app.looked_at force row level security")
    op.execute(f"create policy one_force on app.looked_at to tmc_app using ({OURS}) with check ({OURS})")
    op.execute("grant select, insert, delete on app.looked_at to tmc_app")
    op.execute(
        "comment on table app.looked_at is"
        " 'force: parts of its settings that its administrators have looked at and call right as they are'"
    )
    op.execute("select app.ensure_partitions(id, slug) from app.force")
