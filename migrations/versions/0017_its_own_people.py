"""A force looks after its own people: lists of thousands, two people for an administrator, who acts for whom, and files."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
STAFF = """
alter table app.staff add column signed_in_at timestamp with time zone, add column left_at timestamp with time zone
"""
# A list of thousands is read page by page in its order, whichever of the four it is.
INDEXES = """
create index ix_staff_name on app.staff (force_id, lower(name), id);
create index ix_staff_unit on app.staff (force_id, unit, lower(name), id);
create index ix_staff_role on app.staff (force_id, role, lower(name), id);
create index ix_staff_signed_in on app.staff (force_id, signed_in_at desc nulls last, lower(name), id);
create index ix_task_owner on app.task (force_id, owner_id) where done_at is null and owner_id is not null
"""
REQUEST = """
create table app.admin_request (
    force_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    made_by uuid not null,
    made_at timestamp with time zone default now() not null,
    state text not null,
    decided_by uuid,
    decided_at timestamp with time zone,
    constraint pk_admin_request primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint fk_staff_id_staff foreign key (force_id, staff_id) references app.staff (force_id, id),
    constraint fk_made_by_staff foreign key (force_id, made_by) references app.staff (force_id, id),
    constraint fk_decided_by_staff foreign key (force_id, decided_by) references app.staff (force_id, id),
    constraint ck_admin_request_state check (state in ('open', 'approved', 'refused', 'lapsed'))
) partition by list (force_id);
create unique index uq_admin_request_open on app.admin_request (force_id, staff_id) where state = 'open'
"""
DEPUTY = """
create table app.deputy (
    force_id uuid not null,
    id uuid not null,
    absent_id uuid not null,
    deputy_id uuid not null,
    from_day date not null,
    until_day date not null,
    made_by uuid not null,
    made_at timestamp with time zone default now() not null,
    ended_by uuid,
    ended_at timestamp with time zone,
    constraint pk_deputy primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint fk_absent_id_staff foreign key (force_id, absent_id) references app.staff (force_id, id),
    constraint fk_deputy_id_staff foreign key (force_id, deputy_id) references app.staff (force_id, id),
    constraint fk_made_by_staff foreign key (force_id, made_by) references app.staff (force_id, id),
    constraint fk_ended_by_staff foreign key (force_id, ended_by) references app.staff (force_id, id),
    constraint ck_deputy_other check (absent_id <> deputy_id),
    constraint ck_deputy_days check (from_day <= until_day)
) partition by list (force_id);
create index ix_deputy_deputy on app.deputy (force_id, deputy_id) where ended_at is null;
create index ix_deputy_absent on app.deputy (force_id, absent_id) where ended_at is null
"""
IMPORT = """
create table app.staff_import (
    force_id uuid not null,
    id uuid not null,
    made_by uuid not null,
    made_at timestamp with time zone default now() not null,
    content bytea not null,
    constraint pk_staff_import primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint fk_made_by_staff foreign key (force_id, made_by) references app.staff (force_id, id),
    constraint uq_staff_import unique (force_id, made_by)
) partition by list (force_id)
"""
GRANTS = {
    "admin_request": "select, insert, update",
    "deputy": "select, insert, update",
    "staff_import": "select, insert, update, delete",
}
COMMENTS = {
    "column app.staff.signed_in_at": "when they last signed in; null: never, or before this was written down",
    "column app.staff.left_at": "since when they have no access any more; the row stays for the record",
    "table app.admin_request": "force: that somebody shall become an administrator, which a second administrator decides",
    "table app.deputy": "force: who acts for whom, from one day to another, both included",
    "column app.deputy.ended_at": "when it was ended before its last day",
    "table app.staff_import": "force: a list of people that an administrator uploaded and has not carried out yet",
    "column app.staff_import.content": "sealed: the rows as they were read",
}


def upgrade() -> None:
    """Say more of people, and make the tables with their partitions."""
    for statements in (STAFF, INDEXES, REQUEST, DEPUTY, IMPORT):
        for statement in statements.split(";"):
            op.execute(statement)
    for table, rights in GRANTS.items():
        op.execute(f"alter table app.{table} enable row level security")
        op.execute(f"alter table app.{table} force row level security")
        op.execute(f"create policy one_force on app.{table} to tmc_app using ({OURS}) with check ({OURS})")
        op.execute(f"grant {rights} on app.{table} to tmc_app")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
