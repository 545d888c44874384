"""More ways to sign in than a password: passkeys, an authenticator app, a printed card of codes."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
FACTOR = """
create table app.factor (
    force_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    kind text not null,
    content bytea not null,
    handle bytea,
    counter bigint default 0 not null,
    made_at timestamp with time zone default now() not null,
    used_at timestamp with time zone,
    constraint pk_factor primary key (force_id, id),
    constraint fk_person_id_person foreign key (force_id, person_id) references app.person (force_id, id),
    constraint ck_factor_kind check (kind in ('passkey', 'authenticator', 'card', 'text'))
) partition by list (force_id)
"""
CARD_CODE = """
create table app.card_code (
    force_id uuid not null,
    id uuid not null,
    factor_id uuid not null,
    code_hash bytea not null,
    used_at timestamp with time zone,
    constraint pk_card_code primary key (force_id, id),
    constraint fk_factor_id_factor foreign key (force_id, factor_id) references app.factor (force_id, id) on delete cascade,
    constraint uq_card_code unique (force_id, code_hash)
) partition by list (force_id)
"""
CHALLENGE = """
create table app.challenge (
    force_id uuid not null,
    id uuid not null,
    purpose text not null,
    bound bytea not null,
    made_at timestamp with time zone default now() not null,
    constraint pk_challenge primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint uq_challenge unique (force_id, bound, purpose),
    constraint ck_challenge_purpose check (purpose in ('authenticator_new', 'passkey_new', 'passkey_use'))
) partition by list (force_id)
"""
HALFWAY = """
create table app.halfway (
    force_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    cookie_hash bytea not null,
    proof bytea not null,
    tries_left integer not null,
    shared boolean not null,
    made_at timestamp with time zone default now() not null,
    constraint pk_halfway primary key (force_id, id),
    constraint fk_person_id_person foreign key (force_id, person_id) references app.person (force_id, id),
    constraint uq_halfway_cookie unique (force_id, cookie_hash)
) partition by list (force_id)
"""
INDEXES = (
    "create unique index uq_factor_handle on app.factor (force_id, handle) where handle is not null",
    "create unique index uq_factor_one on app.factor (force_id, person_id, kind) where kind <> 'passkey'",
    "create index ix_factor_person on app.factor (force_id, person_id)",
    "create index ix_card_code_factor on app.card_code (force_id, factor_id)",
)
COMMENTS = {
    "table app.factor": "victim: a way to sign in beside a password",
    "column app.factor.content": "sealed: what its owner calls it; the secret of an app or the public key of a passkey",
    "column app.factor.handle": "keyed hash of the id of a passkey",
    "column app.factor.counter": "the newest step of an app that was used, or the sign counter of a passkey: neither goes back",
    "table app.card_code": "victim: one of the codes of a printed card; only its keyed hash is stored, and it works once",
    "table app.challenge": "victim: what a browser has to answer, once, within minutes; its value is derived, never stored",
    "column app.challenge.bound": "hash of the cookie, or id of the session, to which it was given",
    "table app.halfway": "victim: a browser that gave the right password, and has yet to give a code; it opens nothing",
    "column app.halfway.proof": "keyed hash of the password that was proved, as it is stored: another one ends this",
    "column app.account.factors_lost_by": "who of the staff put forward that they lost their ways to sign in",
}


def upgrade() -> None:
    """Make the tables with their partitions, and a column that rewrites nothing."""
    for table in (FACTOR, CARD_CODE, CHALLENGE, HALFWAY, *INDEXES):
        op.execute(table)
    for table in ("factor", "card_code", "challenge", "halfway"):
        op.execute(f"alter table app.{table} enable row level security")
        op.execute(f"alter table app.{table} force row level security")
        op.execute(f"create policy one_force on app.{table} to tmc_app using ({OURS}) with check ({OURS})")
        op.execute(f"grant select, insert, update, delete on app.{table} to tmc_app")
    op.execute("alter table app.account add column factors_lost_by uuid")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
