"""What the ledger's entries call by name: ids, references, links and tokens of a force, made when they are asked for."""

from collections.abc import Mapping
from uuid import UUID

from tests.isolation.canaries import Whose
from tests.isolation.side import Side
from trackmycrime.domain.notifications.codes import figures
from trackmycrime.domain.notifications.wording import INVITE, RESET, UNSUBSCRIBE
from trackmycrime.domain.support import directory, entries
from trackmycrime.domain.tenancy import canonical
from trackmycrime.kit import links
from trackmycrime.kit.time import today
from trackmycrime.web.admin.sent_files import pack
from trackmycrime.web.common.static_files import static_href

MISSING_ID = UUID("01890000-0000-7000-8000-000000000404")
_NO_TOKEN = "A" * 64
DEVICE, STAFF_INVITE = "device", "staff invite"

# What each kind of id is called: everything of that kind that a force has and another must never come upon.
KINDS: Mapping[str, tuple[str, ...]] = {
    "brand": ("brand",),
    "case": ("case", "other_case", "hidden_case"),
    "client": ("client_id",),
    "client_row": ("client", "spare_client"),
    "client_key": ("spare_key",),
    "event": ("event", "case_event", "aside_event", "used_event"),
    "factor": ("veras_factor", "xenias_factor"),
    "invite": ("register_token",),
    "item": ("item", "other_item"),
    "logo": ("logo",),
    "person": ("vera", "wanda", "xenia"),
    "deletion": ("deletion",),
    "deputy": ("officers_deputy", "others_deputy"),
    "legal_hold": ("hold", "staff_hold"),
    "person_source": ("vera_source", "xenia_source"),
    "reference": ("reference", "other_reference"),
    "reset": ("reset_token",),
    "rights_request": ("rights_request", "own_erasure"),
    "session": ("veras_session", "xenias_session"),
    "staff": ("officer", "hub", "admin"),
    "staff_import": ("staff_import", "others_import"),
    "staff_invite": ("staff_token",),
    "support_service": ("support_service",),
    "staff_request": ("admin_request", "other_request"),
    "support_site": ("support_site",),
    "task": ("task", "taken_task", "other_task"),
    "unsubscribe": ("unsubscribe_token",),
}
_MISSING: Mapping[str, str] = {
    "brand": "brand.000000000000.css",
    "client": "nobody-0123456789abcdef",
    "invite": _NO_TOKEN,
    "logo": f"{'0' * 64}.png",
    "person_source": "nobody-at-all",
    "reference": "NOBODY/1/26",
    "reset": _NO_TOKEN,
    "staff_invite": _NO_TOKEN,
    "support_service": "0123456789ab",
    "support_site": "0123456789ab",
    "unsubscribe": _NO_TOKEN,
}
# What is sent along wherever a request has room, although nothing asks for it.
LOOSE = (
    *("case", "other_case", "vera", "xenia", "officer", "task", "other_task", "entry", "other_entry", "yvess_invite"),
    *("force", "reference", "other_reference", "client_id", "register_token", "unsubscribe_token", "slug"),
)


def missing(kind: str) -> str:
    """Return an id of a kind that nobody has."""
    return _MISSING.get(kind, str(MISSING_ID))


_TOKENS: Mapping[str, tuple[str, str]] = {
    "register_token": (INVITE, "yvess_invite"),
    "expired_token": (INVITE, "yanns_invite"),
    "reset_token": (RESET, "xenias_reset"),
    "staff_token": (STAFF_INVITE, "invited"),
    "unsubscribe_token": (UNSUBSCRIBE, "vera"),
}


def value(side: Side, name: str) -> str:
    """Return what a name of the ledger stands for in a force."""
    if name in side.ids:
        return str(side.ids[name])
    if name in _TOKENS:
        purpose, opens = _TOKENS[name]
        return links.token(side.force.ref.keys, purpose, side.ids[opens])
    return _texts(side)[name]


def _texts(side: Side) -> dict[str, str]:
    vera, xenia, yves = side.victims["vera"], side.victims["xenia"], side.victims["yves"]
    return {
        "brand": f"brand.{side.force.digest}.css",
        "client_id": side.client[0],
        "client_name": side.say(Whose.STAFF, "client", "name"),
        "client_secret": side.client[1],
        "colleague_email": side.email("colleague"),
        "email": side.email("officer"),
        "force_name": side.force.name,
        "gone_reference": f"GONE/{side.letter}/20",
        "import_mark": side.marks["staff_import"],
        "last_name": vera.last_name,
        "logo": f"{side.marks['logo']}.png",
        "new_password": "seven green kettles on a wall",
        "other_reference": xenia.reference,
        "password": vera.password,
        "reference": vera.reference,
        "slug": side.slug,
        "settings_file": pack(canonical.write(side.force.configuration)),
        "support_name": side.force.configuration.support[0].name,
        "support_service": entries.key(side.force.configuration.support[0]),
        "support_site": directory.services(side.force.configuration).local[0].key,
        "today": today().isoformat(),
        "static": static_href("app.css").removeprefix("/static/"),
        "vera_source": vera.person,
        "veras_mark": side.marks["vera"],
        "wandas_mark": side.marks["wanda"],
        "xenia_source": xenia.person,
        "wandas_figures": figures(side.force.ref.keys, side.ids["wandas_code"]),
        "yves_last_name": yves.last_name,
        "yves_reference": yves.reference,
    }
