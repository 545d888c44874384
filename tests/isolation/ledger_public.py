"""The ledger of what anybody may ask for, and of the pages of victims."""

from tests.isolation.ledger import For, Route, Slot
from trackmycrime.web.victim.sign_in import NEUTRAL_SITE

_FACTS = {"day": "9", "month": "3", "year": "1984"}
_SIGN_IN = {**_FACTS, "crime_reference": "{reference}", "last_name": "{last_name}", "password": "{password}"}
_REGISTER = {
    **_FACTS,
    "crime_reference": "{yves_reference}",
    "last_name": "{yves_last_name}",
    "password": "{password}",
    "repeat_password": "{password}",
}
_TOKEN = (Slot("path", "token", "invite"),)

PUBLIC = (
    Route(path="/static/{name:str}", params={"name": "{static}"}, shows=".govuk-"),
    Route(
        path="/assets/{name:str}",
        params={"name": "{brand}"},
        shows="#12284b",
        slots=(Slot("path", "name", "brand"),),
    ),
    Route(path="/", shows="{force_name}"),
    Route(path="/{rest:path}", params={"rest": "no/such/page"}, by="vera", status=404, shows="govuk-exit-this-page"),
    Route(path="/help", shows="{force_name}"),
    Route(path="/privacy", shows="{force_name}"),
    Route(path="/accessibility", shows="{force_name}"),
    Route(path="/help/safety", shows="{force_name}"),
    Route(path="/cookies", shows="{force_name}"),
    Route(path="/rights", by="vera", shows="For your case now"),
    Route(path="/glossary", shows="{force_name}"),
    Route(path="/support", shows="{force_name}"),
    Route(
        path="/support/sites/{key:str}",
        params={"key": "{support_site}"},
        shows="{force_name}",
        slots=(Slot("path", "key", "support_site"),),
    ),
    Route(path="/sign-in", shows='name="crime_reference"'),
    Route(method="POST", path="/sign-in", form=_SIGN_IN, tame={"password": "x"}, status=303, shows="/messages"),
    Route(path="/register/{token:str}", params={"token": "{register_token}"}, shows="repeat_password", slots=_TOKEN),
    Route(
        method="POST",
        path="/register/{token:str}",
        params={"token": "{register_token}"},
        form=_REGISTER,
        tame={"password": "x"},
        status=303,
        shows="/messages",
        slots=_TOKEN,
    ),
    Route(
        path="/unsubscribe/{token:str}",
        params={"token": "{unsubscribe_token}"},
        shows="Stop these emails",
        slots=(Slot("path", "token", "unsubscribe"),),
    ),
    Route(
        method="POST",
        path="/unsubscribe/{token:str}",
        params={"token": "{unsubscribe_token}"},
        form={"List-Unsubscribe": "One-Click"},
        shows="{force_name}",
        slots=(Slot("path", "token", "unsubscribe"),),
        unforgeable=False,  # RFC 8058: whoever has the link may, from anywhere
    ),
    Route(path="/exit", by="vera", status=303, shows=NEUTRAL_SITE, ends=True),
    Route(path="/sign-out", by="vera", shows="signed out", ends=True),
)

VICTIMS = (
    Route(
        method="POST",
        path="/cases/{case_id:uuid}/choice",
        of=For.VICTIMS,
        by="vera",
        params={"case_id": "{case}"},
        form={},
        status=303,
        shows="/messages",
        slots=(Slot("path", "case_id", "case"),),
    ),
    Route(path="/cases", of=For.VICTIMS, by="vera", shows="{reference}"),
    Route(path="/messages", of=For.VICTIMS, by="vera", shows="canary-av-timeline_entry-body"),
    Route(
        method="POST",
        path="/messages",
        of=For.VICTIMS,
        by="vera",
        form={"message": "Is there any news?"},
        status=303,
        shows="/messages?done=message",
    ),
    Route(
        method="POST",
        path="/messages/update-requests",
        of=For.VICTIMS,
        by="vera",
        form={},
        status=303,
        shows="/messages?done=update",
    ),
    Route(path="/messages/call-requests", of=For.VICTIMS, by="vera", shows='name="when"'),
    Route(
        method="POST",
        path="/messages/call-requests",
        of=For.VICTIMS,
        by="vera",
        form={"when": "Mornings"},
        status=303,
        shows="/messages?done=call",
    ),
    Route(path="/progress", of=For.VICTIMS, by="vera", shows="canary-ac-hearing-court"),
    Route(path="/property", of=For.VICTIMS, by="vera", shows="canary-ac-property_item-description"),
    Route(path="/property/copy", of=For.VICTIMS, by="vera", shows="canary-ac-property_item-description"),
    Route(
        path="/property/{item_id:uuid}/correction",
        of=For.VICTIMS,
        by="vera",
        params={"item_id": "{item}"},
        shows='name="correction"',
        slots=(Slot("path", "item_id", "item"),),
    ),
    Route(
        method="POST",
        path="/property/{item_id:uuid}/correction",
        of=For.VICTIMS,
        by="vera",
        params={"item_id": "{item}"},
        form={"correction": "It is green."},
        status=303,
        shows="/property?done=correction",
        slots=(Slot("path", "item_id", "item"),),
    ),
    Route(path="/settings", of=For.VICTIMS, by="vera", shows="canary-av-account-mobile"),
    Route(
        method="POST",
        path="/settings",
        of=For.VICTIMS,
        by="vera",
        form={"email_on": "on", "mobile": "07700 900982"},
        status=303,
        shows="/settings?done=saved",
    ),
)
