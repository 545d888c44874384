"""The first tables: who may do what with them, and how a force gets its partitions."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = Path(__file__).with_name("0001_tables.sql")
INSERT_ONLY = ("audit", "audit_seal", "feed_entry", "read_mark")
MAY_DELETE = ("session", "failure", "duty")
CONSOLE = {
    "force": "select (id, slug, name, state, configuration, version, created_at, updated_at), "
    "update (name, state, configuration, version, updated_at)",
    "force_figure": "select",
    "operator": "select, insert, update",
    "operator_session": "select, insert, update, delete",
    "operator_failure": "select, insert, update, delete",
    "national_audit": "select, insert",
}
OURS = "force_id = current_setting('app.force_id')::uuid"  # no force bound is an error, not zero rows

FORCE_TABLES = """
select c.relname from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
where c.relnamespace = 'app'::regnamespace order by c.relname
"""

ENSURE_PARTITIONS = r"""
create function app.ensure_partitions(p_force uuid, p_slug text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  t record;
  v_part text;
begin
  for t in select c.relname from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
           where c.relnamespace = 'app'::regnamespace and p.partstrat = 'l' order by c.oid loop
    v_part := t.relname || '__' || replace(p_slug, '-', '_');
    if to_regclass(format('part.%I', v_part)) is null then
      -- made alone and then attached: this locks the parent against other DDL, not against readers and writers
      execute format('create table part.%I (like app.%I including defaults including constraints)', v_part, t.relname);
      -- no policy on the partition itself: asked for directly it shows nothing to anybody
      execute format('alter table part.%I enable row level security', v_part);
      execute format('alter table part.%I force row level security', v_part);
      execute format('alter table part.%I add constraint part_bound check (force_id = %L)', v_part, p_force);
      execute format('alter table app.%I attach partition part.%I for values in (%L)', t.relname, v_part, p_force);
      execute format('alter table part.%I drop constraint part_bound', v_part);
    end if;
  end loop;
end $$"""

PROVISION_FORCE = r"""
create function app.provision_force(p_force uuid, p_slug text, p_name text, p_key bytea, p_configuration jsonb)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.force (id, slug, name, state, wrapped_key, configuration, version, created_at, updated_at)
  values (p_force, p_slug, p_name, 'setting_up', p_key, p_configuration, 1, now(), now());
  perform app.ensure_partitions(p_force, p_slug);
end $$"""


def upgrade() -> None:
    """Make the tables, protect them, and make the one function that puts a force on board."""
    # squawk-ignore: the first migration runs on an empty database
    for statement in TABLES.read_text().split(";\n"):
        if statement.strip():
            op.execute(statement)
    op.execute("grant usage on schema app to tmc_app, tmc_console, tmc_provisioner")
    for (table,) in op.get_bind().exec_driver_sql(FORCE_TABLES).all():
        protect(table)
    protect_national()
    for function in (ENSURE_PARTITIONS, PROVISION_FORCE):
        op.execute(function)
    op.execute("revoke all on all functions in schema app from public")
    op.execute("grant execute on function app.provision_force(uuid, text, text, bytea, jsonb) to tmc_provisioner")


def protect(table: str) -> None:
    """Put forced row-level security on a force table: the app sees the bound force, nobody else sees anything."""
    name = f'app."{table}"'
    op.execute(f"alter table {name} enable row level security")
    op.execute(f"alter table {name} force row level security")
    op.execute(f"create policy one_force on {name} to tmc_app using ({OURS}) with check ({OURS})")
    op.execute(f"grant {rights(table)} on {name} to tmc_app")


def rights(table: str) -> str:
    """Return what the app may do with a force table."""
    if table in INSERT_ONLY:
        return "select, insert"
    return "select, insert, update, delete" if table in MAY_DELETE else "select, insert, update"


def protect_national() -> None:
    """Let the console have the national tables, and the app what it needs of the registry."""
    op.execute("grant select on app.force to tmc_app")
    op.execute("alter table app.force_figure enable row level security")
    op.execute("alter table app.force_figure force row level security")
    op.execute(f"create policy one_force on app.force_figure to tmc_app using ({OURS}) with check ({OURS})")
    op.execute("create policy all_forces on app.force_figure for select to tmc_console using (true)")
    op.execute("grant select, insert, update on app.force_figure to tmc_app")
    for table, grants in CONSOLE.items():
        op.execute(f"grant {grants} on app.{table} to tmc_console")
