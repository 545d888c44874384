"""What is sealed, opened as the domain opens it: a canary must stand in the plaintext, not beside it."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from tests.isolation.canaries import found
from tests.isolation.side import Side
from trackmycrime.domain import configuring, data_requests
from trackmycrime.domain import property as property_domain
from trackmycrime.domain.cases import factors, timeline
from trackmycrime.domain.identity import second_step
from trackmycrime.domain.identity.provider import leaving, setup
from trackmycrime.domain.notifications import codes
from trackmycrime.domain.people import person
from trackmycrime.domain.retention import holds, rights
from trackmycrime.domain.staffing import importing
from trackmycrime.kit.actor import service
from trackmycrime.kit.sealing import Unreadable


class Sealed(Struct, frozen=True):
    """Where a sealed column's key is, and to which place its text is bound, made of the `named` columns of its row."""

    keyed_by: str
    named: str
    place: Callable[..., bytes]


_OF_CASE = "left join app.case k on k.force_id = $1 and k.id = t.case_id"
_OF_PERSON = "left join app.person k on k.force_id = $1 and k.id = t.person_id"
_BY_NO_ONES = ""  # by the force's own key
_OF_ITSELF = 'join app."{table}" k on k.force_id = $1 and k.id = t.id'

SEALED: Mapping[str, Sealed] = {
    "account.mobile": Sealed(_OF_PERSON, "t.person_id", lambda row_id: person.place("mobile", row_id)),
    "audit.reason": Sealed(_OF_CASE, "t.case_id", lambda case_id: b"reason " + case_id.bytes),
    "case.summary": Sealed(_OF_ITSELF, "t.id", lambda row_id: b"summary " + row_id.bytes),
    "configuration_version.why": Sealed(_BY_NO_ONES, "t.number", configuring.place),
    "data_request.content": Sealed(_OF_PERSON, "t.id", data_requests.place),
    "draft.body": Sealed(_OF_CASE, "t.case_id, t.person_id", timeline.draft_place),
    "event.content": Sealed(_OF_CASE, "t.id", lambda row_id: b"event " + row_id.bytes),
    "event.correction": Sealed(_OF_CASE, "t.id", lambda row_id: b"event.correction " + row_id.bytes),
    "event.why": Sealed(_OF_CASE, "t.id", lambda row_id: b"event.why " + row_id.bytes),
    "factor.content": Sealed(_OF_PERSON, "t.id", factors.place),
    **{f"legal_hold.{name}": Sealed(_BY_NO_ONES, f"'{name}', t.id", holds.place_of) for name in ("why", "lifting")},
    "person.contact": Sealed(_OF_ITSELF, "t.id", lambda row_id: person.place("contact", row_id)),
    "person.identity": Sealed(_OF_ITSELF, "t.id", lambda row_id: person.place("identity", row_id)),
    "person.pending_contact": Sealed(_OF_ITSELF, "t.id", lambda row_id: person.place("contact", row_id)),
    "person.safe_contact": Sealed(_OF_ITSELF, "t.id", lambda row_id: person.place("safe_contact", row_id)),
    "property_item.description": Sealed(_OF_CASE, "t.case_id, t.source_id", property_domain.place),
    **{f"provider.{name}": Sealed(_BY_NO_ONES, f"'{name}'", setup.place) for name in ("used", "draft", "trial")},
    "provider_session.id_token": Sealed(_BY_NO_ONES, "t.id", leaving.place),
    "rights_request.why": Sealed(_BY_NO_ONES, "t.id", rights.place),
    "staff_factor.content": Sealed(_BY_NO_ONES, "t.id", second_step.place),
    "staff_import.content": Sealed(_BY_NO_ONES, "t.id", importing.place),
    "text_code.number": Sealed(_OF_PERSON, "t.id", codes.place),
    "timeline_entry.body": Sealed(_OF_CASE, "t.id", timeline.place),
}


async def marks(side: Side, column: str) -> set[str]:
    """Return whose canaries stand in a sealed column of a force, opened."""
    table, _dot, name = column.partition(".")
    sealed = SEALED[column]
    joined, key = sealed.keyed_by.format(table=table), "k.data_key" if sealed.keyed_by else "''::bytea"
    sql = f'select {key}, t."{name}", {sealed.named} from app."{table}" t {joined} where t.force_id = $1 and {key} is not null and t."{name}" is not null'
    async with side.door.open(service("isolation")) as tx:
        rows: list[Any] = await tx.all(lambda *row: row, sql)
        return found(b" ".join(_opened(tx.keys, sealed, row) for row in rows))


def _opened(keys: Any, sealed: Sealed, row: Any) -> bytes:
    wrapped, text, *named = row
    try:
        return (keys.unwrap(wrapped) if wrapped else keys.own()).open(text, sealed.place(*named))
    except (Unreadable, ValueError):  # planted beside the living rows: these bytes are no sealed text
        return b""
