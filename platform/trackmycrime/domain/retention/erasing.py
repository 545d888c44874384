"""Erasing somebody: all by which this service knows them, reaches them or lets them in.

What they wrote, and what was written to them, stays in its case, under no name, until the case goes: it is part of an
investigation, of which the force's record system has the record. An erased person is never told or invited again: what a record
system says of them later is refused.
"""

from collections.abc import Sequence
from uuid import UUID

from trackmycrime.domain import gone
from trackmycrime.domain.gone import Gone
from trackmycrime.domain.ingest import batch
from trackmycrime.domain.retention import certificates
from trackmycrime.domain.retention.schedule import What
from trackmycrime.kit.errors import Conflict, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import waiting
from trackmycrime.store.cases import rows as case_rows
from trackmycrime.store.cases.rows import CaseRow
from trackmycrime.store.retention import going, holds, rights
from trackmycrime.tx import ForceTx


async def erase(tx: ForceTx, person_id: UUID) -> UUID:
    """Erase somebody, and return the id of the proof. Raises Conflict while a legal hold stands, NotFound where they are gone."""
    source = await rights.source(tx, person_id)
    if source is None:
        raise NotFound(_("This person is not here any more."))
    if await holds.on_person(tx, person_id):
        raise Conflict(_("There is a legal hold on a case of this person. Nobody can be erased while it stands."))
    proof = await certificates.write(tx, What.ERASURE, [person_id])
    await gone.remember(tx, Gone.PERSON, [(person_id, source)], proof)
    await going.records(tx, await going.naming(tx, person_id))
    await going.dismiss(tx, await _waiting(tx, person_id, source))
    await going.people(tx, [person_id])
    return proof


async def _waiting(tx: ForceTx, person_id: UUID, source: str) -> Sequence[UUID]:
    """Return the records that wait on the cases of somebody and speak of them."""
    held = [row for event_id in await going.waiting(tx, person_id) if (row := await waiting.one(tx, event_id))]
    cases = await _locked(tx, [row.case_id for row in held if row.case_id])
    said = {row.id: batch.said(tx, row, cases.get(row.case_id or row.id)) for row in held}
    return [event_id for event_id, content in said.items() if source.encode() in content]


async def _locked(tx: ForceTx, case_ids: Sequence[UUID]) -> dict[UUID, CaseRow]:
    named = dict((await waiting.references(tx, case_ids)).values())
    return {case.id: case for case in (await case_rows.lock(tx, named)).values()}
