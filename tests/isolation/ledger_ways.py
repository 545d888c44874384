"""The ledger of the ways to sign in beside a password."""

from tests.isolation.ledger import For, Route, Slot

_FACTOR = (Slot("path", "factor_id", "factor"),)
_REMOVAL = "/settings/sign-in/factors/{factor_id:uuid}/removal"

# In this order: what was begun with the password is finished after it.
WAYS = (
    Route(path="/settings/sign-in", of=For.VICTIMS, by="vera", shows="canary-av-factor-content"),
    Route(path="/settings/sign-in/card", of=For.VICTIMS, by="vera", shows="the old one stops working"),
    Route(
        method="POST",
        path="/settings/sign-in/card",
        of=For.VICTIMS,
        by="vera",
        form={"password": "{password}"},
        tame={"password": ""},
        shows="<code>",
    ),
    Route(path="/settings/sign-in/app", of=For.VICTIMS, by="vera", shows='name="password"'),
    Route(
        method="POST",
        path="/settings/sign-in/app",
        of=For.VICTIMS,
        by="vera",
        form={"password": "{password}"},
        tame={"password": ""},
        status=303,
        shows="/settings/sign-in/app/confirmation",
    ),
    Route(path="/settings/sign-in/app/confirmation", of=For.VICTIMS, by="vera", shows="tmc-key"),
    Route(
        method="POST",
        path="/settings/sign-in/app/confirmation",
        of=For.VICTIMS,
        by="vera",
        form={"code": "00000"},
        status=422,
        shows="tmc-key",
    ),
    # Vera's number is for staff to choose, so there is none to which codes could go.
    Route(path="/settings/sign-in/text", of=For.VICTIMS, by="vera", shows="There is no number yet"),
    Route(
        method="POST",
        path="/settings/sign-in/text",
        of=For.VICTIMS,
        by="vera",
        form={"password": "{password}"},
        tame={"password": ""},
        status=409,
        shows="First give us a number",
    ),
    Route(path="/settings/sign-in/passkey", of=For.VICTIMS, by="vera", shows='name="password"'),
    Route(
        method="POST",
        path="/settings/sign-in/passkey",
        of=For.VICTIMS,
        by="vera",
        form={"password": "{password}"},
        tame={"password": ""},
        status=303,
        shows="/settings/sign-in/passkey/confirmation",
    ),
    Route(path="/settings/sign-in/passkey/confirmation", of=For.VICTIMS, by="vera", shows="data-create"),
    Route(
        method="POST",
        path="/settings/sign-in/passkey/confirmation",
        of=For.VICTIMS,
        by="vera",
        form={"credential": "{}"},
        status=422,
        shows="The passkey did not work",
    ),
    Route(
        path=_REMOVAL,
        of=For.VICTIMS,
        by="vera",
        params={"factor_id": "{veras_factor}"},
        shows="canary-av-factor-content",
        slots=_FACTOR,
    ),
    Route(
        method="POST",
        path=_REMOVAL,
        of=For.VICTIMS,
        by="vera",
        params={"factor_id": "{veras_factor}"},
        form={"password": "{password}"},
        tame={"password": ""},
        status=303,
        shows="/settings/sign-in?done=removed",
        slots=_FACTOR,
    ),
)
