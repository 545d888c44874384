"""Proof of deletion: what went, how much, when and under which schedule, where it stands in the audit, and whether that is so.

A certificate names nothing that went. It has a digest over the ids of it, which the row of the audit has too; that row is in the
chain, which a command verifies from its beginning. The force's own key signs the certificate, so that one that was made
elsewhere, or altered, is known.
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.retention.schedule import What
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import configurations
from trackmycrime.store.retention import proofs as rows
from trackmycrime.store.retention.proofs import DeletionRow
from trackmycrime.tx import ForceTx

DEED = "retention.deleted"
PAGE = 50
LONGEST = 4000  # characters of a certificate


class Certificate(Struct, frozen=True, forbid_unknown_fields=True):
    """That so many of a class were deleted; `settings` is the version of the force's settings under which they were.

    `position` and `link` are the place of the audit's row in the chain, None while it is not in it yet.
    """

    certificate: UUID
    force: str
    what: str
    number: int
    settings: int
    digest: str
    deleted_at: datetime
    audit: UUID
    position: int | None
    link: str | None
    proof: str


class Verdict(Struct, frozen=True):
    """Whether a certificate is true, and why, or why not, in the reader's words."""

    is_true: bool
    why: str


async def write(tx: ForceTx, what: What, ids: Sequence[UUID]) -> UUID:
    """Write down that these are deleted, in the transaction that deletes them, and return the id of the proof."""
    schedule, digest = (await configurations.current(tx)).number, digest_of(ids)
    row = await rows.add(tx, what, len(ids), schedule, digest)
    await audit.record_all(tx, [Deed(DEED, row.id, detail=_detail(row))])
    return row.id


def digest_of(ids: Sequence[UUID]) -> bytes:
    """Return the digest over the ids of what went, whatever their order."""
    return hashlib.sha256(b"".join(sorted(each.bytes for each in ids))).digest()


def _detail(row: DeletionRow) -> dict[str, object]:
    return {"class": row.what, "number": row.number, "settings": row.schedule, "digest": row.digest.hex()}


async def page(tx: ForceTx, number: int) -> tuple[list[DeletionRow], int]:
    """Return a page of what was deleted, the newest first, and how many deletions there were."""
    return await rows.listed(tx, PAGE, (max(1, number) - 1) * PAGE), await rows.number(tx)


async def certificate(tx: ForceTx, deletion_id: UUID) -> bytes:
    """Return the certificate of a deletion as JSON; that it was taken is recorded. Raises NotFound."""
    row = await rows.one(tx, deletion_id)
    place = await rows.place(tx, row) if row else None
    if row is None or place is None:
        raise NotFound(_("Page not found"))
    made = Certificate(
        certificate=row.id,
        force=tx.force.slug,
        what=row.what,
        number=row.number,
        settings=row.schedule,
        digest=row.digest.hex(),
        deleted_at=row.made_at,
        audit=place.audit_id,
        position=place.position,
        link=place.link.hex() if place.link else None,
        proof="",
    )
    await audit.record(tx, "retention.certificate_taken", subject_id=row.id)
    return msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(made, proof=_proof(tx, made))), indent=2)


def _proof(tx: ForceTx, of: Certificate) -> str:
    """Return what only this force can write of it: over all that does not change when the audit is put into its chain."""
    said = msgspec.structs.replace(of, position=None, link=None, proof="")
    return tx.keys.sign("certificate of deletion", msgspec.json.encode(said, order="sorted")).hex()


async def check(tx: ForceTx, text: str) -> Verdict:
    """Say whether a certificate of this force is true: signed, as it was written down, and in an unbroken part of the audit."""
    try:
        told = msgspec.json.decode(text[:LONGEST], type=Certificate)
    except (msgspec.DecodeError, UnicodeError):
        return Verdict(is_true=False, why=_("This is not a certificate, or a part of it is missing."))
    if not hmac.compare_digest(told.proof.encode(), _proof(tx, told).encode()):
        return Verdict(is_true=False, why=_("It was altered, or your force did not make it."))
    stands = await audit.stands(tx, told.audit)
    wanted = (DEED, told.certificate, _told(told))
    if stands is None or (stands.what, stands.subject_id, stands.detail) != wanted:
        return Verdict(is_true=False, why=_("The audit does not say what it says."))
    if stands.position is None:
        return Verdict(is_true=True, why=_("The audit says so too. It is not in its chain yet: that takes a minute."))
    if not stands.is_intact or (told.position, told.link) not in {(None, None), (stands.position, stands.link.hex())}:
        return Verdict(is_true=False, why=_("The chain of the audit is broken at this place."))
    return Verdict(is_true=True, why=_("The audit says so too, at link %(position)s.", position=stands.position))


def _told(told: Certificate) -> dict[str, object]:
    return {"class": told.what, "number": told.number, "settings": told.settings, "digest": told.digest}
