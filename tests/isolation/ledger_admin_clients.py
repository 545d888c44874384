"""The ledger of connections. What a call makes or ends is not what the calls after it need."""

from tests.isolation.ledger import For, Route, Slot

_ONE = "/admin/clients/{client_row:uuid}"
_CLIENT = Slot("path", "client_row", "client_row")
_HERE = {"client_row": "{client}"}
_MAY = {"send": "yes", "collect": "yes", "read": "yes"}


def _done(path: str, form: dict[str, str], shows: str, *more: Slot, **params: str) -> Route:
    return Route(
        method="POST",
        path=_ONE + path,
        of=For.ADMINISTRATORS,
        by="admin",
        params=_HERE | params,
        form=form,
        status=303,
        shows=shows,
        slots=(_CLIENT, *more),
    )


CLIENTS = (
    Route(path="/admin/clients", of=For.ADMINISTRATORS, by="admin", shows="canary-as-client-name"),
    Route(path="/admin/clients/new", of=For.ADMINISTRATORS, by="admin", shows="Public key"),
    Route(
        method="POST",
        path="/admin/clients",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"name": "Another", "proof": "secret", **_MAY},
        tame={"name": "", "proof": "secret"},
        status=200,
        shows="We cannot show this password again",
    ),
    Route(path=_ONE, of=For.ADMINISTRATORS, by="admin", params=_HERE, shows="canary-as-client-name", slots=(_CLIENT,)),
    _done("", {"name": "{client_name}", **_MAY}, "?done=saved"),
    Route(
        method="POST",
        path=f"{_ONE}/keys",
        of=For.ADMINISTRATORS,
        by="admin",
        params=_HERE,
        form={"proof": "secret"},
        tame={"proof": "public_key", "public_key": ""},
        shows="We cannot show this password again",
        slots=(_CLIENT,),
    ),
    _done(
        "/keys/{key_id:uuid}/ending",
        {},
        "?done=ended",
        Slot("path", "key_id", "client_key"),
        client_row="{spare_client}",
        key_id="{spare_key}",
    ),
    _done("/stop", {}, "?done=stopped"),
    _done("/start", {}, "?done=started"),
)
