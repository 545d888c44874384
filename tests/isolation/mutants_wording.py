"""The checks on a force's own words: who sends victims to another site, who begins an update; and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

WORDING = (
    M(
        "who wrote a link",
        "domain.configuring:publish",
        "if tx.actor.id in shown.led_by.values():",
        "if False:",
        ("deeds",),
    ),
    M(
        "beginnings of updates",
        "domain.updates:begin",
        "await cases.seen_by_actor(tx, case_id)",
        "cases.access._case(await cases.access.rows.seen(tx, case_id))",
        ("deeds",),
    ),
    M("what leads somewhere", "domain.tenancy.wording:led", "if leads_somewhere(text) and", "if False and", ("deeds",)),
)
