"""Administrators search the audit, and it is checked again and again whether the chain over it is whole."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
# Each finds the newest rows of one sort of deed, of one kind of actor or one person, without reading the others. What staff
# do is a small part of what is recorded, and so is its index.
INDEXES = (
    "create index ix_audit_what on app.audit (force_id, what, actor_kind, at, id)",
    "create index ix_audit_staff on app.audit (force_id, actor_id, what, at, id) where actor_kind = 'staff'",
)
CHECK = """
create table app.audit_check (
    force_id uuid not null,
    id uuid not null,
    begun_at timestamp with time zone default now() not null,
    asked_by uuid,
    position bigint not null,
    digest bytea not null,
    ended_at timestamp with time zone,
    fault text,
    fault_position bigint,
    constraint pk_audit_check primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint fk_asked_by_staff foreign key (force_id, asked_by) references app.staff (force_id, id),
    constraint ck_audit_check_fault check (fault in ('missing', 'removed', 'changed', 'altered', 'rewritten', 'cut'))
) partition by list (force_id)
"""
COMMENTS = {
    "table app.audit_check": "force: a walk along the whole chain over its audit, a part at a time, and what it found",
    "column app.audit_check.asked_by": "which administrator asked for it; null: it was time",
    "column app.audit_check.position": "how far it came and found all links right",
    "column app.audit_check.digest": "the digest there",
    "column app.audit_check.fault": "how the chain is broken; null: it is not, as far as the walk came",
    "column app.audit_check.fault_position": "the first link that is wrong",
}


def upgrade() -> None:
    """Make the indexes, and the table with its partitions."""
    for index in INDEXES:
        op.execute(index)
    op.execute(CHECK)
    op.execute("create unique index uq_audit_check_running on app.audit_check (force_id) where ended_at is null")
    op.execute("create index ix_audit_check_ended on app.audit_check (force_id, ended_at)")
    op.execute("alter table app.audit_check enable row level security")
    op.execute("alter table app.audit_check force row level security")
    op.execute(f"create policy one_force on app.audit_check to tmc_app using ({OURS}) with check ({OURS})")
    op.execute("grant select, insert, update on app.audit_check to tmc_app")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
