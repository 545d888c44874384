"""What the force's own systems should know of what happened here, so that nobody keys anything twice."""

import re
from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, Struct, UnsetType

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.store import feed as rows
from trackmycrime.store.feed import Fact, FeedRow
from trackmycrime.tx import ForceTx

__all__ = ["Fact", "OutboundEvent", "Page", "after", "tell"]

MOST = 1000
CURSOR = "^([0-9]{1,18}-[0-9]{1,18})?$"  # what `after` takes, as the API's document says it


class OutboundEvent(Struct, frozen=True, omit_defaults=True):
    """A fact as the API gives it. Its fields are described in the API's pages."""

    id: str
    type: str
    time: datetime
    crime: str | None = None
    person: str | None = None
    text: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    author: str | UnsetType = UNSET
    detail: dict[str, object] = {}


class Page(Struct, frozen=True):
    """Facts in order, and the cursor to ask with next."""

    events: list[OutboundEvent]
    next: str


async def tell(tx: ForceTx, facts: Sequence[Fact]) -> None:
    """Queue facts for the force's systems, in the transaction that made them true."""
    await rows.add(tx, facts)


async def after(tx: ForceTx, cursor: str, limit: int) -> Page:
    """Return up to `limit` facts behind the cursor, oldest first; an empty cursor begins at the beginning.

    Nothing is ever skipped: a fact whose transaction commits late is given late, never passed over.
    """
    transaction, position = _parsed(cursor)
    found = await rows.after(tx, transaction, position, max(1, min(limit, MOST)))
    last = f"{found[-1].transaction}-{found[-1].position}" if found else cursor
    return Page([_event(tx, row) for row in found], last)


def _parsed(cursor: str) -> tuple[int, int]:
    if not re.fullmatch(CURSOR, cursor):
        raise Invalid({"after": _("`after` takes the `next` of an earlier answer, or nothing.")})
    transaction, _dash, position = (cursor or "0-0").partition("-")
    return int(transaction), int(position)


def _event(tx: ForceTx, row: FeedRow) -> OutboundEvent:
    event = OutboundEvent(str(row.id), row.type, row.at, row.reference, row.person, detail=row.detail)
    if row.body is None or row.data_key is None or row.entry_id is None:
        return event
    text = tx.keys.unwrap(row.data_key).open(row.body, b"entry " + row.entry_id.bytes).decode()
    return msgspec.structs.replace(event, text=text, language=row.language or "en", author=row.author or UNSET)
