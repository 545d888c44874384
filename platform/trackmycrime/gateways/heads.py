"""Where the heads of the audit chains are kept, outside the database: whoever cuts or rewrites a chain does not reach them."""

from pathlib import Path
from uuid import UUID

import msgspec
from msgspec import Struct

HEADS = "audit-heads"  # the folder in the service's home


class Head(Struct, frozen=True):
    """How far a force's chain reached, its digest there, and the proof that the force's key said so."""

    position: int
    digest: bytes
    proof: bytes


class Heads:
    """A folder with one file for each force; every head it was given stays in it, one line each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, force: UUID, head: Head) -> None:
        """Keep a head, unless it is the one that was kept last."""
        if self.last(force) == head:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._file(force).open("ab") as file:
            file.write(msgspec.json.encode(head) + b"\n")

    def last(self, force: UUID) -> Head | None:
        """Return the head that was kept last, or None. A line that a crash left unfinished counts as not kept."""
        file = self._file(force)
        lines = file.read_bytes().splitlines() if file.exists() else []
        for line in reversed(lines):
            try:
                return msgspec.json.decode(line, type=Head)
            except msgspec.DecodeError:
                continue
        return None

    def _file(self, force: UUID) -> Path:
        return self._folder / f"{force}.jsonl"
