"""The ledger of connections. What a call makes or ends is not what the calls after it need."""

from tests.isolation import revisions
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


_RECORD = "/staff/records/{event_id:uuid}"
_EVENT = Slot("path", "event_id", "event")


def _first_load(path: str, shows: str) -> Route:
    return Route(
        method="POST",
        path="/admin/clients/first-load" + path,
        of=For.ADMINISTRATORS,
        by="admin",
        form={},
        status=303,
        shows=shows,
    )


def _record(path: str, form: dict[str, str], shows: str, event: str) -> Route:
    return Route(
        method="POST",
        path=_RECORD + path,
        of=For.TRIAGE,
        by="hub",
        params={"event_id": event},
        form=form,
        status=303,
        shows=shows,
        slots=(_EVENT,),
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
    _done("", {"name": "{client_name}", **_MAY}, "/admin/clients/{client}?done=saved"),
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
        "/admin/clients/{spare_client}?done=ended",
        Slot("path", "key_id", "client_key"),
        client_row="{spare_client}",
        key_id="{spare_key}",
    ),
    _done("/stop", {}, "/admin/clients/{client}?done=stopped"),
    _done("/start", {}, "/admin/clients/{client}?done=started"),
    Route(path="/admin/clients/waiting", of=For.ADMINISTRATORS, by="admin", shows="canary-as-event-source_id"),
    Route(
        method="POST",
        path="/admin/clients/waiting/retries",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"event": "{event}"},
        status=303,
        shows="/admin/clients/waiting?used=0&left=1",
        slots=(Slot("form", "event", "event"),),
        searches=True,  # what does not wait here is tried as little as what is not there
    ),
    Route(path="/admin/clients/arrivals", of=For.ADMINISTRATORS, by="admin", shows="The last record came"),
    Route(
        method="POST",
        path="/admin/clients/arrivals",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"records_late_hours": "48", "revision": str(revisions.CLIENTS)},
        tame={"records_late_hours": "48", "revision": "999"},
        status=303,
        shows="/admin/review",
    ),
    Route(path="/admin/clients/test", of=For.ADMINISTRATORS, by="admin", shows="canary-as-client-name"),
    Route(
        method="POST",
        path="/admin/clients/test",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"client": "{client}", "sample": "crime"},
        tame={"client": "{client}", "sample": "nothing"},  # the only one that is the same every time
        shows="What would have happened",
        slots=(Slot("form", "client", "client_row"),),
    ),
    Route(path="/admin/clients/first-load", of=For.ADMINISTRATORS, by="admin", shows="case came in a first load"),
    Route(
        method="POST",
        path="/admin/clients/first-load",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"batch": "10", "sure": "yes"},
        tame={"batch": "10"},
        status=303,
        shows="/admin/clients/first-load?done=begun",
    ),
    _first_load("/pause", "/admin/clients/first-load?done=paused"),
    _first_load("/continuation", "/admin/clients/first-load?done=going"),
    _first_load("/stop", "/admin/clients/first-load?done=stopped"),
)
RECORDS = (
    Route(path="/staff/records", of=For.TRIAGE, by="hub", shows="canary-ar-case-reference"),
    Route(
        path=_RECORD,
        of=For.TRIAGE,
        by="hub",
        params={"event_id": "{event}"},
        shows="canary-al-event-content",
        slots=(_EVENT,),
    ),
    _record("/correction", {"answer": "2027-01-05T10:00:00Z"}, "/staff/records/{event}?done=more", "{event}"),
    _record("/return", {}, "/staff/records/{aside_event}?done=back", "{aside_event}"),
    _record("/dismissal", {"why": "Because"}, "/staff/records?done=dismissed", "{aside_event}"),
)
