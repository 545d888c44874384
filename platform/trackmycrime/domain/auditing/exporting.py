"""The audit as a file that proves itself: what is in each line, and how the force's key speaks for all of them.

A line is a JSON object. Its last member is a proof by the force's key over the proof of the line before and all of its own
bytes, so that no line can be changed, taken out, moved or put in. The rows besides carry their links of the chain.
"""

import hashlib
from base64 import b64encode
from collections.abc import AsyncGenerator, Mapping
from datetime import datetime
from uuid import uuid4

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.audit import Canonical, Place
from trackmycrime.domain.auditing import searching
from trackmycrime.domain.auditing.searching import Asked, Cursor
from trackmycrime.kit.actor import Actor
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.sealing import Keyring
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import audit as links
from trackmycrime.store import auditing as rows
from trackmycrime.store.auditing import LinkedRow, Wanted
from trackmycrime.tx import ForceDoor, ForceTx

MOST = 1_000_000  # rows of a file: some hundreds of megabytes
COUNTED = 10_000  # rows that wait to be sealed are counted no further
NAME = "TrackMyCrime audit"
BATCH = 500
_HOW = (
    "Each line ends with a proof by the force's key over the proof of the line before and the SHA-256 of the line without it."
    " A row is: id, moment, kind of actor, actor, deed, subject, case, sealed reason in base64, detail."
    " Its digest is SHA-256 over the previous digest and the row in MessagePack, reason and detail as bytes."
)
_WHOLE = (
    "These are all rows of the chain from the first position to the last, each following from the one before:"
    " none is missing between them. The chain has the order in which rows were sealed, so that a few may be of just before"
    " or after the days that were asked for."
)
_PARTS = (
    "These rows were chosen. Each has the position and the digest that it has in the chain, and the digest before it."
    " The file shows that they were written like this; it does not show that no other row fits what was asked for."
)


class Waiting(Struct, frozen=True):
    """How many rows are not sealed yet, counted no further than COUNTED, and until when all are."""

    number: int
    until: datetime


class Export(Struct, frozen=True):
    """A file to be written. Positions are of the chain; `chain` says that it holds all rows from `first` to `last`."""

    wanted: Wanted
    asked: Asked
    chain: bool
    first: int
    last: int
    before: Place
    head: Place
    waiting: Waiting


async def waiting(tx: ForceTx) -> Waiting:
    """Return how many rows are not sealed yet, and until when a file that is made now is complete."""
    number, since = await rows.waiting(tx, COUNTED)
    return Waiting(number, since or now())


async def prepare(tx: ForceTx, asked: Asked) -> Export:
    """Return what a file of these deeds will hold; that it is taken away is recorded.

    Raises Invalid for more than MOST rows of the chain or for nothing at all, and NotFound as a search does.
    """
    await searching.require_known(tx, asked)
    wanted, chain = await searching.wanted(tx, asked), not set(asked.kinds) - {"period"}
    await tx.allow(60)
    first, last = (await rows.ends(tx, wanted.since, wanted.until) or (1, 0)) if chain else (0, 0)
    if chain and not last:
        raise Invalid({"": _("Nothing of these days is in the chain yet. Try again in a minute, or choose other days")})
    if last - first >= MOST:
        raise Invalid({"": _("This is more than one file holds. Choose fewer days")})
    before = Place(first - 1, await rows.digest(tx, first - 1) or b"") if first > 1 else audit.BEGINNING
    newest = await links.head(tx)
    head = Place(newest.position, newest.digest) if newest else audit.BEGINNING
    await audit.record(tx, "audit.exported", by=asked.kinds, first=first, last=last)
    return Export(wanted, asked, chain, first, last, before, head, await waiting(tx))


