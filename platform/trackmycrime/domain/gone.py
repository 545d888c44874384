"""What was deleted here and must not come back by itself: known again by a keyed hash, and by nothing else."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from uuid import UUID

from trackmycrime.store.retention import proofs as rows
from trackmycrime.store.retention.proofs import GoneRow
from trackmycrime.tx import ForceTx


class Gone(StrEnum):
    """What went. The words are stored."""

    CASE = "case"
    PERSON = "person"


async def remember(tx: ForceTx, kind: Gone, named: Sequence[tuple[UUID, str]], deletion_id: UUID) -> None:
    """Remember what is deleted: its id, and by which name record systems call it (a folded reference, a person's id)."""
    await rows.mark(tx, kind, [(id_, _mark(tx, kind, name)) for id_, name in named], deletion_id)


async def among(tx: ForceTx, kind: Gone, names: Iterable[str]) -> dict[str, GoneRow]:
    """Return those of these names whose case or person was deleted here."""
    marks = {_mark(tx, kind, name): name for name in names if name}
    return {marks[row.mark]: row for row in await rows.gone(tx, kind, list(marks))} if marks else {}


async def let_back(tx: ForceTx, kind: Gone, name: str) -> UUID | None:
    """Forget that something was deleted, so that it can come again; return what its id was, None where it was not deleted."""
    return await rows.unmark(tx, kind, _mark(tx, kind, name))


def _mark(tx: ForceTx, kind: Gone, name: str) -> bytes:
    return tx.keys.sign(f"gone {kind}", name.encode())
