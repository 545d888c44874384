"""A force's administrators see how it keeps its promises, month by month: counts that outlive the cases they are of."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
MONTHLY_FIGURE = """
create table app.monthly_figure (
    force_id uuid not null,
    id uuid not null,
    month date not null,
    unit text not null,
    name text not null,
    number integer not null,
    counted_at timestamp with time zone default now() not null,
    constraint pk_monthly_figure primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint uq_monthly_figure unique (force_id, month, unit, name)
) partition by list (force_id)
"""
COMMENTS = {
    "table app.monthly_figure": (
        "force: counts of a month by unit, written by the force''s own job; "
        "they stay when the cases they are of are deleted"
    ),
    "column app.monthly_figure.month": "its first day",
    "column app.monthly_figure.unit": "of the officer in the case; empty: none, or the whole force",
    "column app.monthly_figure.name": "what is counted",
    "column app.monthly_figure.number": "exact: what of it may be shown is decided when it is read",
}


def upgrade() -> None:
    """Make the table with its partitions."""
    op.execute(MONTHLY_FIGURE)
    op.execute("alter table app.monthly_figure enable row level security")
    op.execute("alter table app.monthly_figure force row level security")
    op.execute(f"create policy one_force on app.monthly_figure to tmc_app using ({OURS}) with check ({OURS})")
    op.execute("grant select, insert, delete on app.monthly_figure to tmc_app")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
