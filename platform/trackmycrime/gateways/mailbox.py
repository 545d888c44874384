"""What was sent in the embedded mode: a folder with one file for each message, which the mailbox page shows."""

import os
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
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


class Mailbox:
    """The folder. Its files sort by the time of sending; a message sent twice is there twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

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
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{sent.id}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(msgspec.json.encode(sent))
        draft.replace(self._file(sent.id))
        return sent

    def newest(self, limit: int) -> list[Sent]:
        """Return the newest messages, the newest first."""
        if not self._folder.is_dir():
            return []
        names = sorted((file.stem for file in self._folder.glob("*.json")), reverse=True)
        found = (self.find(UUID(name)) for name in names[:limit])
        return [sent for sent in found if sent]

    def find(self, sent_id: UUID) -> Sent | None:
        """Return a message, or None."""
        try:
            return msgspec.json.decode(self._file(sent_id).read_bytes(), type=Sent)
        except FileNotFoundError:
            return None

    def _file(self, sent_id: UUID) -> Path:
        return self._folder / f"{sent_id}.json"
