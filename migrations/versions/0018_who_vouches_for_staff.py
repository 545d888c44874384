"""Who vouches for staff: the force's own identity provider, or a second step beside a password of ours."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
PROVIDER = """
create table app.provider (
    force_id uuid not null,
    id uuid not null,
    used bytea,
    draft bytea,
    trial bytea,
    revision integer not null,
    constraint pk_provider primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id)
) partition by list (force_id)
"""
SIGN_IN = """
create table app.provider_sign_in (
    force_id uuid not null,
    id uuid not null,
    purpose text not null,
    bound bytea not null,
    setup bytea not null,
    destination text not null,
    staff_id uuid,
    made_at timestamp with time zone default now() not null,
    constraint pk_provider_sign_in primary key (force_id, id),
    constraint fk_staff_id_staff foreign key (force_id, staff_id) references app.staff (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint uq_provider_sign_in_bound unique (force_id, bound),
    constraint ck_provider_sign_in_purpose check (purpose in ('sign_in', 'trial'))
) partition by list (force_id)
"""
LINK = """
create table app.provider_link (
    force_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    issuer bytea not null,
    subject bytea not null,
    made_at timestamp with time zone default now() not null,
    used_at timestamp with time zone,
    constraint pk_provider_link primary key (force_id, id),
    constraint fk_staff_id_staff foreign key (force_id, staff_id) references app.staff (force_id, id),
    constraint uq_provider_link_subject unique (force_id, subject),
    constraint uq_provider_link_staff unique (force_id, staff_id, issuer)
) partition by list (force_id)
"""
SESSION = """
create table app.provider_session (
    force_id uuid not null,
    id uuid not null,
    session_id uuid not null,
    subject bytea not null,
    sid bytea,
    id_token bytea not null,
    made_at timestamp with time zone default now() not null,
    constraint pk_provider_session primary key (force_id, id),
    constraint fk_session_id_session foreign key (force_id, session_id) references app.session (force_id, id) on delete cascade,
    constraint uq_provider_session unique (force_id, session_id)
) partition by list (force_id)
"""
FACTOR = """
create table app.staff_factor (
    force_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    kind text not null,
    content bytea not null,
    handle bytea,
    counter bigint default 0 not null,
    made_at timestamp with time zone default now() not null,
    used_at timestamp with time zone,
    constraint pk_staff_factor primary key (force_id, id),
    constraint fk_staff_id_staff foreign key (force_id, staff_id) references app.staff (force_id, id),
    constraint ck_staff_factor_kind check (kind in ('passkey', 'authenticator'))
) partition by list (force_id)
"""
HALFWAY = """
create table app.staff_halfway (
    force_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    cookie_hash bytea not null,
    proof bytea not null,
    tries_left integer not null,
    made_at timestamp with time zone default now() not null,
    constraint pk_staff_halfway primary key (force_id, id),
    constraint fk_staff_id_staff foreign key (force_id, staff_id) references app.staff (force_id, id),
    constraint uq_staff_halfway_cookie unique (force_id, cookie_hash)
) partition by list (force_id)
"""
INDEXES = (
    "create unique index uq_staff_factor_handle on app.staff_factor (force_id, handle) where handle is not null",
    "create unique index uq_staff_factor_one on app.staff_factor (force_id, staff_id, kind) where kind <> 'passkey'",
    "create index ix_staff_factor_staff on app.staff_factor (force_id, staff_id)",
    "create index ix_provider_session_subject on app.provider_session (force_id, subject)",
    "create index ix_provider_session_sid on app.provider_session (force_id, sid) where sid is not null",
)
GRANTS = {
    "provider": "select, insert, update",
    "provider_sign_in": "select, insert, delete",
    "provider_link": "select, insert, update, delete",
    "provider_session": "select, insert, delete",
    "staff_factor": "select, insert, update, delete",
    "staff_halfway": "select, insert, update, delete",
}
COMMENTS = {
    "table app.provider": (
        "force: how its own identity provider is set up; the row whose id is the force''s own counts"
    ),
    "column app.provider.used": "sealed: what is in use; null: people sign in here with a password",
    "column app.provider.draft": "sealed: what is being set up",
    "column app.provider.trial": "sealed: what came of trying the draft",
    "column app.provider.revision": "counts the changes of the draft: whoever saves says which they saw",
    "table app.provider_sign_in": (
        "force: a sign-in that a browser began at the provider, ended once within minutes; "
        "state, nonce and verifier are derived"
    ),
    "column app.provider_sign_in.bound": "hash of the cookie of the browser that began it",
    "column app.provider_sign_in.setup": "keyed hash of the set-up with which it began",
    "column app.provider_sign_in.destination": "the page that was asked for",
    "column app.provider_sign_in.staff_id": "who tries it out",
    "table app.provider_link": (
        "force: by what its provider knows a member of staff: the issuer and the subject, never an email address"
    ),
    "column app.provider_link.issuer": "keyed hash",
    "column app.provider_link.subject": "keyed hash of issuer and subject",
    "table app.provider_session": (
        "force: which session of the provider one of ours began with, so that one ends with the other"
    ),
    "column app.provider_session.subject": "keyed hash of issuer and subject",
    "column app.provider_session.sid": "keyed hash of the provider''s session",
    "column app.provider_session.id_token": "sealed: shown to the provider when signing out",
    "table app.staff_factor": "force: what a member of staff proves themselves with beside a password",
    "column app.staff_factor.content": "sealed: the secret of an app, or the public key of a passkey",
    "column app.staff_factor.handle": "keyed hash of the id of a passkey",
    "column app.staff_factor.counter": (
        "the newest step of an app that was used, or the sign counter of a passkey: neither goes back"
    ),
    "table app.staff_halfway": (
        "force: a browser of a member of staff that gave the right password, and has yet to take the second step; "
        "it opens nothing"
    ),
    "column app.staff_halfway.proof": (
        "keyed hash of the password that was proved, as it is stored: another one ends this"
    ),
    "column app.staff.second_step_waived": "somebody of the demonstration: heard in the embedded mode alone",
}


def upgrade() -> None:
    """Make the tables with their partitions, and a column that rewrites nothing."""
    for statement in (PROVIDER, SIGN_IN, LINK, SESSION, FACTOR, HALFWAY, *INDEXES):
        op.execute(statement)
    for table, rights in GRANTS.items():
        op.execute(f"alter table app.{table} enable row level security")
        op.execute(f"alter table app.{table} force row level security")
        op.execute(f"create policy one_force on app.{table} to tmc_app using ({OURS}) with check ({OURS})")
        op.execute(f"grant {rights} on app.{table} to tmc_app")
    op.execute("alter table app.staff add column second_step_waived boolean default false not null")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
