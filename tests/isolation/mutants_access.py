"""The checks by which somebody gets to a case at all, and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

_OURS = "domain.cases.access"

ACCESS = (
    M(
        "a victim's own case",
        "store.cases.rows:BY_PERSON",
        "and cp.person_id = $2 and",
        "and $2::uuid is not null and",
        ("a victim chooses",),
    ),
    M(
        "somebody who acted for a victim",
        "store.cases.rows:BY_PERSON",
        "and cp.proxy_until >= current_date",
        "",
        ("deeds",),
    ),
    M(
        "the case that was asked for",
        "store.cases.rows:seen_by_person",
        "row and row.id == case_id",
        "row",
        ("a victim chooses",),
    ),
    M(
        "a victim's own list",
        "store.cases.rows:_OF_PERSON",
        "and cp.person_id = $2 and",
        "and $2::uuid is not null and",
        ("a victim chooses",),
    ),
    M(
        "seen by a victim",
        f"{_OURS}:seen_by_actor",
        "rows.seen_by_person(tx, case_id, tx.actor.id)",
        "rows.seen(tx, case_id)",
        ("deeds",),
    ),
    M("seen by nobody", f"{_OURS}:seen_by_actor", "if row is None:", "if False:", ("a victim chooses",)),
    M(
        "seen by staff",
        f"{_OURS}:seen_by_actor",
        "row, _basis = await _seen_by_staff(tx, case_id)",
        "row = await rows.seen(tx, case_id)",
        ("an officer writes",),
    ),
    M(
        "opened with a reason",
        f"{_OURS}:_seen_by_staff",
        "not await rows.opened(tx, tx.actor.id, case_id, SHIFT)",
        "False",
        ("an officer reads",),
    ),
    M(
        "opened by oneself",
        "store.cases.rows:_OPENED",
        "and staff_id = $2",
        "and $2::uuid is not null",
        ("an officer reads",),
    ),
    M("this case opened", "store.cases.rows:_OPENED", "and case_id = $3", "and $3::uuid is not null", ("deeds",)),
    M("claimed by oneself", "store.tasks:_HELD", "and owner_id = $3", "and $3::uuid is not null", ("the hub reads",)),
    M(
        "a task on this case",
        f"{_OURS}:_seen_by_staff",
        "await tasks.holds_one(tx, case_id)",
        "True",
        ("an officer reads",),
    ),
    M(
        "the officer in the case",
        f"{_OURS}:_seen_by_staff",
        "row.officer_id == tx.actor.id",
        "row.officer_id",
        ("an officer reads",),
    ),
    M("roles that have cases", f"{_OURS}:_has_cases", "tx.actor.role in tasks.WORKERS", "True", ("deeds",)),
    M(
        "kinds that have cases",
        f"{_OURS}:_has_cases",
        "tx.actor.kind is Kind.STAFF and tx.actor.role in tasks.WORKERS",
        "True",
        ("deeds",),
    ),
    M("seen by those with cases", f"{_OURS}:_seen_by_staff", "if _has_cases(tx) else None", "", ("deeds",)),
    M("listed for those with cases", f"{_OURS}:listed", "if _has_cases(tx) else None", "", ("deeds",)),
    M("found by those with cases", f"{_OURS}:found_by_staff", "not _has_cases(tx)", "False", ("deeds",)),
    M("opened by those with cases", f"{_OURS}:open_with_reason", "or not _has_cases(tx)", "", ("deeds",)),
    M(
        "a reason",
        f"{_OURS}:open_with_reason",
        "not _SHORTEST_REASON <= len(told) <= _LONGEST_REASON",
        "False",
        ("deeds",),
    ),
    M(
        "an officer's own list",
        "store.cases.rows:_OF_OFFICER",
        "and c.officer_id = $2",
        "and $2::uuid is not null",
        ("lists",),
    ),
)
