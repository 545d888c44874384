"""The ledger of relations: everything in the database, as PostgreSQL lists it, and whose data it holds."""

from collections.abc import Mapping

import asyncpg

from trackmycrime.tx.tables import Holds

_VICTIM = (
    *(
        "account",
        "audit",
        "card_code",
        "case",
        "case_person",
        "challenge",
        "data_request",
        "draft",
        "duty",
        "event",
        "factor",
        "feed_entry",
        "gone",
        "halfway",
        "hearing",
        "invite",
        "notification",
    ),
    *(
        "person",
        "property_item",
        "read_mark",
        "reset",
        "rights_request",
        "session",
        "step",
        "task",
        "text_code",
        "timeline_entry",
    ),
)
_FORCE = (
    *(
        "admin_request",
        "audit_check",
        "audit_seal",
        "client",
        "client_key",
        "client_proof",
        "configuration_draft",
        "configuration_version",
        "deletion",
        "deputy",
        "failure",
        "feed_alert",
        "first_load",
        "logo",
        "legal_hold",
        "looked_at",
        "monthly_figure",
        "opening",
        "staff",
        "staff_import",
    ),
    *("provider", "provider_link", "provider_session", "provider_sign_in", "staff_factor", "staff_halfway"),
)
_NATIONAL = ("force", "force_figure", "national_audit", "operator", "operator_failure", "operator_session")
# What holds nobody's data: the list of migrations, and the counter behind the feed's positions.
_NOBODY = ("migration", "feed_entry_position_seq")
RELATIONS: Mapping[str, str] = {
    **dict.fromkeys(_VICTIM, Holds.VICTIM),
    **dict.fromkeys(_FORCE, Holds.FORCE),
    **dict.fromkeys(_NATIONAL, Holds.NATIONAL),
    **dict.fromkeys(_NOBODY, ""),
}
_ALL = """
select n.nspname, c.relname, coalesce(split_part(obj_description(c.oid, 'pg_class'), ':', 1), ''),
       (select p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent where i.inhrelid = c.oid)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relpersistence <> 't'
  and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
order by 1, 2
"""


async def differences(connection: asyncpg.Connection) -> tuple[int, list[str]]:
    """Return how many relations there are, and each that the ledger does not know, knows otherwise, or misses.

    A partition is its table's, for one force. The queue's own schema holds job names and force ids, and no right of the app's.
    """
    found = await connection.fetch(_ALL)
    there = {name: comment for schema, name, comment, _parent in found if schema == "app"}
    wrong = [
        f"app.{name}: {RELATIONS.get(name, 'not in the ledger')}"
        for name, comment in there.items()
        if _other(name, comment)
    ]
    wrong += [f"app.{name}: not in the database" for name in RELATIONS.keys() - there.keys()]
    for schema, name, _comment, parent in found:
        of_force = schema == "part" and RELATIONS.get(parent or "") in {Holds.VICTIM, Holds.FORCE}
        if schema not in {"app", "queue"} and not of_force:
            wrong.append(f"{schema}.{name}: not in the ledger")
    return len(found), wrong


def _other(name: str, comment: str) -> bool:
    return RELATIONS.get(name) not in {"", comment} if name in RELATIONS else True
