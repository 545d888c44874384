"""The checks on what is said on a case and what has to be done, and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

_SEEN = "await cases.seen_by_actor(tx, case_id)"
_ANY = "cases.access._case(await cases.access.rows.seen(tx, case_id))"

WORDS = (
    M(  # what victims write goes to the case that came with their session
        "the case of a session",
        "store.identity.sessions:_LIVE",
        "and cp.person_id = s.subject_id and",
        "and s.subject_id is not null and",
        ("a victim reads",),
    ),
    M("replies", "domain.messages:reply", _SEEN, _ANY, ("an officer writes", "deeds")),
    M("updates", "domain.updates:publish", _SEEN, _ANY, ("an officer writes", "deeds")),
    M("property", "domain.property:on_case", _SEEN, _ANY, ("deeds",)),
    M(
        "named readers",
        "store.cases.timeline:_FOR_PERSON",
        "$3 = any(e.persons)",
        "$3::uuid is not null",
        ("a victim reads",),
    ),
    M(
        "readers who are not staff",
        "store.cases.timeline:_FOR_PERSON",
        "e.audience = 'everyone' or",
        "e.audience <> 'named' or",
        ("a victim reads",),
    ),
    M(
        "readers of this case",
        "store.cases.timeline:_FOR_PERSON",
        "and e.case_id = $2",
        "and $2::uuid is not null",
        ("a victim reads",),
    ),
    M(
        "staff's readers of this case",
        "store.cases.timeline:_FOR_STAFF",
        "and e.case_id = $2",
        "and $2::uuid is not null",
        ("an officer reads",),
    ),
    M(
        "property of this case",
        "store.property:_ON_CASE",
        "and case_id = $2",
        "and $2::uuid is not null",
        ("a victim reads",),
    ),
    M(
        "an item of this case",
        "domain.property:item",
        " if each.id == item_id",
        "",
        ("deeds",),
    ),
    M(
        "steps of this case",
        "store.progress:_ON_CASE",
        "and case_id = $2",
        "and $2::uuid is not null",
        ("lists",),
    ),
    M(
        "hearings of this case",
        "store.hearings:_ON_CASE",
        "and case_id = $2",
        "and $2::uuid is not null",
        ("an officer reads",),
    ),
    M(
        "people of this case",
        "store.cases.links:_ON_CASES",
        "and case_id = any($2::uuid[])",
        "and $2::uuid[] is not null",
        ("an officer reads",),
    ),
    M(
        "addressees on the case",
        "domain.cases.sides:addressed",
        "if not set(named) <= {person for side in found for person in side}:",
        "if False:",
        ("an officer writes", "deeds"),
    ),
    M(
        "somebody addressed",
        "domain.cases.sides:addressed",
        "sorted(found[0]) if len(found) == 1 else None",
        "sorted(found[0])",
        ("deeds",),
    ),
    M(
        "own account",
        "store.people:_ACCOUNT",
        "and person_id = $2",
        "and $2::uuid is not null and person_id <> $2",
        ("a victim reads",),
    ),
)
TASKS = (
    M(
        "tasks of one's own",
        "domain.tasks:workable",
        "not (triages(tx) or tx.actor.id in {row.owner_id, row.officer_id})",
        "False",
        ("an officer works", "deeds"),
    ),
    M("triage", "domain.tasks:triages", "tx.actor.role in _TRIAGE", "True", ("an officer's inbox",)),
    M(
        "an officer's inbox",
        "store.tasks:_MINE",
        "(t.owner_id = $2 or (t.owner_id is null and c.officer_id = $2))",
        "$2::uuid is not null",
        ("an officer's inbox",),
    ),
    M(
        "tasks of this case",
        "store.tasks:_ON_CASE",
        "and t.case_id = $2",
        "and $2::uuid is not null",
        ("an officer reads",),
    ),
    M("claimed by a colleague", "store.tasks:_CLAIM", "and (owner_id is null or owner_id = $3)", "", ("deeds",)),
    M("a colleague's to finish", "store.tasks:_FINISH", "and (owner_id is null or owner_id = $3)", "", ("deeds",)),
    M(
        "given to who may work on it",
        "domain.tasks:give",
        "not to.active or to.role not in WORKERS or",
        "",
        ("an officer works", "deeds"),
    ),
    M(
        "claimed when workable",
        "domain.tasks:claim",
        "await workable(tx, task_id)",
        "_task(tx, await rows.one(tx, task_id))",
        ("an officer works",),
    ),
    M(
        "given when workable",
        "domain.tasks:give",
        "await workable(tx, task_id)",
        "_task(tx, await rows.one(tx, task_id))",
        ("an officer works",),
    ),
    M(
        "finished when workable",
        "domain.tasks:finish",
        "await workable(tx, task_id)",
        "_task(tx, await rows.one(tx, task_id))",
        ("an officer works",),
    ),
)
