-- The first tables, as they were when the service began. Later changes are later migrations: this file does not change.

CREATE TABLE app.force (
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    wrapped_key BYTEA NOT NULL,
    configuration JSONB NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_force PRIMARY KEY (id),
    CONSTRAINT uq_force_slug UNIQUE (slug),
    CONSTRAINT ck_force_slug CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT ck_force_state CHECK (state in ('setting_up', 'live', 'suspended'))
);

COMMENT ON TABLE app.force IS 'national: a police force, its published configuration and its wrapped key';

COMMENT ON COLUMN app.force.wrapped_key IS 'no grant to the console';

CREATE TABLE app.operator (
    id UUID NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    active BOOLEAN NOT NULL,
    invite_hash BYTEA,
    invited_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_operator PRIMARY KEY (id),
    CONSTRAINT uq_operator_email UNIQUE (email)
);

COMMENT ON TABLE app.operator IS 'national: a national operator';

COMMENT ON COLUMN app.operator.invite_hash IS 'of the link by which they register';

CREATE TABLE app.operator_failure (
    id UUID NOT NULL,
    bucket BYTEA NOT NULL,
    window_start TIMESTAMP WITH TIME ZONE NOT NULL,
    failures INTEGER NOT NULL,
    CONSTRAINT pk_operator_failure PRIMARY KEY (id),
    CONSTRAINT uq_operator_failure_bucket UNIQUE (bucket, window_start)
);

COMMENT ON TABLE app.operator_failure IS 'national: failed sign-ins at the console, by a hash of account or network';

CREATE TABLE app.national_audit (
    id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id UUID NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail JSONB NOT NULL,
    CONSTRAINT pk_national_audit PRIMARY KEY (id)
);

CREATE INDEX ix_national_audit_at ON app.national_audit (at);

COMMENT ON TABLE app.national_audit IS 'national: what an operator did';

CREATE TABLE app.person (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    source_id TEXT NOT NULL,
    data_key BYTEA,
    identity BYTEA,
    contact BYTEA,
    pending_contact BYTEA,
    language TEXT NOT NULL,
    contact_by TEXT NOT NULL,
    ordering JSONB NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (force_id, id),
    CONSTRAINT fk_force FOREIGN KEY(force_id) REFERENCES app.force (id),
    CONSTRAINT uq_person_source UNIQUE (force_id, source_id)
)
 PARTITION BY LIST (force_id);

COMMENT ON TABLE app.person IS 'victim: a victim, reporter or proxy; who they are and how to reach them is sealed under their own key';

COMMENT ON COLUMN app.person.source_id IS 'the record system''s id of the person';

COMMENT ON COLUMN app.person.data_key IS 'wrapped; forgetting it erases the person';

COMMENT ON COLUMN app.person.identity IS 'sealed: names, date of birth';

COMMENT ON COLUMN app.person.contact IS 'sealed: email, mobile';

COMMENT ON COLUMN app.person.pending_contact IS 'sealed: what a person has to confirm';

COMMENT ON COLUMN app.person.contact_by IS 'feed or staff: staff outranks the feed';

COMMENT ON COLUMN app.person.ordering IS 'order of the newest event about the person';

CREATE TABLE app.staff (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    collar_number TEXT,
    email TEXT,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    active BOOLEAN NOT NULL,
    invited_at TIMESTAMP WITH TIME ZONE,
    ordering JSONB NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_staff PRIMARY KEY (force_id, id),
    CONSTRAINT fk_force FOREIGN KEY(force_id) REFERENCES app.force (id),
    CONSTRAINT ck_staff_role CHECK (role in ('', 'officer', 'supervisor', 'hub', 'admin'))
)
 PARTITION BY LIST (force_id);

CREATE UNIQUE INDEX uq_staff_email ON app.staff (force_id, email) WHERE email is not null;

CREATE UNIQUE INDEX uq_staff_collar ON app.staff (force_id, collar_number) WHERE collar_number is not null;

COMMENT ON TABLE app.staff IS 'force: an officer the feed names, or a member of staff who signs in';

COMMENT ON COLUMN app.staff.title IS 'PC, DC, Investigator: as the record system says';

COMMENT ON COLUMN app.staff.role IS 'empty: no sign-in';

COMMENT ON COLUMN app.staff.ordering IS 'order of the newest event that named the officer';

