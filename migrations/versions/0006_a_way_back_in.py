"""A forgotten password, a device that is shared, and an account that its owner closes or wants nobody to enter."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OURS = "force_id = current_setting('app.force_id')::uuid"  # no force bound is an error, not zero rows

RESET = """
create table app.reset (
    force_id uuid not null,
    id uuid not null,
    person_id uuid,
    case_id uuid,
    confirmed_by uuid,
    state text not null,
    expires_at timestamp with time zone not null,
    made_at timestamp with time zone default now() not null,
    constraint pk_reset primary key (force_id, id),
    constraint fk_person_id_person foreign key (force_id, person_id) references app.person (force_id, id),
    constraint fk_case_id_case foreign key (force_id, case_id) references app."case" (force_id, id),
    constraint fk_confirmed_by_staff foreign key (force_id, confirmed_by) references app.staff (force_id, id),
    constraint ck_reset_state check (state in ('open', 'used', 'withdrawn'))
)
 partition by list (force_id)
"""
COMMENTS = {
    "table app.reset": "victim: somebody asked for a new password; the link is derived, never stored",
    "column app.reset.person_id": "null: nobody has the facts that were given; the same was done all the same",
    "column app.reset.confirmed_by": "who of the staff spoke with the person first; else a risk stands against sending it",
    "column app.account.state": "frozen: somebody else may be reading; closed: its owner has stopped using the service",
    "column app.account.devices": "what cookies of known devices name; null: the person. A new one forgets them all",
    "column app.account.link_on": "whether notifications carry a link: a message without one says less",
    "column app.session.shared": "a device that others use too: it ends sooner, and the device is not remembered",
    "column app.session.browser": "its kind at most: no version, no place, no network",
}


def upgrade() -> None:
    """Make the table and the columns; every column has a constant default, so that nothing is rewritten."""
    op.execute(RESET)
    op.execute("create unique index uq_reset_open on app.reset (force_id, person_id) where state = 'open'")
    op.execute("alter table app.reset enable row level security")
    op.execute("alter table app.reset force row level security")
    op.execute(f"create policy one_force on app.reset to tmc_app using ({OURS}) with check ({OURS})")
    op.execute("grant select, insert, update on app.reset to tmc_app")
    op.execute("select app.ensure_partitions(id, slug) from app.force")
    op.execute("alter table app.account add column state text default 'open' not null")
    op.execute("alter table app.account add constraint ck_account_state check (state in ('open', 'frozen', 'closed'))")
    op.execute("alter table app.account add column devices uuid")
    op.execute("create unique index uq_account_devices on app.account (force_id, devices) where devices is not null")
    op.execute("alter table app.account add column link_on boolean default true not null")
    op.execute("alter table app.session add column shared boolean default false not null")
    op.execute("alter table app.session add column browser text default 'other' not null")
    kinds = "('chrome', 'edge', 'firefox', 'safari', 'other')"
    op.execute(f"alter table app.session add constraint ck_session_browser check (browser in {kinds})")
    for what, comment in COMMENTS.items():
        op.execute(f"comment on {what} is '{comment}'")
