"""One line of a case's timeline, as a page shows it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct


class EntryLine(Struct, frozen=True):
    """An update, a message or an event, ready to be read.

    `who` is the author's name, or the event's sentence where `kind` is "system"; for "sent" the page says "You".
    `body` keeps the writer's line breaks, `language` is the one it was written in, and `read_foot` says who has read it
    and when ("" for nothing).
    """

    id: str
    kind: Literal["officer", "sent", "system"]
    who: str
    at: datetime
    body: str
    language: str
    new: bool
    read_foot: str


class OfficerLine(Struct, frozen=True):
    """Who deals with the case, and as what."""

    name: str
    role_and_unit: str
