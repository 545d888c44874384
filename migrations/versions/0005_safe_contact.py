"""How and when it is safe to reach somebody, who put a new address forward, and the code that some invitations ask for."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what staff record of a person, and the hash of an invitation's activation code; nothing is rewritten."""
    op.execute("""
        alter table app.person
          add column safe_contact bytea, add column safe_contact_at timestamp with time zone, add column pending_by uuid
    """)
    op.execute("""
        comment on column app.person.safe_contact is
          'sealed: by which channel, on which days and hours it is safe to reach them, as staff recorded it'
    """)
    op.execute("comment on column app.person.safe_contact_at is 'when staff recorded it; asked again after 90 days'")
    op.execute("comment on column app.person.pending_by is 'who put the pending contact forward; null: the feed'")
    op.execute("""
        create index ix_person_safe_contact on app.person (force_id, safe_contact_at) where safe_contact_at is not null
    """)
    op.execute("alter table app.invite add column code_hash bytea")
    op.execute(
        "comment on column app.invite.code_hash is 'keyed hash of the activation code that staff give another way'"
    )
