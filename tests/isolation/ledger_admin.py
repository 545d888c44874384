"""The ledger of the pages of administrators. Right calls follow each other: each names the change of the draft before it."""

from tests.isolation.ledger import For, Route

_VERSION = "/admin/history/{number:int}"
_BRANDING = {
    "name": "Isolation A Police",
    "from_name": "Isolation Police",
    "non_emergency": "101",
    "officers": "name",
    "header": "#12284b",
    "accent": "#1d70b8",
    "brand": "#1d70b8",
    "link": "#1a65a6",
    "emblem": "shield",
}

ADMIN = (
    Route(path="/admin", of=For.ADMINISTRATORS, by="admin", shows="can sign in"),
    Route(path="/admin/branding", of=For.ADMINISTRATORS, by="admin", shows="canary-as-configuration_draft-content"),
    Route(
        method="POST",
        path="/admin/branding",
        of=For.ADMINISTRATORS,
        by="admin",
        form=_BRANDING | {"revision": "3"},
        tame=_BRANDING | {"revision": "999"},
        status=303,
        shows="/admin/review",
    ),
    Route(path="/admin/features", of=For.ADMINISTRATORS, by="admin", shows="Reporting a crime online"),
    Route(
        method="POST",
        path="/admin/features",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"revision": "4", "sms": "yes"},
        tame={"revision": "999"},
        status=303,
        shows="/admin/review",
    ),
    Route(path="/admin/review", of=For.ADMINISTRATORS, by="admin", shows="Who emails come from"),
    Route(
        method="POST",
        path="/admin/review",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"revision": "5", "why": "Because"},
        tame={"revision": "999", "why": "Because"},
        status=303,
        shows="/admin/history?done=published",
    ),
    Route(path="/admin/history", of=For.ADMINISTRATORS, by="admin", shows="canary-as-configuration_version-why"),
    Route(path=_VERSION, of=For.ADMINISTRATORS, by="admin", params={"number": "2"}, shows="configuration_version-why"),
    Route(
        method="POST",
        path=f"{_VERSION}/draft",
        of=For.ADMINISTRATORS,
        by="admin",
        params={"number": "2"},
        form={"revision": "6"},
        tame={"revision": "999"},
        status=303,
        shows="/admin/review",
    ),
    Route(
        method="POST",
        path="/admin/review/discard",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"revision": "7"},
        tame={"revision": "999"},
        status=303,
        shows="/admin/review?done=discarded",
    ),
)
