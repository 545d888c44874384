"""Whoever serves forces hears at once when one of them has published something."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Nothing but that it changed: what has changed is read by those who may.
ANNOUNCE = """
create function app.announce_registry() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('registry', '');
  return null;
end $$"""


def upgrade() -> None:
    """Announce every change of the registry when it is committed."""
    op.execute(ANNOUNCE)
    op.execute("revoke all on function app.announce_registry() from public")
    op.execute(
        "create trigger announce after insert or update on app.force"
        " for each statement execute function app.announce_registry()"
    )
