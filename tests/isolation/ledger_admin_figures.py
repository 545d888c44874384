"""The ledger of the figures of a force: they are read, and nothing is done with them."""

from tests.isolation.ledger import For, Route

FIGURES = (
    Route(path="/admin/figures", of=For.ADMINISTRATORS, by="admin", shows="canary-as-monthly_figure-unit"),
    Route(
        path="/admin/figures/export",
        of=For.ADMINISTRATORS,
        by="admin",
        query={"period": "last"},
        shows="canary-as-monthly_figure-unit",
    ),
)