CREATE TABLE app.session (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    cookie_hash BYTEA NOT NULL,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    csrf TEXT NOT NULL,
    case_id UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (force_id, id),
    CONSTRAINT fk_force FOREIGN KEY(force_id) REFERENCES app.force (id),
    CONSTRAINT uq_session_cookie UNIQUE (force_id, cookie_hash),
    CONSTRAINT ck_session_kind CHECK (kind in ('victim', 'staff'))
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_session_subject ON app.session (force_id, subject_id);

COMMENT ON TABLE app.session IS 'victim: a signed-in browser; only the hash of its cookie is stored';

COMMENT ON COLUMN app.session.case_id IS 'the case a victim with several chose';

CREATE TABLE app.failure (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    bucket BYTEA NOT NULL,
    window_start TIMESTAMP WITH TIME ZONE NOT NULL,
    failures INTEGER NOT NULL,
    CONSTRAINT pk_failure PRIMARY KEY (force_id, id),
    CONSTRAINT fk_force FOREIGN KEY(force_id) REFERENCES app.force (id),
    CONSTRAINT uq_failure_bucket UNIQUE (force_id, bucket, window_start)
)
 PARTITION BY LIST (force_id);

COMMENT ON TABLE app.failure IS 'force: failed sign-ins, by a keyed hash of account, device or network';

CREATE TABLE app.client (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    client_id TEXT NOT NULL,
    name TEXT NOT NULL,
    secret_hash BYTEA NOT NULL,
    active BOOLEAN NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    last_used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_client PRIMARY KEY (force_id, id),
    CONSTRAINT fk_force FOREIGN KEY(force_id) REFERENCES app.force (id),
    CONSTRAINT uq_client_client_id UNIQUE (force_id, client_id)
)
 PARTITION BY LIST (force_id);

COMMENT ON TABLE app.client IS 'force: a record system''s client; its secret is stored as a hash';

CREATE TABLE app.force_figure (
    id UUID NOT NULL,
    force_id UUID NOT NULL,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    counted_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_force_figure PRIMARY KEY (id),
    CONSTRAINT fk_force_figure_force_id_force FOREIGN KEY(force_id) REFERENCES app.force (id),
    CONSTRAINT uq_force_figure_name UNIQUE (force_id, name)
);

COMMENT ON TABLE app.force_figure IS 'national: counts of a force, written by its own jobs';

CREATE TABLE app.operator_session (
    id UUID NOT NULL,
    operator_id UUID NOT NULL,
    cookie_hash BYTEA NOT NULL,
    csrf TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_operator_session PRIMARY KEY (id),
    CONSTRAINT fk_operator_session_operator_id_operator FOREIGN KEY(operator_id) REFERENCES app.operator (id),
    CONSTRAINT uq_operator_session_cookie UNIQUE (cookie_hash)
);

COMMENT ON TABLE app.operator_session IS 'national: a signed-in operator''s browser; the cookie itself is not stored';

CREATE TABLE app.audit (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id UUID NOT NULL,
    what TEXT NOT NULL,
    subject_id UUID,
    case_id UUID,
    reason BYTEA,
    detail JSONB NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (force_id, id),
    CONSTRAINT fk_force FOREIGN KEY(force_id) REFERENCES app.force (id)
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_audit_case ON app.audit (force_id, case_id, at);

CREATE INDEX ix_audit_at ON app.audit (force_id, at, id);

COMMENT ON TABLE app.audit IS 'victim: who did what to what and when (Data Protection Act 2018, section 62); insert only';

COMMENT ON COLUMN app.audit.reason IS 'sealed under the case''s key';

COMMENT ON COLUMN app.audit.detail IS 'ids, counts and names of things; never text';

CREATE TABLE app.audit_seal (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    position BIGINT NOT NULL,
    audit_id UUID NOT NULL,
    audit_at TIMESTAMP WITH TIME ZONE NOT NULL,
    digest BYTEA NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_audit_seal PRIMARY KEY (force_id, id),
    CONSTRAINT fk_force FOREIGN KEY(force_id) REFERENCES app.force (id),
    CONSTRAINT uq_audit_seal_position UNIQUE (force_id, position),
    CONSTRAINT uq_audit_seal_audit UNIQUE (force_id, audit_id)
)
 PARTITION BY LIST (force_id);

COMMENT ON TABLE app.audit_seal IS 'force: the gap-free chain over audit rows; insert only';

COMMENT ON COLUMN app.audit_seal.audit_at IS 'when the sealed row was written: where the next search begins';

CREATE TABLE app."case" (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    reference TEXT NOT NULL,
    folded_reference TEXT NOT NULL,
    data_key BYTEA,
    known BOOLEAN NOT NULL,
    offence_code TEXT NOT NULL,
    offence_title TEXT NOT NULL,
    offence_group TEXT NOT NULL,
    risky BOOLEAN NOT NULL,
    tracked BOOLEAN NOT NULL,
    released BOOLEAN NOT NULL,
    summary BYTEA,
    reported_at TIMESTAMP WITH TIME ZONE,
    officer_id UUID,
    stage TEXT NOT NULL,
    outcome INTEGER,
    closed BOOLEAN NOT NULL,
    orders JSONB NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_case PRIMARY KEY (force_id, id),
    CONSTRAINT fk_force FOREIGN KEY(force_id) REFERENCES app.force (id),
    CONSTRAINT fk_officer_id_staff FOREIGN KEY(force_id, officer_id) REFERENCES app.staff (force_id, id),
    CONSTRAINT uq_case_reference UNIQUE (force_id, folded_reference)
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_case_officer ON app."case" (force_id, officer_id) WHERE officer_id is not null;

COMMENT ON TABLE app."case" IS 'victim: one crime reference; a stub (not known) waits for its crime to be recorded';

COMMENT ON COLUMN app."case".folded_reference IS 'letters and digits alone, as people type it';

COMMENT ON COLUMN app."case".data_key IS 'wrapped; forgetting it erases the texts';

COMMENT ON COLUMN app."case".risky IS 'the offence belongs to a risky group, or nobody knows';

COMMENT ON COLUMN app."case".tracked IS 'the force lets this offence be followed online';

COMMENT ON COLUMN app."case".released IS 'false: from a first load, nobody is told anything yet';

COMMENT ON COLUMN app."case".summary IS 'sealed';

COMMENT ON COLUMN app."case".orders IS 'order of the newest event by type and subject';

CREATE TABLE app.account (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    password_hash TEXT NOT NULL,
    email_on BOOLEAN NOT NULL,
    text_on BOOLEAN NOT NULL,
    mobile BYTEA,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (force_id, id),
    CONSTRAINT fk_person_id_person FOREIGN KEY(force_id, person_id) REFERENCES app.person (force_id, id),
    CONSTRAINT uq_account_person UNIQUE (force_id, person_id)
)
 PARTITION BY LIST (force_id);

COMMENT ON TABLE app.account IS 'victim: a person who registered, and what they chose to be told';

COMMENT ON COLUMN app.account.mobile IS 'sealed: the number they gave for texts';

CREATE TABLE app.case_person (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    person_id UUID NOT NULL,
    role TEXT NOT NULL,
    consent TEXT NOT NULL,
    suitability TEXT NOT NULL,
    suitability_by TEXT NOT NULL,
    safety TEXT[],
    enhanced BOOLEAN NOT NULL,
    proxy_for UUID,
    CONSTRAINT pk_case_person PRIMARY KEY (force_id, id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id),
    CONSTRAINT fk_person_id_person FOREIGN KEY(force_id, person_id) REFERENCES app.person (force_id, id),
    CONSTRAINT fk_proxy_for_person FOREIGN KEY(force_id, proxy_for) REFERENCES app.person (force_id, id),
    CONSTRAINT uq_case_person UNIQUE (force_id, case_id, person_id),
    CONSTRAINT ck_case_person_role CHECK (role in ('victim', 'reporter', 'proxy')),
    CONSTRAINT ck_case_person_consent CHECK (consent in ('opted_in', 'opted_out')),
    CONSTRAINT ck_case_person_suitability CHECK (suitability in ('suitable', 'unsuitable', 'not_assessed'))
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_case_person_person ON app.case_person (force_id, person_id);

COMMENT ON TABLE app.case_person IS 'victim: a person''s part in a case: role, consent, suitability, safety';

COMMENT ON COLUMN app.case_person.suitability_by IS 'feed or staff: staff outranks the feed';

COMMENT ON COLUMN app.case_person.safety IS 'null: nobody asked; empty: asked, none';

CREATE TABLE app.timeline_entry (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    audience TEXT NOT NULL,
    persons UUID[] NOT NULL,
    author_kind TEXT NOT NULL,
    author_id UUID,
    author_name TEXT NOT NULL,
    body BYTEA,
    language TEXT NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    arrived_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    event_id TEXT,
    CONSTRAINT pk_timeline_entry PRIMARY KEY (force_id, id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id),
    CONSTRAINT ck_timeline_entry_kind CHECK (kind in ('update', 'message', 'reply', 'notice', 'note')),
    CONSTRAINT ck_timeline_entry_audience CHECK (audience in ('everyone', 'named', 'staff'))
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_timeline_entry_case ON app.timeline_entry (force_id, case_id, happened_at desc, id desc);

CREATE UNIQUE INDEX uq_timeline_entry_event ON app.timeline_entry (force_id, event_id) WHERE event_id is not null;

COMMENT ON TABLE app.timeline_entry IS 'victim: an update, message, notice or internal note; its text is sealed under the case''s key';

COMMENT ON COLUMN app.timeline_entry.topic IS 'arrest, bail, property_recovered, ...: what an update is about';

COMMENT ON COLUMN app.timeline_entry.persons IS 'who may read it, when named';

COMMENT ON COLUMN app.timeline_entry.author_name IS 'the officer''s or unit''s; never a victim''s';

COMMENT ON COLUMN app.timeline_entry.body IS 'sealed';

COMMENT ON COLUMN app.timeline_entry.event_id IS 'the record system''s event it came from';

CREATE TABLE app.property_item (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    source_id TEXT NOT NULL,
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    value_pence INTEGER,
    description BYTEA,
    CONSTRAINT pk_property_item PRIMARY KEY (force_id, id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id),
    CONSTRAINT uq_property_item_source UNIQUE (force_id, case_id, source_id),
    CONSTRAINT ck_property_item_status CHECK (status in ('missing', 'damaged', 'recovered'))
)
 PARTITION BY LIST (force_id);

COMMENT ON TABLE app.property_item IS 'victim: missing, damaged or recovered property; its description is sealed under the case''s key';

COMMENT ON COLUMN app.property_item.description IS 'sealed: description, make, model, serial';

CREATE TABLE app.hearing (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    event_id TEXT NOT NULL,
    court TEXT NOT NULL,
    hearing_type TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_hearing PRIMARY KEY (force_id, id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id),
    CONSTRAINT uq_hearing_event UNIQUE (force_id, event_id)
)
 PARTITION BY LIST (force_id);

COMMENT ON TABLE app.hearing IS 'victim: a listed hearing';

CREATE TABLE app.duty (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    met_at TIMESTAMP WITH TIME ZONE,
    met_by UUID,
    CONSTRAINT pk_duty PRIMARY KEY (force_id, id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id),
    CONSTRAINT uq_duty_since UNIQUE (force_id, case_id, what, since)
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_duty_due ON app.duty (force_id, due_at) WHERE met_at is null;

COMMENT ON TABLE app.duty IS 'victim: something owed to a victim by a date, and whether it was kept';

COMMENT ON COLUMN app.duty.why IS 'the rule, and the rule set''s version';

COMMENT ON COLUMN app.duty.met_by IS 'the timeline entry that met it';

CREATE TABLE app.opening (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    staff_id UUID NOT NULL,
    case_id UUID NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_opening PRIMARY KEY (force_id, id),
    CONSTRAINT fk_staff_id_staff FOREIGN KEY(force_id, staff_id) REFERENCES app.staff (force_id, id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id)
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_opening_staff_case ON app.opening (force_id, staff_id, case_id, opened_at desc);

COMMENT ON TABLE app.opening IS 'force: that a member of staff opened a case; the reason is in the audit';

CREATE TABLE app.invite (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    case_id UUID NOT NULL,
    state TEXT NOT NULL,
    tries_left INTEGER NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_invite PRIMARY KEY (force_id, id),
    CONSTRAINT fk_person_id_person FOREIGN KEY(force_id, person_id) REFERENCES app.person (force_id, id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id),
    CONSTRAINT ck_invite_state CHECK (state in ('open', 'used', 'died', 'expired', 'withdrawn'))
)
 PARTITION BY LIST (force_id);

CREATE UNIQUE INDEX uq_invite_open ON app.invite (force_id, person_id) WHERE state = 'open';

COMMENT ON TABLE app.invite IS 'victim: an invitation to register; the link is derived, never stored';

CREATE TABLE app.event (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    source_id TEXT NOT NULL,
    digest BYTEA NOT NULL,
    type TEXT NOT NULL,
    case_id UUID,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    content BYTEA,
    backfill BOOLEAN NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY (force_id, id),
    CONSTRAINT fk_force FOREIGN KEY(force_id) REFERENCES app.force (id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id),
    CONSTRAINT uq_event_source UNIQUE (force_id, source_id, digest),
    CONSTRAINT ck_event_state CHECK (state in ('applied', 'held', 'dismissed'))
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_event_held ON app.event (force_id, case_id) WHERE state = 'held';

COMMENT ON TABLE app.event IS 'victim: an event from the record system, stored once; its content is sealed under its case''s key, else the force''s';

COMMENT ON COLUMN app.event.reason IS 'why it is held: a name, then the words for the force';

COMMENT ON COLUMN app.event.content IS 'sealed';

CREATE TABLE app.feed_entry (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    transaction xid8 DEFAULT pg_current_xact_id() NOT NULL,
    position BIGINT GENERATED ALWAYS AS IDENTITY,
    type TEXT NOT NULL,
    case_id UUID,
    person_id UUID,
    entry_id UUID,
    detail JSONB NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_feed_entry PRIMARY KEY (force_id, id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id)
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_feed_entry_cursor ON app.feed_entry (force_id, transaction, position);

COMMENT ON TABLE app.feed_entry IS 'victim: what the force''s systems should know; read up to the oldest transaction still open';

COMMENT ON COLUMN app.feed_entry.detail IS 'never text or contact details';

CREATE TABLE app.read_mark (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    entry_id UUID NOT NULL,
    reader_id UUID NOT NULL,
    reader_kind TEXT NOT NULL,
    reader_name TEXT NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_read_mark PRIMARY KEY (force_id, id),
    CONSTRAINT fk_entry_id_timeline_entry FOREIGN KEY(force_id, entry_id) REFERENCES app.timeline_entry (force_id, id),
    CONSTRAINT uq_read_mark UNIQUE (force_id, entry_id, reader_id)
)
 PARTITION BY LIST (force_id);

COMMENT ON TABLE app.read_mark IS 'victim: who has read an entry, and when';

COMMENT ON COLUMN app.read_mark.reader_name IS 'staff''s; never a victim''s';

CREATE TABLE app.task (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    case_id UUID,
    person_id UUID,
    entry_id UUID,
    owner_id UUID,
    why JSONB NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    done_by UUID,
    CONSTRAINT pk_task PRIMARY KEY (force_id, id),
    CONSTRAINT fk_case_id_case FOREIGN KEY(force_id, case_id) REFERENCES app."case" (force_id, id),
    CONSTRAINT fk_person_id_person FOREIGN KEY(force_id, person_id) REFERENCES app.person (force_id, id),
    CONSTRAINT fk_entry_id_timeline_entry FOREIGN KEY(force_id, entry_id) REFERENCES app.timeline_entry (force_id, id),
    CONSTRAINT fk_owner_id_staff FOREIGN KEY(force_id, owner_id) REFERENCES app.staff (force_id, id)
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_task_waiting ON app.task (force_id, due_at) WHERE done_at is null;

CREATE UNIQUE INDEX uq_task_open ON app.task (force_id, kind, subject) WHERE done_at is null;

CREATE INDEX ix_task_case ON app.task (force_id, case_id);

COMMENT ON TABLE app.task IS 'victim: something a person must do, by when, and who has it';

COMMENT ON COLUMN app.task.subject IS 'what makes two open tasks of a kind the same';

COMMENT ON COLUMN app.task.why IS 'reasons by name; the page words them';

CREATE TABLE app.notification (
    force_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    person_id UUID,
    staff_id UUID,
    invite_id UUID,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    not_before TIMESTAMP WITH TIME ZONE NOT NULL,
    why TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_notification PRIMARY KEY (force_id, id),
    CONSTRAINT fk_person_id_person FOREIGN KEY(force_id, person_id) REFERENCES app.person (force_id, id),
    CONSTRAINT fk_staff_id_staff FOREIGN KEY(force_id, staff_id) REFERENCES app.staff (force_id, id),
    CONSTRAINT fk_invite_id_invite FOREIGN KEY(force_id, invite_id) REFERENCES app.invite (force_id, id),
    CONSTRAINT ck_notification_channel CHECK (channel in ('email', 'text')),
    CONSTRAINT ck_notification_state CHECK (state in ('queued', 'leased', 'sent', 'dropped', 'dead'))
)
 PARTITION BY LIST (force_id);

CREATE INDEX ix_notification_waiting ON app.notification (force_id, not_before) WHERE state in ('queued', 'leased');

CREATE UNIQUE INDEX uq_notification_queued ON app.notification (force_id, kind, channel, person_id) WHERE state = 'queued';

COMMENT ON TABLE app.notification IS 'victim: the outbox: whom to tell by which channel; never what about';

COMMENT ON COLUMN app.notification.why IS 'why it was dropped or failed last, by name';
