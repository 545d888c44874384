"""What a force says of itself: one draft, every version that was published, and the one way to publish it."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
DRAFT = """
create table app.configuration_draft (
    force_id uuid not null,
    id uuid not null,
    content jsonb,
    revision integer not null,
    changed_at timestamp with time zone default now() not null,
    changed_by uuid not null,
    constraint pk_configuration_draft primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint fk_changed_by_staff foreign key (force_id, changed_by) references app.staff (force_id, id),
    constraint uq_configuration_draft unique (force_id)
) partition by list (force_id)
"""
VERSION = """
create table app.configuration_version (
    force_id uuid not null,
    id uuid not null,
    number integer not null,
    content jsonb not null,
    published_at timestamp with time zone default now() not null,
    published_by uuid,
    why bytea,
    constraint pk_configuration_version primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint fk_published_by_staff foreign key (force_id, published_by) references app.staff (force_id, id),
    constraint uq_configuration_version unique (force_id, number)
) partition by list (force_id)
"""
# Which force it is, and whether it is live, is not a force's own to say.
PUBLISH = r"""
create function app.publish_configuration(p_force uuid, p_name text, p_configuration jsonb, p_version integer)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.force set name = p_name, configuration = p_configuration, version = p_version, updated_at = now()
  where id = p_force and id = current_setting('app.force_id')::uuid and version = p_version - 1
    and configuration -> 'slug' = p_configuration -> 'slug'
    and configuration -> 'live' = p_configuration -> 'live';
  return found;
end $$"""
GRANTS = {"configuration_draft": "select, insert, update", "configuration_version": "select, insert"}
COMMENTS = {
    "table app.configuration_draft": "force: what its administrators have changed and not published yet",
    "column app.configuration_draft.revision": "counts for ever, so that no number comes back: whoever saves says which one they saw",
    "column app.configuration_draft.content": "null: published or given up, and nothing is changed since",
    "table app.configuration_version": "force: every configuration that was published, in order",
    "column app.configuration_version.published_by": "who of the staff published it; null: the service or an operator",
    "column app.configuration_version.why": "sealed: why, in their words",
}


def upgrade() -> None:
    """Make the tables with their partitions, and the function."""
    op.execute(DRAFT)
    op.execute(VERSION)
    for table, rights in GRANTS.items():
        op.execute(f"alter table app.{table} enable row level security")
        op.execute(f"alter table app.{table} force row level security")
        op.execute(f"create policy one_force on app.{table} to tmc_app using ({OURS}) with check ({OURS})")
        op.execute(f"grant {rights} on app.{table} to tmc_app")
    op.execute(PUBLISH)
    op.execute("revoke all on function app.publish_configuration(uuid, text, jsonb, integer) from public")
    op.execute("grant execute on function app.publish_configuration(uuid, text, jsonb, integer) to tmc_app")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
