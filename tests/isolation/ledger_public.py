"""The ledger of what anybody may ask a force's site for."""

from tests.isolation.ledger import Route, Slot
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
_RESET = (Slot("path", "token", "reset"),)
_ASK = {**_FACTS, "crime_reference": "{yves_reference}", "last_name": "{yves_last_name}"}
_NEW = {"password": "{new_password}", "repeat_password": "{new_password}"}

PUBLIC = (
    Route(path="/static/{name:str}", params={"name": "{static}"}, shows=".govuk-"),
    Route(
        path="/assets/{name:str}",
        params={"name": "{brand}"},
        shows="#12284b",
        slots=(Slot("path", "name", "brand"),),
    ),
    Route(path="/logos/{name:str}", params={"name": "{logo}"}, shows="IHDR", slots=(Slot("path", "name", "logo"),)),
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
    Route(path="/sign-in/code", status=303, shows="/sign-in"),
    Route(method="POST", path="/sign-in/code", form={"code": "000000"}, status=404, shows="Start again"),
    Route(method="POST", path="/sign-in/code/texts", form={}, status=404, shows="Start again"),
    Route(method="POST", path="/sign-in/passkey/challenges", form={}, shows='"rpId"'),
    Route(method="POST", path="/sign-in/passkey", form={"credential": "{}"}, status=422, shows="do not match"),
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
        method="POST",
        path="/register/{token:str}/renewals",
        params={"token": "{expired_token}"},
        form={},
        shows="Look for a new link",
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
    Route(path="/reset-password", shows='name="crime_reference"'),
    Route(path="/reset-password/{token:str}", params={"token": "{reset_token}"}, shows="repeat_password", slots=_RESET),
    Route(
        method="POST",
        path="/reset-password/{token:str}",
        params={"token": "{reset_token}"},
        form=_NEW,
        tame={"password": "x"},
        status=303,
        shows="/sign-in?done=reset",
        slots=_RESET,
        shuts=True,
    ),
    Route(
        method="POST",
        path="/reset-password",
        form=_ASK,
        tame={"last_name": "x"},
        status=303,
        shows="/reset-password?done=asked",
    ),
    Route(path="/exit", by="vera", status=303, shows=NEUTRAL_SITE, ends=True),
    Route(path="/sign-out", by="vera", shows="signed out", ends=True),
)
