"""What victims choose for themselves: a number they have shown to be theirs, their language, and when they may be told."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"  # no force bound is an error, not zero rows

TEXT_CODE = """
create table app.text_code (
    force_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    purpose text not null,
    number bytea not null,
    state text not null,
    tries_left integer not null,
    expires_at timestamp with time zone not null,
    made_at timestamp with time zone default now() not null,
    constraint pk_text_code primary key (force_id, id),
    constraint fk_person_id_person foreign key (force_id, person_id) references app.person (force_id, id),
    constraint ck_text_code_purpose check (purpose in ('number', 'sign_in')),
    constraint ck_text_code_state check (state in ('open', 'used', 'died', 'withdrawn'))
)
 partition by list (force_id)
"""
COMMENTS = {
    "table app.text_code": "victim: a code sent by text to show whose a number is; derived from the key, never stored",
    "column app.text_code.number": "sealed: the number it is sent to",
    "column app.person.own_hours": "sealed: on which days and hours they want to be told; null: at any time",
    "column app.person.own_language": "which language they chose; null: as the record system says",
}


def upgrade() -> None:
    """Make the table and the columns; none has a default, so that nothing is rewritten."""
    op.execute(TEXT_CODE)
    op.execute("create unique index uq_text_code_open on app.text_code (force_id, person_id) where state = 'open'")
    op.execute("create index ix_text_code_person on app.text_code (force_id, person_id, made_at)")
    op.execute("alter table app.text_code enable row level security")
    op.execute("alter table app.text_code force row level security")
    op.execute(f"create policy one_force on app.text_code to tmc_app using ({OURS}) with check ({OURS})")
    op.execute("grant select, insert, update, delete on app.text_code to tmc_app")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
    op.execute("alter table app.person add column own_hours bytea, add column own_language text")
    op.execute(
        "alter table app.person add constraint ck_person_own_language check (own_language in ('en', 'cy')) not valid"
    )
    op.execute("alter table app.person validate constraint ck_person_own_language")
    op.execute("grant delete on app.reset to tmc_app")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
