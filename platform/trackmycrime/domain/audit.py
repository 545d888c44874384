"""Who did what to what, and when (Data Protection Act 2018, section 62): written with the deed, then sealed in a chain."""

import hashlib
import hmac
from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.gateways.heads import Head, Heads
from trackmycrime.store import audit as rows
from trackmycrime.store.audit import AuditRow, Deed, Seal
from trackmycrime.tx import ForceTx

__all__ = ["Broken", "Deed", "Stands", "Verdict", "record", "record_all", "seal", "stands", "verify"]

_BEGINNING = bytes(32)
_BATCH = 2000


class Broken(Struct, frozen=True):
    """The first place at which the chain and the audit disagree."""

    position: int
    audit_id: UUID | None
    what: str


class Verdict(Struct, frozen=True):
    """What a walk along the whole chain found."""

    links: int
    head: bytes
    broken: Broken | None


class Stands(Struct, frozen=True):
    """How one row stands: what it says, and its link of the chain, if there is one; intact where the one before leads to it."""

    what: str
    subject_id: UUID | None
    detail: dict[str, object]
    position: int | None
    link: bytes
    is_intact: bool


async def record(
    tx: ForceTx,
    what: str,
    *,
    subject_id: UUID | None = None,
    case_id: UUID | None = None,
    reason: bytes | None = None,
    **detail: object,
) -> None:
    """Record one deed of this transaction's actor. `detail` holds ids, counts and names of things, never text."""
    await rows.add(tx, [Deed(what, subject_id, case_id, reason, detail)])


async def record_all(tx: ForceTx, deeds: Sequence[Deed]) -> None:
    """Record many deeds of this transaction's actor at once."""
    await rows.add(tx, deeds)


async def seal(tx: ForceTx, heads: Heads, *, limit: int = _BATCH) -> int:
    """Put the oldest unsealed rows into the chain and return how many: SHA-256(previous digest, canonical row).

    The chain is made behind the writers' backs because a chain inside their transactions would let only one of a force
    write at a time. The head that was committed before is kept outside the database, with a proof by the force's key.
    """
    waiting = await rows.unsealed(tx, limit)
    last = await rows.head(tx)
    if last:
        heads.keep(tx.force.id, Head(last.position, last.digest, _proof(tx, last.position, last.digest)))
    position, digest = (last.position, last.digest) if last else (0, _BEGINNING)
    links: list[Seal] = []
    for row in waiting:
        position, digest = position + 1, _next(digest, row)
        links.append(Seal(position, row.id, row.at, digest))
    await rows.seal(tx, links)
    return len(links)


def _next(previous: bytes, row: AuditRow) -> bytes:
    canonical = (
        row.id.hex,
        row.at.isoformat(),
        row.actor_kind,
        row.actor_id.hex,
        row.what,
        row.subject_id.hex if row.subject_id else "",
        row.case_id.hex if row.case_id else "",
        row.reason or b"",
        msgspec.json.encode(row.detail, order="sorted"),
    )
    return hashlib.sha256(previous + msgspec.msgpack.encode(canonical)).digest()


def _proof(tx: ForceTx, position: int, digest: bytes) -> bytes:
    return tx.keys.sign("audit head", position.to_bytes(8) + digest)


async def verify(tx: ForceTx, heads: Heads) -> Verdict:
    """Walk the chain from its beginning and return what was found: the first broken link, if there is one.

    A chain that was cut short, or written anew, disagrees with the head that was kept outside the database.
    """
    kept = heads.last(tx.force.id)
    position, digest = 0, _BEGINNING
    while links := await rows.chain(tx, position, _BATCH):
        found = await rows.rows(tx, [link.audit_id for link in links])
        for link in links:
            wrong = _fault(link, position, digest, found.get(link.audit_id)) or _rewritten(tx, link, kept)
            if wrong:
                return Verdict(position, digest, Broken(link.position, link.audit_id, wrong))
            position, digest = link.position, link.digest
    if kept and kept.position > position:
        return Verdict(position, digest, Broken(position + 1, None, "the chain was cut short"))
    return Verdict(position, digest, None)


async def stands(tx: ForceTx, audit_id: UUID) -> Stands | None:
    """Return how one row of the audit stands, or None where there is no such row."""
    row = (await rows.rows(tx, [audit_id])).get(audit_id)
    if row is None:
        return None
    link = await rows.link(tx, audit_id)
    if link is None:
        return Stands(row.what, row.subject_id, row.detail, None, b"", is_intact=False)
    before = await rows.chain(tx, link.position - 2, 1) if link.position > 1 else []
    previous = before[0].digest if before else _BEGINNING
    return Stands(row.what, row.subject_id, row.detail, link.position, link.digest, _next(previous, row) == link.digest)


def _rewritten(tx: ForceTx, link: Seal, kept: Head | None) -> str:
    if kept is None or kept.position != link.position:
        return ""
    if not hmac.compare_digest(kept.proof, _proof(tx, kept.position, kept.digest)):
        return "the head kept outside was altered"
    return "" if kept.digest == link.digest else "the chain was written anew"


def _fault(link: Seal, position: int, digest: bytes, row: AuditRow | None) -> str:
    if link.position != position + 1:
        return "a link is missing"
    if row is None:
        return "the row was removed"
    return "" if _next(digest, row) == link.digest else "the row was changed"
