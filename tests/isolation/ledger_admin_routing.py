"""The ledger of the pages that say who reads what. Right calls follow those of ledger_admin: each names the change before it."""

from collections.abc import Mapping

from tests.isolation import revisions
from tests.isolation.ledger import For, Route

_ROUTING = "/admin/routing"
_UNITS, _UNIT = f"{_ROUTING}/units", f"{_ROUTING}/units/{{number:int}}"
_RULES, _RULE = f"{_ROUTING}/rules", f"{_ROUTING}/rules/{{number:int}}"
_HOURS = {"monday": "yes", "opens": "09:00", "closes": "17:00"}
_TEAM = {"name": "Second Team", **_HOURS}
_RULED = {"burglary": "yes", "unit": "Second Team"}


def _page(path: str, shows: str, **params: str) -> Route:
    return Route(path=path, of=For.ADMINISTRATORS, by="admin", shows=shows, params=params)


def _change(nth: int, path: str, form: Mapping[str, str], **params: str) -> Route:
    """Return the form that makes the nth change here."""
    return Route(
        method="POST",
        path=path,
        of=For.ADMINISTRATORS,
        by="admin",
        params=params,
        form={**form, "revision": str(revisions.ROUTING + nth)},
        tame={**form, "revision": "999"},
        status=303,
        shows="/admin/routing?done=kept",
    )


ROUTING = (
    _page(_ROUTING, "canary-as-configuration-unit"),
    _page(f"{_ROUTING}/settings", "Name of the contact team"),
    _change(0, f"{_ROUTING}/settings", {"contact_team": "Hub", "reply_working_days": "3", **_HOURS}),
    _page(f"{_UNITS}/new", "Add a team"),
    _change(1, _UNITS, _TEAM),
    _page(_UNIT, "canary-as-configuration-unit", number="1"),
    _change(2, _UNIT, _TEAM, number="2"),
    _page(f"{_RULES}/new", "Add a rule"),
    _change(3, _RULES, _RULED),
    _page(_RULE, "canary-as-configuration-unit", number="1"),
    _change(4, _RULE, _RULED, number="2"),
    _change(5, f"{_RULE}/promotion", {}, number="2"),
    _change(6, f"{_RULE}/removal", {}, number="1"),
    _change(7, f"{_UNIT}/removal", {}, number="2"),
    Route(
        path=f"{_ROUTING}/test",
        of=For.ADMINISTRATORS,
        by="admin",
        query={"crime": "theft", "area": "East Marsh"},
        shows="canary-as-configuration-unit",
    ),
)
