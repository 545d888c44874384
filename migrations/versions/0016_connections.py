"""Connections: what each may do, its secrets and keys, what becomes of events that wait, the feed's lateness, a first load."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"  # no force bound is an error, not zero rows
TABLES = {
    "client_key": """
create table app.client_key (
    force_id uuid not null,
    id uuid not null,
    client_id uuid not null,
    kind text not null,
    secret_hash bytea,
    public_key text,
    made_at timestamp with time zone default now() not null,
    made_by uuid,
    ends_at timestamp with time zone,
    last_used_at timestamp with time zone,
    constraint pk_client_key primary key (force_id, id),
    constraint fk_client_id_client foreign key (force_id, client_id) references app.client (force_id, id),
    constraint fk_made_by_staff foreign key (force_id, made_by) references app.staff (force_id, id),
    constraint ck_client_key_kind check (kind in ('secret', 'public_key'))
) partition by list (force_id)""",
    "client_proof": """
create table app.client_proof (
    force_id uuid not null,
    id uuid not null,
    client_id uuid not null,
    digest bytea not null,
    expires_at timestamp with time zone not null,
    constraint pk_client_proof primary key (force_id, id),
    constraint fk_client_id_client foreign key (force_id, client_id) references app.client (force_id, id),
    constraint uq_client_proof unique (force_id, client_id, digest)
) partition by list (force_id)""",
    "feed_alert": """
create table app.feed_alert (
    force_id uuid not null,
    id uuid not null,
    last_event_at timestamp with time zone not null,
    made_at timestamp with time zone default now() not null,
    ended_at timestamp with time zone,
    constraint pk_feed_alert primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id)
) partition by list (force_id)""",
    "first_load": """
create table app.first_load (
    force_id uuid not null,
    id uuid not null,
    state text not null,
    batch integer not null,
    released integer not null,
    invited integer not null,
    begun_at timestamp with time zone default now() not null,
    begun_by uuid not null,
    changed_at timestamp with time zone default now() not null,
    constraint pk_first_load primary key (force_id, id),
    constraint fk_begun_by_staff foreign key (force_id, begun_by) references app.staff (force_id, id),
    constraint ck_first_load_state check (state in ('running', 'paused', 'stopped', 'done'))
) partition by list (force_id)""",
}
INDEXES = (
    "create index ix_client_key_client on app.client_key (force_id, client_id)",
    "create index ix_client_proof_expiry on app.client_proof (force_id, expires_at)",
    "create index ix_case_unreleased on app.case (force_id, id) where known and not released",
    "create unique index uq_feed_alert_open on app.feed_alert (force_id) where ended_at is null",
    "create unique index uq_first_load_open on app.first_load (force_id) where state in ('running', 'paused')",
)
COLUMNS = (
    "alter table app.client alter column secret_hash drop not null",
    "alter table app.client add column may text[] default array['send', 'collect', 'read'] not null",
    "alter table app.client add column disabled_at timestamp with time zone",
    """alter table app.client add constraint ck_client_may check (may <@ array['send', 'collect', 'read']) not valid""",
    "alter table app.client validate constraint ck_client_may",
    """alter table app.event add column client_id uuid, add column settled_at timestamp with time zone,
       add column settled_by uuid, add column why bytea, add column correction bytea""",
)
# What clients had before is their first secret. Row-level security lets the owner see nothing; nobody else sees this moment.
SECRETS = (
    "alter table app.client no force row level security",
    """insert into app.client_key (force_id, id, client_id, kind, secret_hash, made_at, last_used_at)
       select force_id, gen_random_uuid(), id, 'secret', secret_hash, made_at, last_used_at from app.client""",
    "alter table app.client force row level security",
)
GRANTS = {
    "client_key": "select, insert, update",
    "client_proof": "select, insert, delete",
    "feed_alert": "select, insert, update",
    "first_load": "select, insert, update",
}
COMMENTS = {
    "table app.client_key": "force: by what a record system proves who it is; a secret is stored as a hash",
    "column app.client_key.public_key": "a JSON Web Key without its private part",
    "column app.client_key.made_by": "who of the staff made it; null: an operator or the command line",
    "column app.client_key.ends_at": "from when on it proves nothing; null: until somebody ends it",
    "table app.client_proof": "force: what a record system has signed to get in, kept until it would have expired: each works once",
    "table app.feed_alert": "force: a time in which nothing came from the record system for too long",
    "table app.first_load": "force: letting the cases of a first load go on, batch by batch",
    "column app.client.secret_hash": "what a client had before client_key; not read any more",
    "column app.client.may": "what it is for: sending events, collecting what happened here, reading one crime",
    "column app.event.client_id": "which client sent it; null: before this was kept, or by the command line",
    "column app.event.settled_by": "who of the staff corrected or dismissed it",
    "column app.event.why": "sealed: why it was dismissed, in their words",
    "column app.event.correction": "sealed: what it was corrected to; what came stays as it was",
}


def upgrade() -> None:
    """Make the tables with their partitions, the columns, and the first keys."""
    for sql in (*TABLES.values(), *INDEXES, *COLUMNS):
        op.execute(sql)
    op.execute("select app.ensure_partitions(id, slug) from app.force")
    for sql in SECRETS:
        op.execute(sql)
    for table, rights in GRANTS.items():
        op.execute(f"alter table app.{table} enable row level security")
        op.execute(f"alter table app.{table} force row level security")
        op.execute(f"create policy one_force on app.{table} to tmc_app using ({OURS}) with check ({OURS})")
        op.execute(f"grant {rights} on app.{table} to tmc_app")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
