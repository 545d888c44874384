"""What batches ask for is found by index from a force's first day on, before PostgreSQL has looked at its tables."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# As 0001 has it, and the line on statistics.
ENSURE_PARTITIONS = r"""
create or replace function app.ensure_partitions(p_force uuid, p_slug text) returns void
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
      -- every row here has one force: until it is analyzed PostgreSQL would take the force for a rare one, read all of it by
      -- that, and look for each row in what a batch asked for
      perform pg_restore_attribute_stats('schemaname', 'part', 'relname', v_part, 'attname', 'force_id', 'inherited', false,
                                         'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real);
    end if;
  end loop;
end $$"""


def upgrade() -> None:
    """Say of each new partition that it holds one force, and find a person's invitations by index, whatever became of them.

    Partitions that hold more than a few rows already were analyzed by PostgreSQL itself.
    """
    op.execute("create index ix_invite_person on app.invite (force_id, person_id)")
    op.execute(ENSURE_PARTITIONS)
