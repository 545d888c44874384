"""The way of a case is kept, a closed case knows since when, and people ask for their own data."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
STEP = """
create table app.step (
    force_id uuid not null,
    id uuid not null,
    case_id uuid not null,
    event_id text not null,
    what text not null,
    value text not null,
    at timestamp with time zone not null,
    constraint pk_step primary key (force_id, id),
    constraint fk_case_id_case foreign key (force_id, case_id) references app."case" (force_id, id),
    constraint uq_step_event unique (force_id, case_id, event_id),
    constraint ck_step_what check (what in ('stage', 'outcome', 'closed', 'reopened'))
) partition by list (force_id)
"""
DATA_REQUEST = """
create table app.data_request (
    force_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    case_id uuid not null,
    state text not null,
    asked_at timestamp with time zone default now() not null,
    ready_at timestamp with time zone not null,
    content bytea,
    constraint pk_data_request primary key (force_id, id),
    constraint fk_person_id_person foreign key (force_id, person_id) references app.person (force_id, id),
    constraint fk_case_id_case foreign key (force_id, case_id) references app."case" (force_id, id),
    constraint ck_data_request_state check (state in ('waiting', 'cancelled', 'ready', 'deleted'))
) partition by list (force_id)
"""
INDEXES = (
    "create index ix_data_request_person on app.data_request (force_id, person_id, ready_at)",
    "create index ix_data_request_open on app.data_request (force_id, ready_at) where state in ('waiting', 'ready')",
    "create unique index uq_data_request_waiting on app.data_request (force_id, person_id) where state = 'waiting'",
)
COMMENTS = {
    "table app.step": "victim: a stage, an outcome, a closing or an opening again: a step of a case's way, kept whatever comes later",
    "column app.step.value": "the stage, or the outcome's code",
    "table app.data_request": "victim: a request for one's data: it waits so that it can be cancelled, then it is there for some days",
    "column app.data_request.case_id": "the case they looked at when they asked",
    "column app.data_request.content": "sealed: what they may see, as JSON",
    "column app.case.closed_at": "of the closing that holds; a year on its victims read no more",
    "column app.account.copies_shown": "somebody at risk chose to see copies",
}
# The order of the newest closing or opening again has its moment, in UTC.
CLOSED_SINCE = """
update app.case set closed_at = (orders->'closed'->>1)::timestamp at time zone 'UTC' where closed and orders ? 'closed'
"""


def upgrade() -> None:
    """Make both tables and both columns, and say of each case that is closed already since when it is."""
    op.execute(STEP)
    op.execute(DATA_REQUEST)
    for statement in INDEXES:
        op.execute(statement)
    for table, rights in (("step", "select, insert"), ("data_request", "select, insert, update")):
        op.execute(f"alter table app.{table} enable row level security")
        op.execute(f"alter table app.{table} force row level security")
        op.execute(f"create policy one_force on app.{table} to tmc_app using ({OURS}) with check ({OURS})")
        op.execute(f"grant {rights} on app.{table} to tmc_app")
    op.execute("alter table app.case add column closed_at timestamp with time zone")
    op.execute("alter table app.account add column copies_shown boolean default false not null")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment.replace(chr(39), chr(39) * 2)}'")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
    fill()


def fill() -> None:
    """Fill the new column, for once as the owner whom the policy does not bind, in this transaction alone."""
    op.execute("alter table app.case no force row level security")
    op.execute(CLOSED_SINCE)
    op.execute("alter table app.case force row level security")
