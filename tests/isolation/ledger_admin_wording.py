"""The ledger of a force's own words, on the pages of administrators and for officers. Its right calls follow those of ledger_admin: the draft's changes count on."""

from tests.isolation import revisions
from tests.isolation.ledger import For, Inner, Route, Slot

_TEXT = "/admin/wording/{key:str}"
_MESSAGES = {"key": "page.messages"}

WORDING = (
    Route(path="/admin/wording", of=For.ADMINISTRATORS, by="admin", shows="Messages: introduction"),
    Route(path=_TEXT, of=For.ADMINISTRATORS, by="admin", params=_MESSAGES, shows="Messages: introduction"),
    Route(
        method="POST",
        path=_TEXT,
        of=For.ADMINISTRATORS,
        by="admin",
        params=_MESSAGES,
        form={"revision": str(revisions.WORDING + 0), "en": "Hello from ((force)).", "cy": ""},
        tame={"revision": "999", "en": "Hello from ((force)).", "cy": ""},
        status=303,
        shows="/admin/wording?done=saved",
    ),
    Route(
        method="POST",
        path=f"{_TEXT}/preview",
        of=For.ADMINISTRATORS,
        by="admin",
        params=_MESSAGES,
        form={"revision": str(revisions.WORDING + 1), "en": "Hello from ((force)).", "cy": ""},
        shows="Hello from Isolation A Police.",
    ),
    Route(
        method="POST",
        path=f"{_TEXT}/national",
        of=For.ADMINISTRATORS,
        by="admin",
        params=_MESSAGES,
        form={"revision": str(revisions.WORDING + 1)},
        tame={"revision": "999"},
        status=303,
        shows="/admin/wording?done=national",
    ),
    Route(
        method="POST",
        path="/staff/cases/{case_id:uuid}/update-drafts",
        of=For.CASEWORKERS,
        by="officer",
        params={"case_id": "{case}"},
        form={"about": "arrest.en", "update": "A window was measured."},
        shows="We have arrested somebody in your case.",
        slots=(Slot("path", "case_id", "case", Inner.KNOWN),),
    ),
)
