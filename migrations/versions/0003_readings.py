"""The busiest pages ask the database for what they show in one round trip each, without a transaction around it."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

READINGS = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    """Make the readings; nobody but the app may ask them."""
    for function in READINGS.read_text().split("end $$;\n"):
        op.execute(function if function.endswith("end $$\n") else function + "end $$")
    op.execute("revoke all on function app.live_session, app.entries_for_person from public")
    op.execute("grant execute on function app.live_session, app.entries_for_person to tmc_app")
