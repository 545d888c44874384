"""Who is invited, and who waits for a person (contract.md, "Who is invited")."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, notifications, people, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.people import Person, Risk
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.time import now
from trackmycrime.store import people as people_rows
from trackmycrime.store.cases import links as rows
from trackmycrime.store.cases.links import CandidateRow
from trackmycrime.tx import ForceTx

LIVES = timedelta(hours=72)
TRIES = 5


class Decision(Struct, frozen=True):
    """Whether one victim is invited at once; `why` holds the reasons why a person must look first."""

    row: CandidateRow
    person: Person
    why: tuple[str, ...]


async def consider(tx: ForceTx, case_ids: Sequence[UUID]) -> None:
    """Invite the victims of these cases whom nothing stands against; everybody else becomes a task for a person.

    Nobody is invited while the force is not live, twice by the service itself, or from a first load before its release.
    An invitation that was made before somebody was known to be at risk opens nothing any more.
    """
    await _withdraw(tx, case_ids)
    if not configuration(tx).live:
        return
    decisions = await _decided(tx, await rows.candidates(tx, case_ids))
    await _invite(tx, [decision for decision in decisions if not decision.why])
    kind = TaskKind.ASSESS_SUITABILITY
    waiting = [decision for decision in decisions if decision.why]
    await tasks.enter(
        tx, [tasks.new(kind, case_id=d.row.case_id, person_id=d.row.person_id, why=d.why) for d in waiting]
    )


async def _withdraw(tx: ForceTx, case_ids: Sequence[UUID]) -> None:
    opened = await people_rows.open_invites(tx, case_ids)
    found = await people.by_id(tx, [row.person_id for row in opened])
    risks = await people.risks(tx, found.values())
    ended = [row for row in opened if risks[row.person_id] is not Risk.NONE]
    if ended:
        await people_rows.withdraw_invites(tx, [row.id for row in ended])
        await audit.record_all(tx, [Deed("invite.withdrawn", row.id, row.case_id) for row in ended])
        kind = TaskKind.ASSESS_SUITABILITY
        await tasks.enter(
            tx, [tasks.new(kind, case_id=r.case_id, person_id=r.person_id, why=[risks[r.person_id]]) for r in ended]
        )


async def _decided(tx: ForceTx, candidates: Sequence[CandidateRow]) -> list[Decision]:
    found = await people.by_id(tx, [row.person_id for row in candidates])
    risks = await people.risks(tx, found.values())
    return [
        Decision(row, found[row.person_id], _reasons(row, found[row.person_id], risks[row.person_id]))
        for row in candidates
    ]


def _reasons(row: CandidateRow, person: Person, risk: Risk) -> tuple[str, ...]:
    why: list[str] = []
    if row.suitability != "suitable":
        why.append("not_assessed")
    if risk is not Risk.NONE:
        why.append(risk)
    if not (person.contact.email or person.contact.mobile):
        why.append("no_contact")
    return tuple(why)


async def _invite(tx: ForceTx, decisions: Sequence[Decision]) -> None:
    # A person with two new cases is invited once, for the first of them.
    by_person = {decision.person.id: decision for decision in reversed(decisions)}
    links = [(decision.person.id, decision.row.case_id) for decision in by_person.values()]
    made = await people_rows.add_invites(tx, links, tries=TRIES, expires_at=now() + LIVES)
    await notifications.invite(tx, [(invite_id, by_person[person_id].person) for invite_id, person_id in made])
    deeds = [Deed("person.invited", invite_id, by_person[person_id].row.case_id) for invite_id, person_id in made]
    await audit.record_all(tx, deeds)


async def expire(tx: ForceTx) -> int:
    """End invitations whose time has passed, and make reissuing them a person's task. Returns how many."""
    ended = await people_rows.expire_invites(tx)
    kind = TaskKind.INVITE_ENDED
    await tasks.enter(
        tx, [tasks.new(kind, case_id=case_id, person_id=person_id, why=["expired"]) for person_id, case_id in ended]
    )
    return len(ended)
