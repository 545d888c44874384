"""The check on who sends victims to another site, and what takes it away."""

from tests.isolation.mutation import CodeMutant as M

WORDING = (
    M(
        "who wrote a link",
        "domain.configuring:publish",
        "if tx.actor.id in shown.led_by.values():",
        "if False:",
        ("deeds",),
    ),
    M("what leads somewhere", "domain.tenancy.wording:led", "if leads_somewhere(text) and", "if False and", ("deeds",)),
)
