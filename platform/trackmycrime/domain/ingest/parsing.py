"""From bytes to events: one bad item never costs the others."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from typing import cast

import msgspec
from msgspec import Raw, Struct

from trackmycrime.domain.ingest.events import Event
from trackmycrime.kit.errors import Refusal, TooLarge
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _

MOST_EVENTS = 10_000
MOST_BYTES = 16 * 1024 * 1024
_LONGEST_ID = 200
_NOTHING = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Rejected(Struct, frozen=True):
    """An item that is not an event at all, or is about what was deleted here; `index` is its place in the batch, from 0."""

    index: int
    reason: str


class Parsed(Struct, frozen=True):
    """An item that is an event: typed, or with the reason why it is not one we can apply.

    `case` is the crime as references are compared, `content` what was said.
    """

    id: str
    type: str
    crime: str
    case: str
    digest: bytes
    content: bytes
    event: Event | None
    fault: str = ""
    index: int = 0


class _Envelope(Struct, frozen=True):
    id: str
    type: object = ""
    crime: object = ""


@cache
def decoder() -> msgspec.json.Decoder[Event]:
    """Return the decoder of typed events."""
    return cast("msgspec.json.Decoder[Event]", msgspec.json.Decoder(Event.__value__))


def parse(body: bytes, *, lines: bool) -> tuple[list[Parsed], list[Rejected]]:
    """Return the events of a body, a JSON array or (`lines`) newline-delimited JSON, and what is none.

    Raises TooLarge beyond 10,000 items or 16 MiB, and Refusal for a body that cannot be read at all.
    """
    if len(body) > MOST_BYTES:
        raise TooLarge(_("A batch holds up to 16 MiB. Send this in smaller batches."))
    items = _lines(body) if lines else _array(body)
    if len(items) > MOST_EVENTS:
        raise TooLarge(_("A batch holds up to 10,000 events. Send this in smaller batches."))
    found = [_item(index, item) for index, item in enumerate(items)]
    return [i for i in found if isinstance(i, Parsed)], [i for i in found if isinstance(i, Rejected)]


def _lines(body: bytes) -> Sequence[bytes]:
    return [line for line in body.split(b"\n") if line.strip()]


def _array(body: bytes) -> Sequence[bytes]:
    try:
        return [bytes(raw) for raw in msgspec.json.decode(body, type=list[Raw])]
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise Refusal(_("The body is not a JSON array of events: %(fault)s", fault=str(fault))) from fault


def _item(index: int, item: bytes) -> Parsed | Rejected:
    if b"\\u0000" in item and _NOTHING.search(item):
        return Rejected(index, _("This is not an event: text cannot hold the character U+0000."))
    try:
        event = decoder().decode(item)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        return _loose(index, item, str(fault))
    content = msgspec.json.encode(event)
    kind = cast("str", event.__struct_config__.tag)
    return Parsed(event.id, kind, event.crime, folded(event.crime), _digest(content), content, event, index=index)


def _loose(index: int, item: bytes, fault: str) -> Parsed | Rejected:
    """Keep what is an event by its id although something in it is wrong: somebody can correct it."""
    try:
        envelope = msgspec.json.decode(item, type=_Envelope)
        content = msgspec.json.encode(msgspec.json.decode(item), order="sorted")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Rejected(index, _("This is not an event: it is not a JSON object with an `id`."))
    if not 0 < len(envelope.id) <= _LONGEST_ID:
        return Rejected(index, _("This is not an event: `id` takes 1 to 200 characters."))
    kind = envelope.type if isinstance(envelope.type, str) else ""
    crime = envelope.crime if isinstance(envelope.crime, str) else ""
    return Parsed(
        envelope.id, kind[:100], crime[:60], folded(crime[:60]), _digest(content), content, None, fault, index
    )


def one(content: bytes) -> Parsed | None:
    """Return a single event as a batch would have it, or None where it is none."""
    found = _item(0, content)
    return found if isinstance(found, Parsed) else None


def folded(reference: str) -> str:
    """Return a crime reference as references are compared: letters and digits alone."""
    return fold(reference).upper()


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
