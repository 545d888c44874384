"""What was sent in the embedded mode, which the mailbox page shows."""

import sqlite3
import weakref
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Self
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.kit.time import now
from trackmycrime.settings import Settings


class Kind(StrEnum):
    """What was sent."""

    EMAIL = "email"
    TEXT = "text"


class Sent(Struct, frozen=True):
    """One message as it went out. A text has no subject and no HTML."""

    id: UUID
    kind: Kind
    at: datetime
    to: str
    from_: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]


_TABLE = "create table if not exists sent (id text primary key, message blob not null) without rowid"


class Mailbox:
    """What was sent, in the order of sending; a message sent twice is there twice.

    One file of SQLite's, not a file for each message: a folder of thousands holds up whatever else writes to that disk, and
    first of all the database.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "sent.sqlite"

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the mailbox of a data folder."""
        return cls(settings.home / "mailbox")

    def put(
        self,
        kind: Kind,
        *,
        to: str,
        text: str,
        from_: str = "",
        subject: str = "",
        html: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Sent:
        """Keep a message, whole or not at all, for our eyes only."""
        sent = Sent(ids.new(), kind, now(), to, from_, subject, text, html, dict(headers or {}))
        self._box.execute("insert into sent values (?, ?)", (str(sent.id), msgspec.json.encode(sent)))
        return sent

    def newest(self, limit: int) -> list[Sent]:
        """Return the newest messages, the newest first."""
        return self._found("select message from sent order by id desc limit ?", limit)

    def find(self, sent_id: UUID) -> Sent | None:
        """Return a message, or None."""
        found = self._found("select message from sent where id = ?", str(sent_id))
        return found[0] if found else None

    def _found(self, query: str, argument: object) -> list[Sent]:
        found = self._box.execute(query, (argument,))
        return [msgspec.json.decode(message, type=Sent) for (message,) in found]

    @cached_property
    def _box(self) -> sqlite3.Connection:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file.touch(0o600)
        box = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, box.close)
        box.execute("pragma journal_mode = wal")  # nobody waits for anybody
        box.execute("pragma synchronous = off")  # a stand-in: nobody misses what a power cut took
        box.execute(_TABLE)
        return box
