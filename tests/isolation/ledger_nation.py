"""The ledger of the console, the national front page and the mailbox; and the whole of it."""

from tests.isolation.ledger import For, Route
from tests.isolation.ledger_admin import ADMIN
from tests.isolation.ledger_admin_audit import AUDIT
from tests.isolation.ledger_admin_brand import BRAND
from tests.isolation.ledger_admin_clients import CLIENTS, RECORDS
from tests.isolation.ledger_admin_figures import FIGURES
from tests.isolation.ledger_admin_retention import RETENTION
from tests.isolation.ledger_admin_routing import ROUTING
from tests.isolation.ledger_admin_sign_in import SIGN_IN
from tests.isolation.ledger_admin_staff import ADMIN_STAFF
from tests.isolation.ledger_admin_support import SUPPORT
from tests.isolation.ledger_admin_wording import WORDING
from tests.isolation.ledger_api import API
from tests.isolation.ledger_public import PUBLIC
from tests.isolation.ledger_staff import STAFF
from tests.isolation.ledger_victims import VICTIMS
from tests.isolation.ledger_ways import WAYS
from trackmycrime.web.common.edge import Surface

_AT = Surface.CONSOLE
_PASSWORDS = {"password": "{password}", "repeat_password": "{password}"}
_NEW_FORCE = {
    "slug": "{slug}-next",
    "name": "Next Police",
    "non_emergency": "101",
    "administrator": "next@example.org",
}
_STOPPING = "/unsubscribe/{force_id:uuid}/{token:str}"
_STOPPED = {"force_id": "{force}", "token": "{unsubscribe_token}"}
_STATIC = {"name": "{static}"}

CONSOLE = (
    Route(surface=_AT, path="/static/{name:str}", params=_STATIC, shows=".govuk-"),
    Route(surface=_AT, path="/", by="operator", status=303, shows="/forces"),
    Route(surface=_AT, path="/sign-in", shows='name="email"'),
    Route(
        surface=_AT,
        method="POST",
        path="/sign-in",
        form={"email": "{operator_email}", "password": "{password}"},
        tame={"password": "x"},
        status=303,
        shows="/forces",
    ),
    Route(surface=_AT, path="/register/{token:str}", params={"token": "{operator_token}"}, shows="repeat_password"),
    Route(
        surface=_AT,
        method="POST",
        path="/register/{token:str}",
        params={"token": "{operator_token}"},
        form=_PASSWORDS,
        tame={"password": "x"},
        status=303,
        shows="/forces",
    ),
    Route(surface=_AT, path="/forces", of=For.OPERATORS, by="operator", shows="{force_name}"),
    Route(
        surface=_AT,
        path="/forces/{slug:str}",
        of=For.OPERATORS,
        by="operator",
        params={"slug": "{slug}"},
        shows="{force_name}",
    ),
    Route(surface=_AT, path="/forces/new", of=For.OPERATORS, by="operator", shows='name="administrator"'),
    Route(
        surface=_AT,
        method="POST",
        path="/forces/new",
        of=For.OPERATORS,
        by="operator",
        form=_NEW_FORCE,
        tame={"slug": "next"},
        shows="/staff/register/",
    ),
    Route(surface=_AT, path="/operators", of=For.OPERATORS, by="operator", shows="{operator_email}"),
    Route(
        surface=_AT,
        method="POST",
        path="/operators",
        of=For.OPERATORS,
        by="operator",
        form={"name": "Orla", "email": "orla-{slug}@example.org"},
        tame={"name": "Orla"},
        shows="/register/",
    ),
    Route(surface=_AT, path="/audit", of=For.OPERATORS, by="operator", shows="{slug}"),
    Route(surface=_AT, path="/sign-out", of=For.OPERATORS, by="operator", status=303, shows="/sign-in", ends=True),
    Route(
        surface=_AT,
        method="POST",
        path="/sign-out",
        of=For.OPERATORS,
        by="operator",
        form={},
        status=303,
        shows="/sign-in",
        ends=True,
    ),
)
APEX = (
    Route(surface=Surface.APEX, path="/static/{name:str}", params=_STATIC, shows=".govuk-"),
    Route(surface=Surface.APEX, path="/", query={"q": "{slug}"}, shows="{force_name}"),
    Route(surface=Surface.APEX, path="/help", shows="Ministry of Justice"),
    Route(surface=Surface.APEX, path="/privacy", shows="Ministry of Justice"),
    Route(surface=Surface.APEX, path="/accessibility", shows="Ministry of Justice"),
    Route(
        surface=Surface.APEX,
        path="/invitations/{force_id:uuid}/{token:str}",
        params={"force_id": "{force}", "token": "{register_token}"},
        status=303,
        shows="https://{slug}.localhost:8000/register/",
    ),
    Route(
        surface=Surface.APEX,
        path="/resets/{force_id:uuid}/{token:str}",
        params={"force_id": "{force}", "token": "{reset_token}"},
        status=303,
        shows="https://{slug}.localhost:8000/reset-password/",
    ),
    Route(surface=Surface.APEX, path=_STOPPING, params=_STOPPED, shows="Stop these emails"),
    Route(
        surface=Surface.APEX,
        method="POST",
        path=_STOPPING,
        params=_STOPPED,
        form={"List-Unsubscribe": "One-Click"},
        shows="We have stopped these emails",
        unforgeable=False,  # RFC 8058: whoever has the link may, from anywhere
    ),
)
MAILBOX = (
    Route(surface=Surface.MAILBOX, path="/static/{name:str}", params=_STATIC, shows=".govuk-"),
    Route(surface=Surface.MAILBOX, path="/", shows="{sent_id}"),
    Route(
        surface=Surface.MAILBOX,
        path="/messages/{sent_id:uuid}",
        params={"sent_id": "{sent_id}"},
        shows="There is something to read.",
    ),
)
LEDGER = (
    *PUBLIC,
    *VICTIMS,
    *WAYS,
    *STAFF,
    *ADMIN,
    *ROUTING,
    *SUPPORT,
    *WORDING,
    *CLIENTS,
    *RECORDS,
    *FIGURES,
    *BRAND,
    *ADMIN_STAFF,
    *RETENTION,
    *SIGN_IN,
    *AUDIT,
    *API,
    *CONSOLE,
    *APEX,
    *MAILBOX,
)
