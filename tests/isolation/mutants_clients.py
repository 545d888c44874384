"""The checks on connections and on records that wait, and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

CLIENTS = (
    M(
        "what a connection may do",
        "web.api.admission:admit",
        'permission not in {f"machine:{each}" for each in acting.may}',
        "False",
        ("impostors' tokens",),
    ),
    M(
        "a way in of this connection",
        "domain.identity.clients:end_key",
        "key_id not in {key.id for key in keys}",
        "False",
        ("deeds",),
    ),
    M(
        "for whom a record may be said to be",
        "domain.ingest.settling:correct",
        "if not {*to} <= {person for person, _name in await _people(tx, case)}:",
        "if False:",
        ("deeds",),
    ),
    M(
        "the case of a record",
        "domain.ingest.settling:_open_to",
        "await cases_of_staff.seen_by_actor(tx, found.case_id)",
        "pass",
        ("deeds",),
    ),
    M(
        "records that may be read",
        "store.waiting:_ONE_LISTED",
        "and e.state in ('held', 'dismissed')",
        "",
        ("deeds",),
    ),
)
