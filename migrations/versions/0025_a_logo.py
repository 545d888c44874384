"""The logos that a force shows or has shown, drawn anew and named by their content."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
LOGO = """
create table app.logo (
    force_id uuid not null,
    id uuid not null,
    digest text not null,
    image bytea not null,
    came_width integer not null,
    came_height integer not null,
    kept_at timestamp with time zone default now() not null,
    published_at timestamp with time zone,
    constraint pk_logo primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint uq_logo unique (force_id, digest)
) partition by list (force_id)
"""
COMMENTS = {
    "table app.logo": "force: the logos that its settings name, as pictures drawn anew",
    "column app.logo.digest": "SHA-256 of the picture: what the settings name, and where it is served",
    "column app.logo.image": "a PNG of our own making",
    "column app.logo.came_width": "pixels of the file that came, without its empty edges",
    "column app.logo.came_height": "pixels of the file that came, without its empty edges",
    "column app.logo.kept_at": "when it came, or was last chosen: what was never published goes a day later",
    "column app.logo.published_at": "since when a version names it: from then on anybody may see it",
}


def upgrade() -> None:
    """Make the table with its partitions."""
    op.execute(LOGO)
    op.execute("alter table app.logo enable row level security")
    op.execute("alter table app.logo force row level security")
    op.execute(f"create policy one_force on app.logo to tmc_app using ({OURS}) with check ({OURS})")
    op.execute("grant select, insert, delete, update (kept_at, published_at) on app.logo to tmc_app")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
