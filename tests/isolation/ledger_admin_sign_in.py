"""The ledger of how staff sign in. Right calls follow each other: it is switched on, and off again before anybody else comes."""

from tests.isolation.ledger import For, Route

_PAGE = "/admin/staff/sign-in"
_DETAILS = {
    "issuer": "https://192.0.2.1",
    "client_id": "tmc",
    "secret": "s",
    "groups": "groups",
    "admin": "administrators",
}

SIGN_IN = (
    Route(path=_PAGE, of=For.ADMINISTRATORS, by="admin", shows="canary-as-provider-draft"),
    Route(
        method="POST",
        path=f"{_PAGE}/use",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"revision": "1"},
        tame={"revision": "999"},
        status=303,
        shows=f"{_PAGE}?done=on",
    ),
    Route(path="/staff/sign-in/provider/callback", status=422, shows="in another browser"),
    Route(
        method="POST",
        path="/staff/sign-in/provider/logout",
        form={"logout_token": "x"},
        status=400,
        shows="This could not be used",
        unforgeable=False,
    ),
    Route(
        method="POST",
        path=f"{_PAGE}/ending",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"revision": "1"},
        tame={"revision": "999"},
        status=303,
        shows=f"{_PAGE}?done=off",
    ),
    Route(path="/staff/sign-in/provider", status=404, shows="Page not found"),
    Route(path=f"{_PAGE}/trial", of=For.ADMINISTRATORS, by="admin", status=422, shows="not on the internet"),
    Route(
        method="POST",
        path=_PAGE,
        of=For.ADMINISTRATORS,
        by="admin",
        form=_DETAILS | {"revision": "1"},
        tame=_DETAILS | {"revision": "999"},
        status=303,
        shows=f"{_PAGE}?done=saved",
    ),
    Route(
        method="POST",
        path=f"{_PAGE}/resets",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"email": "{email}"},
        tame={"email": ""},
        status=303,
        shows=f"{_PAGE}?done=reset",
    ),
    # Nobody is half way in with the cookies of the stage.
    Route(path="/staff/sign-in/code", status=303, shows="/staff/sign-in"),
    Route(method="POST", path="/staff/sign-in/code", form={"code": "123456"}, status=404, shows="Start again"),
    Route(path="/staff/sign-in/setting-up", status=303, shows="/staff/sign-in"),
    Route(method="POST", path="/staff/sign-in/setting-up", form={"code": "123456"}, status=404, shows="Start again"),
    Route(method="POST", path="/staff/sign-in/passkey/challenges", form={}, shows="challenge"),
    Route(method="POST", path="/staff/sign-in/passkey", form={"credential": "{{}}"}, status=422, shows="do not match"),
)