class Writer:
    """Writes the lines of one file, each with its proof."""

    def __init__(self, keys: Keyring) -> None:
        self._keys, self._mark = keys, b""

    def line(self, told: Mapping[str, object]) -> bytes:
        """Return a line."""
        body = msgspec.json.encode(told)
        self._mark = mark(self._keys, self._mark, body)
        return body[:-1] + b',"proof":"' + self._mark.hex().encode() + b'"}\n'


def mark(keys: Keyring, before: bytes, body: bytes) -> bytes:
    """Return what only the force's key can say of a line, after what it said of the line before."""
    return keys.sign("audit export", before + hashlib.sha256(body).digest())


async def lines(door: ForceDoor, actor: Actor, export: Export) -> AsyncGenerator[bytes]:
    """Write the file line by line, a few hundred rows at a time: however long it is, no more than those are in mind."""
    writer = Writer(door.force.keys)
    yield writer.line(_header(door, actor, export))
    written, unsealed, after, place = 0, 0, None, export.before
    more = True
    while more and written < MOST:
        async with door.open(actor) as tx:
            await tx.allow(60)
            if export.chain:
                part, place = await _of_chain(tx, place, export.last)
                more = bool(part) and place.position < export.last
            else:
                found = await rows.linked(tx, export.wanted, after, BATCH)
                part = [_linked(row) for row in found if row.position]
                unsealed += len(found) - len(part)
                after, more = Cursor(found[-1].at, found[-1].id) if found else None, len(found) == BATCH
        written += len(part)
        yield b"".join(map(writer.line, part))
    yield writer.line(_trailer(door, export, {"rows": written, "unsealed": unsealed, "more": more}))


def _header(door: ForceDoor, actor: Actor, export: Export) -> dict[str, object]:
    asked, wanted = export.asked, export.wanted
    return {
        "file": NAME,
        "version": 1,
        "force": door.force.slug,
        "number": str(uuid4()),
        "made_at": now().isoformat(),
        "made_by": str(actor.id),
        "since": wanted.since.isoformat(),
        "until": min(wanted.until, now()).isoformat(),
        "asked": {"by": asked.by, "group": asked.group, "staff": asked.staff_id, "case": asked.case_id},
        "holds": "chain" if export.chain else "rows",
        "first": export.first,
        "last": export.last,
        "complete_until": export.waiting.until.isoformat(),
        "not_sealed_yet": export.waiting.number,
        "proves": _WHOLE if export.chain else _PARTS,
        "how": _HOW,
    }


async def _of_chain(tx: ForceTx, place: Place, last: int) -> tuple[list[dict[str, object]], Place]:
    found = [link for link in await links.chain(tx, place.position, BATCH) if link.position <= last]
    known = await links.rows(tx, [link.audit_id for link in found])
    told: list[dict[str, object]] = []
    for link in found:
        row = known.get(link.audit_id)
        told.append(_row(link.position, audit.canonical(row) if row else None, place.digest, link.digest))
        place = Place(link.position, link.digest)
    return told, place


def _linked(row: LinkedRow) -> dict[str, object]:
    previous = audit.BEGINNING.digest if row.position == 1 else row.previous or b""
    return _row(row.position or 0, audit.canonical(row), previous, row.digest or b"")


def _row(position: int, canonical: Canonical | None, previous: bytes, digest: bytes) -> dict[str, object]:
    told = [*canonical[:-2], b64encode(canonical[-2]).decode(), canonical[-1].decode()] if canonical else None
    return {"position": position, "row": told, "previous": previous.hex(), "digest": digest.hex()}


def _trailer(door: ForceDoor, export: Export, counted: dict[str, object]) -> dict[str, object]:
    head = export.head
    proof = audit.proof(door.force.keys, head)
    return {
        "end": NAME,
        **counted,
        "head": {"position": head.position, "digest": head.digest.hex(), "proof": proof.hex()},
    }


async def digest_at(tx: ForceTx, position: int) -> bytes | None:
    """Return the digest that the chain has at a position now, or None."""
    return await rows.digest(tx, position)
