"""Who did what to what, and when (Data Protection Act 2018, section 62): written with the deed, then sealed in a chain."""

import hashlib
import hmac
from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.gateways.heads import Head, Heads
from trackmycrime.kit.sealing import Keyring
from trackmycrime.store import audit as rows
from trackmycrime.store.audit import AuditRow, Deed, Seal
from trackmycrime.tx import ForceTx

__all__ = [
    "BEGINNING",
    "AuditRow",
    "Broken",
    "Canonical",
    "Deed",
    "Fault",
    "Place",
    "Stands",
    "Verdict",
    "Walk",
    "canonical",
    "following",
    "proof",
    "reason_place",
    "record",
    "record_all",
    "seal",
    "stands",
    "verify",
    "walk",
]

_BATCH = 2000

type Canonical = tuple[str, str, str, str, str, str, str, bytes, bytes]
"""A row as its digest is made over it: id, moment, kind and id of the actor, deed, subject, case, sealed reason, detail."""


class Fault(StrEnum):
    """How the chain and the audit can disagree, in the words of the command line."""

    MISSING = "a link is missing"
    REMOVED = "the row was removed"
    CHANGED = "the row was changed"
    ALTERED = "the head kept outside was altered"
    REWRITTEN = "the chain was written anew"
    CUT = "the chain was cut short"


class Place(Struct, frozen=True):
    """How far along the chain, and the digest there."""

    position: int
    digest: bytes


BEGINNING = Place(0, bytes(32))


class Broken(Struct, frozen=True):
    """The first place at which the chain and the audit disagree."""

    position: int
    audit_id: UUID | None
    what: Fault


class Walk(Struct, frozen=True):
    """How far a walk along the chain came, what it found broken, and whether the chain goes no further."""

    place: Place
    broken: Broken | None
    ended: bool


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


def reason_place(case_id: UUID) -> bytes:
    """Return the place that a reason about a case is sealed for, under the case's key."""
    return b"reason " + case_id.bytes


async def seal(tx: ForceTx, heads: Heads, *, limit: int = _BATCH) -> int:
    """Put the oldest unsealed rows into the chain and return how many: SHA-256(previous digest, canonical row).

    The chain is made behind the writers' backs because a chain inside their transactions would let only one of a force
    write at a time. The head that was committed before is kept outside the database, with a proof by the force's key.
    """
    waiting = await rows.unsealed(tx, limit)
    last = await rows.head(tx)
    place = Place(last.position, last.digest) if last else BEGINNING
    if last:
        heads.keep(tx.force.id, Head(place.position, place.digest, proof(tx.keys, place)))
    links: list[Seal] = []
    for row in waiting:
        place = Place(place.position + 1, following(place.digest, canonical(row)))
        links.append(Seal(place.position, row.id, row.at, place.digest))
    await rows.seal(tx, links)
    return len(links)


def canonical(row: AuditRow) -> Canonical:
    """Return a row in the one form that its digest is made over."""
    return (
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


def following(previous: bytes, row: Canonical) -> bytes:
    """Return the digest that follows another: SHA-256 over it and the row in MessagePack."""
    return hashlib.sha256(previous + msgspec.msgpack.encode(row)).digest()


def proof(keys: Keyring, place: Place) -> bytes:
    """Return what only the force's key can say of a place in the chain."""
    return keys.sign("audit head", place.position.to_bytes(8) + place.digest)


async def verify(tx: ForceTx, heads: Heads) -> Verdict:
    """Walk the chain from its beginning and return what was found: the first broken link, if there is one.

    A chain that was cut short, or written anew, disagrees with the head that was kept outside the database.
    """
    found = await walk(tx, heads, BEGINNING)
    return Verdict(found.place.position, found.place.digest, found.broken)


async def walk(tx: ForceTx, heads: Heads, start: Place, *, most: int | None = None) -> Walk:
    """Walk along the chain from a place that was found right, over at most so many links, a batch of them at a time."""
    kept = heads.last(tx.force.id)
    place, wrong = start, _rewritten(tx, start, kept)
    if wrong:
        return Walk(place, Broken(place.position, None, wrong), ended=False)
    while most is None or place.position < start.position + most:
        links = await rows.chain(tx, place.position, _BATCH)
        if not links:
            return Walk(place, _cut(place, kept), ended=True)
        found = await rows.rows(tx, [link.audit_id for link in links])
        for link in links:
            wrong = _fault(link, place, found.get(link.audit_id)) or _rewritten(tx, _place(link), kept)
            if wrong:
                return Walk(place, Broken(link.position, link.audit_id, wrong), ended=False)
            place = _place(link)
    return Walk(place, None, ended=False)


def _place(link: Seal) -> Place:
    return Place(link.position, link.digest)


async def stands(tx: ForceTx, audit_id: UUID) -> Stands | None:
    """Return how one row of the audit stands, or None where there is no such row."""
    row = (await rows.rows(tx, [audit_id])).get(audit_id)
    if row is None:
        return None
    link = await rows.link(tx, audit_id)
    if link is None:
        return Stands(row.what, row.subject_id, row.detail, None, b"", is_intact=False)
    before = await rows.chain(tx, link.position - 2, 1) if link.position > 1 else []
    previous = before[0].digest if before else BEGINNING.digest
    intact = following(previous, canonical(row)) == link.digest
    return Stands(row.what, row.subject_id, row.detail, link.position, link.digest, is_intact=intact)


def _cut(place: Place, kept: Head | None) -> Broken | None:
    cut = kept is not None and kept.position > place.position
    return Broken(place.position + 1, None, Fault.CUT) if cut else None


def _rewritten(tx: ForceTx, place: Place, kept: Head | None) -> Fault | None:
    if kept is None or kept.position != place.position:
        return None
    if not hmac.compare_digest(kept.proof, proof(tx.keys, Place(kept.position, kept.digest))):
        return Fault.ALTERED
    return None if kept.digest == place.digest else Fault.REWRITTEN


def _fault(link: Seal, place: Place, row: AuditRow | None) -> Fault | None:
    if link.position != place.position + 1:
        return Fault.MISSING
    if row is None:
        return Fault.REMOVED
    return None if following(place.digest, canonical(row)) == link.digest else Fault.CHANGED
