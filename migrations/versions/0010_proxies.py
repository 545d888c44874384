"""Who may act for a victim is checked by staff, and ends."""

from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what staff checked of somebody who acts for a victim. Nobody who acts for another has registered before."""
    op.execute("""
        alter table app.case_person
          add column proxy_kind text,
          add column proxy_until date,
          add constraint ck_case_person_proxy_kind check (proxy_kind in ('parent', 'guardian', 'spokesperson', 'named_contact'))
    """)
    op.execute("comment on column app.case_person.proxy_kind is 'as whom they act for the victim, as staff checked'")
    op.execute("""
        comment on column app.case_person.proxy_until is
          'the last day on which they may; null: nobody checked that they may. Never past the 18th birthday of a child'
    """)
