"""What goes and when: legal holds, proof of deletion, what does not come back, and requests about data that came another way."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"
DELETION = """
create table app.deletion (
    force_id uuid not null,
    id uuid not null,
    what text not null,
    number integer not null,
    schedule integer not null,
    digest bytea not null,
    made_at timestamp with time zone default now() not null,
    constraint pk_deletion primary key (force_id, id),
    constraint fk_force foreign key (force_id) references app.force (id),
    constraint ck_deletion_what check (what in ('cases', 'people', 'records', 'notifications', 'erasure'))
) partition by list (force_id)
"""
GONE = """
create table app.gone (
    force_id uuid not null,
    id uuid not null,
    kind text not null,
    mark bytea not null,
    deletion_id uuid not null,
    constraint pk_gone primary key (force_id, id),
    constraint fk_deletion_id_deletion foreign key (force_id, deletion_id) references app.deletion (force_id, id),
    constraint uq_gone_mark unique (force_id, kind, mark),
    constraint ck_gone_kind check (kind in ('case', 'person'))
) partition by list (force_id)
"""
HOLD = """
create table app.legal_hold (
    force_id uuid not null,
    id uuid not null,
    case_id uuid not null,
    why bytea not null,
    placed_by uuid not null,
    placed_at timestamp with time zone default now() not null,
    lifting bytea,
    lifted_by uuid,
    lifted_at timestamp with time zone,
    constraint pk_legal_hold primary key (force_id, id),
    constraint fk_case_id_case foreign key (force_id, case_id) references app."case" (force_id, id),
    constraint fk_placed_by_staff foreign key (force_id, placed_by) references app.staff (force_id, id),
    constraint fk_lifted_by_staff foreign key (force_id, lifted_by) references app.staff (force_id, id)
) partition by list (force_id)
"""
RIGHT = """
create table app.rights_request (
    force_id uuid not null,
    id uuid not null,
    kind text not null,
    via text not null,
    case_id uuid,
    person_id uuid,
    received_on date not null,
    due_on date not null,
    state text not null,
    made_by uuid not null,
    made_at timestamp with time zone default now() not null,
    decided_by uuid,
    decided_at timestamp with time zone,
    why bytea,
    deletion_id uuid,
    constraint pk_rights_request primary key (force_id, id),
    constraint fk_case_id_case foreign key (force_id, case_id) references app."case" (force_id, id),
    constraint fk_person_id_person foreign key (force_id, person_id) references app.person (force_id, id),
    constraint fk_made_by_staff foreign key (force_id, made_by) references app.staff (force_id, id),
    constraint fk_decided_by_staff foreign key (force_id, decided_by) references app.staff (force_id, id),
    constraint fk_deletion_id_deletion foreign key (force_id, deletion_id) references app.deletion (force_id, id),
    constraint ck_rights_request_kind check (kind in ('access', 'correction', 'erasure')),
    constraint ck_rights_request_via check (via in ('letter', 'email', 'telephone', 'in_person')),
    constraint ck_rights_request_state check (state in ('open', 'granted', 'refused'))
) partition by list (force_id)
"""
# What points at a case or a person is found by index when it goes, and so is what is due to go.
INDEXES = (
    "create index ix_deletion_made on app.deletion (force_id, made_at desc, id)",
    "create index ix_gone_deletion on app.gone (force_id, deletion_id)",
    "create unique index uq_legal_hold_standing on app.legal_hold (force_id, case_id) where lifted_at is null",
    "create index ix_legal_hold_case on app.legal_hold (force_id, case_id)",
    "create index ix_rights_request_case on app.rights_request (force_id, case_id) where case_id is not null",
    "create index ix_rights_request_person on app.rights_request (force_id, person_id) where person_id is not null",
    "create index ix_rights_request_due on app.rights_request (force_id, due_on) where state = 'open'",
    'create index ix_case_closed on app."case" (force_id, closed_at) where closed',
    "create index ix_person_alone on app.person (force_id, alone_since) where alone_since is not null",
    "create index ix_event_case on app.event (force_id, case_id) where case_id is not null",
    "create index ix_event_settled on app.event (force_id, received_at) where state <> 'held' and content is not null",
    "create index ix_notification_ended on app.notification (force_id, ended_at) where ended_at is not null",
    "create index ix_notification_person on app.notification (force_id, person_id) where person_id is not null",
    "create index ix_notification_invite on app.notification (force_id, invite_id) where invite_id is not null",
    "create index ix_feed_entry_case on app.feed_entry (force_id, case_id) where case_id is not null",
    "create index ix_hearing_case on app.hearing (force_id, case_id)",
    "create index ix_opening_case on app.opening (force_id, case_id)",
    "create index ix_invite_case on app.invite (force_id, case_id)",
    "create index ix_reset_case on app.reset (force_id, case_id) where case_id is not null",
    "create index ix_reset_person on app.reset (force_id, person_id) where person_id is not null",
    "create index ix_data_request_case on app.data_request (force_id, case_id)",
    "create index ix_draft_person on app.draft (force_id, person_id)",
    "create index ix_halfway_person on app.halfway (force_id, person_id)",
    "create index ix_task_person on app.task (force_id, person_id) where person_id is not null",
    "create index ix_task_entry on app.task (force_id, entry_id) where entry_id is not null",
    "create index ix_case_person_proxy on app.case_person (force_id, proxy_for) where proxy_for is not null",
)
GRANTS = {
    "deletion": "select, insert",
    "gone": "select, insert, delete",
    "legal_hold": "select, insert, update, delete",
    "rights_request": "select, insert, update",
}
GOES = (
    *("account", "case", "case_person", "data_request", "event", "feed_entry", "hearing", "invite", "notification"),
    *("opening", "person", "property_item", "read_mark", "step", "task", "timeline_entry"),
)
COMMENTS = {
    "table app.deletion": "force: that something was deleted under its schedule, or somebody erased: the proof of it",
    "column app.deletion.schedule": "the version of the configuration under which it went",
    "column app.deletion.digest": "SHA-256 over the ids of what went, in order; the audit has it too",
    "table app.gone": "victim: what was deleted and must not come back by itself: no more of it than a keyed hash",
    "column app.gone.mark": "keyed hash of the crime''s reference, or of the record system''s id of the person",
    "table app.legal_hold": "force: that nothing of a case may be deleted, and why",
    "column app.legal_hold.why": "sealed: why it was placed, in their words",
    "column app.legal_hold.lifting": "sealed: why it was lifted, in their words",
    "table app.rights_request": "victim: a request about somebody''s data that came by letter, telephone or in person",
    "column app.rights_request.person_id": "null: they were erased, or have gone",
    "column app.rights_request.due_on": "one month after it was received (Data Protection Act 2018, section 54)",
    "column app.rights_request.why": "sealed: why it was decided so, in their words",
    "column app.person.alone_since": "when they were last taken off a case that went; they may be on another one again",
    "column app.case.closed_at": "of the closing that holds; what the force keeps is counted from it",
}


def upgrade() -> None:
    """Make the tables with their partitions, and let the service delete what the schedule says."""
    op.execute("alter table app.person add column alone_since timestamp with time zone")
    for statement in (DELETION, GONE, HOLD, RIGHT, *INDEXES):
        op.execute(statement)
    for table, rights in GRANTS.items():
        op.execute(f"alter table app.{table} enable row level security")
        op.execute(f"alter table app.{table} force row level security")
        op.execute(f"create policy one_force on app.{table} to tmc_app using ({OURS}) with check ({OURS})")
        op.execute(f"grant {rights} on app.{table} to tmc_app")
    for table in GOES:
        op.execute(f'grant delete on app."{table}" to tmc_app')
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
