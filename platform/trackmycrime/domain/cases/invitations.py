"""Who is invited, and who waits for a person (contract.md, "Who is invited")."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, notifications, people, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.people import Leave, Person, Risk
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.time import now
from trackmycrime.store import people as people_rows
from trackmycrime.store.cases import links as rows
from trackmycrime.store.cases.links import CandidateRow
from trackmycrime.store.people import InviteRow
from trackmycrime.tx import ForceTx

LIVES = timedelta(hours=72)
TRIES = 5


class Decision(Struct, frozen=True):
    """Whether one victim is invited at once; `why` holds the reasons why a person must look first.

    An invitation that is `coded` is a person's to send, with its code: at risk, and where the force wants that for everybody.
    """

    row: CandidateRow
    person: Person
    leave: Leave
    why: tuple[str, ...]
    coded: bool

    @property
    def task(self) -> TaskKind | None:
        """What a person has to do: None where somebody is invited at once, or where staff decided that they are called."""
        if "safe_call" in self.why and set(self.why) <= {"safe_call", "no_contact"}:
            return None
        if self.why:
            return TaskKind.ASSESS_SUITABILITY
        return TaskKind.INVITE_WITH_CODE if self.coded else None

    @property
    def at_once(self) -> bool:
        """Whether nothing stands against inviting them by ourselves: never at risk, whatever staff recorded."""
        return not self.why and not self.coded


async def consider(tx: ForceTx, case_ids: Sequence[UUID]) -> int:
    """Invite the victims of these cases whom nothing stands against, and return how many; everybody else becomes a task.

    Nobody is invited while the force is not live, twice by the service itself, or from a first load before its release.
    An invitation that was made before somebody was known to be at risk opens nothing any more.
    """
    await _withdraw(tx, case_ids)
    if not configuration(tx).live:
        return 0
    decisions = await decided(tx, await rows.candidates(tx, case_ids))
    invited = await _invite(tx, [decision for decision in decisions if decision.at_once])
    await tasks.enter(
        tx,
        [
            tasks.new(d.task, case_id=d.row.case_id, person_id=d.row.person_id, why=d.why)
            for d in decisions
            if d.task is not None
        ],
    )
    return invited


async def _withdraw(tx: ForceTx, case_ids: Sequence[UUID]) -> None:
    opened = await people_rows.open_invites(tx, case_ids)
    found = await people.by_id(tx, [row.person_id for row in opened])
    leaves = await people.leaves(tx, found.values())
    ended = [row for row in opened if _endangers(row, leaves[row.person_id])]
    if ended:
        await people_rows.withdraw_invites(tx, [row.id for row in ended])
        await audit.record_all(tx, [Deed("invite.withdrawn", row.id, row.case_id) for row in ended])
        kind = TaskKind.ASSESS_SUITABILITY
        await tasks.enter(
            tx,
            [tasks.new(kind, case_id=r.case_id, person_id=r.person_id, why=[_why(leaves[r.person_id])]) for r in ended],
        )


def _endangers(row: InviteRow, leave: Leave) -> bool:
    """Say whether an open invitation must open nothing any more: at risk it has a code, and a safe contact that holds."""
    return bool(leave.refused) or (leave.risk is not Risk.NONE and row.code_hash is None)


def _why(leave: Leave) -> str:
    return leave.refused or leave.risk


async def decided(tx: ForceTx, candidates: Sequence[CandidateRow]) -> list[Decision]:
    """Return whether each of these is invited at once, and if not why."""
    found = await people.by_id(tx, [row.person_id for row in candidates])
    leaves = await people.leaves(tx, found.values())
    return [_decision(tx, row, found[row.person_id], leaves[row.person_id]) for row in candidates]


def _decision(tx: ForceTx, row: CandidateRow, person: Person, leave: Leave) -> Decision:
    why: list[str] = []
    if row.suitability != "suitable":
        why.append("not_assessed")
    if leave.refused:
        why.append(leave.refused)
    reach = Leave(leave.risk) if leave.refused else leave
    if notifications.invite_channel(tx, person, reach) is None:
        why.append("no_contact")
    return Decision(row, person, leave, tuple(why), is_coded(tx, leave))


def is_coded(tx: ForceTx, leave: Leave) -> bool:
    """Say whether an invitation asks for an activation code: at risk always, else where the force wants it (security.md)."""
    return leave.risk is not Risk.NONE or configuration(tx).activation_code_for_all


async def _invite(tx: ForceTx, decisions: Sequence[Decision]) -> int:
    # A person with two new cases is invited once, for the first of them.
    by_person = {decision.person.id: decision for decision in reversed(decisions)}
    links = [(decision.person.id, decision.row.case_id) for decision in by_person.values()]
    made = await people_rows.add_invites(tx, links, tries=TRIES, expires_at=now() + LIVES)
    invited = [(invite_id, by_person[person_id].person) for invite_id, person_id in made]
    await notifications.invite(tx, invited, {person_id: decision.leave for person_id, decision in by_person.items()})
    deeds = [Deed("person.invited", invite_id, by_person[person_id].row.case_id) for invite_id, person_id in made]
    await audit.record_all(tx, deeds)
    return len(made)


async def expire(tx: ForceTx) -> int:
    """End invitations whose time has passed, and make reissuing them a person's task. Returns how many."""
    ended = await people_rows.expire_invites(tx)
    kind = TaskKind.INVITE_ENDED
    await tasks.enter(
        tx, [tasks.new(kind, case_id=case_id, person_id=person_id, why=["expired"]) for person_id, case_id in ended]
    )
    return len(ended)
