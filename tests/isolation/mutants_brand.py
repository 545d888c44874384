"""The checks on a force's logo and its links: who sees one that is not published, and who sends victims to another site."""

from tests.isolation.mutation import CodeMutant as M

BRAND = (
    M(
        "logos of drafts",
        "domain.logos:seen_by_all",
        "rows.seen_by_all(tx, digest)",
        "rows.one(tx, digest)",
        ("deeds",),
    ),
    M(
        "whose logo it is",
        "domain.configuring:save",
        "if changed.brand.logo and not await logos.choose(tx, changed.brand.logo):",
        "if False:",
        ("deeds",),
    ),
    M("who wrote a link of the footer", "domain.tenancy.footer:led", "if link not in before", "if False", ("deeds",)),
)
