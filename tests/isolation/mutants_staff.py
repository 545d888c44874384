"""The checks of who may look after people, and of who acts for whom; and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

_DEPUTIES, _ACTS = "domain.identity.deputies", "store.identity.deputies:ACTS_FOR"

DEPUTIES = (
    M(
        "for whom one acts",
        "domain.identity.deputies:absent_on",
        "if officer_id in away:",
        "if officer_id:",
        ("an officer reads", "deeds"),
    ),
    *(
        M(f"acting {name} in {where}", where, old, new, parts)
        for where, parts in (
            (_ACTS, ("an officer reads", "deeds")),
            ("store.cases.rows:_OF_OFFICER", ("lists",)),
            ("store.tasks:_MINE", ("an officer's inbox",)),
        )
        for name, old, new in (
            ("as oneself", "d.deputy_id = $2", "$2::uuid is not null"),
            ("not ended", "and d.ended_at is null", ""),
            ("within the days", "between d.from_day and d.until_day", "is not null"),
        )
    ),
    M(
        "whose task one may see by acting",
        "domain.identity.deputies:absent_on",
        "if away else None",
        "or case_id",
        ("an officer reads", "deeds"),
    ),
    M(
        "tasks of whom one acts for",
        "domain.tasks:_is_theirs",
        "not concerned.isdisjoint(await deputies.absent(tx))",
        "True",
        ("an officer works", "deeds"),
    ),
    M(
        "ended by one of the two",
        f"{_DEPUTIES}:end",
        "_may_say_of_others(tx) or tx.actor.id in {found.absent_id, found.deputy_id}",
        "True",
        ("an officer is away", "deeds"),
    ),
    M(
        "said of oneself",
        f"{_DEPUTIES}:_about",
        "absent_id == tx.actor.id or _may_say_of_others(tx)",
        "True",
        ("deeds",),
    ),
    M("never one's own deputy", f"{_DEPUTIES}:_chosen", "found.id == tx.actor.id", "False", ("deeds",)),
    M("a deputy who has cases", f"{_DEPUTIES}:_chosen", "not _may_work(found)", "False", ("deeds",)),
)
STAFF = (
    M(
        "only administrators change access",
        "domain.staffing.standing:require",
        "tx.actor.id not in await rows.administrators(tx)",
        "False",
        ("deeds",),
    ),
    M("never one's own access", "domain.staffing.standing:require", "about == tx.actor.id", "False", ("deeds",)),
    M(
        "never one's own role",
        "domain.staffing.planning:decide",
        "before.id == known.actor and told.role != before.role",
        "False",
        ("deeds",),
    ),
    M(
        "two people for an administrator",
        "domain.staffing.administrators:_to_decide",
        "tx.actor.id in {row.made_by, row.staff_id}",
        "False",
        ("deeds",),
    ),
    M(
        "an upload of one's own",
        "store.staff_imports:_ONE",
        "and made_by = $3",
        "and $3::uuid is not null",
        ("an administrator imports", "deeds"),
    ),
)
