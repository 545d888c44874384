"""The ledger of the API for record systems."""

from tests.cast import event
from tests.isolation.ledger import For, Route, Slot

_SYSTEM = {
    "grant_type": "client_credentials",
    "client_id": "{client_id}",
    "client_secret": "{client_secret}",
}

API = (
    Route(
        method="POST",
        path="/oauth/token",
        form=_SYSTEM,
        shows='"access_token"',
        slots=(Slot("form", "client_id", "client"),),
        unforgeable=False,
    ),
    Route(path="/api/v1/events", of=For.MACHINES, by="record_system", shows="canary-an-timeline_entry-body"),
    Route(
        method="POST",
        path="/api/v1/events",
        of=For.MACHINES,
        by="record_system",
        event=event("update.published", "{reference}", text="Somebody was seen.", to=["{vera_source}"]),
        shows='"accepted":1',
        slots=(Slot("event", "crime", "reference"), Slot("event", "to", "person_source")),
        searches=True,
    ),
    Route(
        path="/api/v1/crimes",
        of=For.MACHINES,
        by="record_system",
        query={"reference": "{reference}"},
        shows="canary-ac-case-summary",
        slots=(Slot("query", "reference", "reference"),),
    ),
    Route(path="/api/openapi.json", shows='"openapi":"3.1'),
    Route(path="/api", shows="/api/events"),
    Route(path="/api/events", shows="crime.recorded"),
    Route(path="/api/reading", shows="/api/v1/crimes"),
)
