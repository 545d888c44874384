"""Rows that come by the thousand do not each look up the force that their partition stands for."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("person", "case", "event", "audit")


def upgrade() -> None:
    """Drop what is true already: a row needs a partition of its force, and only putting a force on board makes one.

    Nobody may delete a force. Each check also locked the force's one row, for everybody who wrote at the same moment.
    """
    for table in TABLES:
        op.execute(f'alter table app."{table}" drop constraint fk_force')
