"""Inviting somebody again, or for the first time after staff have looked: by staff, or by whoever has an expired link."""

from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, cases, notifications, people, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases import activation
from trackmycrime.domain.cases.assessments import concerned
from trackmycrime.domain.cases.invitations import LIVES, TRIES, is_coded
from trackmycrime.domain.cases.registration import InviteGone, has_expired
from trackmycrime.domain.notifications.wording import INVITE
from trackmycrime.domain.people import Leave, Person, Risk
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit import links
from trackmycrime.kit.errors import Conflict
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import invites as rows
from trackmycrime.store import people as people_rows
from trackmycrime.store.invites import Standing
from trackmycrime.store.people import InviteRow
from trackmycrime.tx import ForceTx

_ANSWERED = (TaskKind.INVITE_ENDED, TaskKind.INVITE_WITH_CODE)


class Prospect(Struct, frozen=True):
    """Whether somebody can be invited: `obstacle` says in words what stands against it; `coded` asks for a code."""

    obstacle: str
    coded: bool


async def prospect(tx: ForceTx, case: cases.Case, person_id: UUID) -> Prospect:
    """Say whether staff can invite somebody on a case that they see."""
    person, leave = await _person(tx, person_id)
    standing = await rows.standing(tx, case.id, person_id)
    return Prospect(_obstacle(tx, standing, person, leave), standing is not None and _coded(tx, standing, leave))


async def _person(tx: ForceTx, person_id: UUID) -> tuple[Person, Leave]:
    person = (await people.by_id(tx, [person_id]))[person_id]
    return person, (await people.leaves(tx, [person]))[person_id]


def _coded(tx: ForceTx, standing: Standing, leave: Leave) -> bool:
    """Say whether the invitation asks for a code: where any does, and for everybody who acts for another."""
    return is_coded(tx, leave) or standing.role == "proxy"


def _obstacle(tx: ForceTx, standing: Standing | None, person: Person, leave: Leave) -> str:
    if standing is None or standing.role not in {"victim", "proxy", "reporter"}:
        return _("This case does not concern them.")
    if not configuration(tx).live or not standing.released:
        return _("Nobody is invited to this case until your force starts it.")
    if not standing.may_act:
        return _("Check first that they may act for the victim.")
    if standing.registered:
        return _("They have registered already.")
    return _of_case(standing) or _of_leave(leave) or _of_contact(tx, person, leave)


def _of_case(standing: Standing) -> str:
    if standing.consent != "opted_in":
        return _("They do not want to follow their case online.")
    if standing.closed:
        return _("The case is closed.")
    if standing.suitability != "suitable":
        return _("Record first that this service suits them.")
    return ""


def _of_leave(leave: Leave) -> str:
    return {
        "": "",
        Risk.UNDER_18: _("They are under 18. Somebody who acts for them can be invited instead."),
        Risk.AGE_UNKNOWN: _("Their date of birth is not recorded, so they could not register."),
        "safe_call": _("They are only called. No invitation is sent."),
    }.get(leave.refused, _("Record first how it is safe to reach them."))


def _of_contact(tx: ForceTx, person: Person, leave: Leave) -> str:
    if notifications.invite_channel(tx, person, leave) is None:
        return _("There is no email address or number to send an invitation to.")
    return ""


async def issue(tx: ForceTx, case_id: UUID, person_id: UUID) -> str:
    """Invite somebody; what they had before opens nothing any more. Returns the activation code, "" where none is asked for.

    Nobody at risk is invited without a code. Raises NotFound when the case does not concern them, Conflict with the reason
    when they cannot be invited.
    """
    case, _link = await concerned(tx, case_id, person_id)
    person, leave = await _person(tx, person_id)
    standing = await rows.standing(tx, case.id, person_id)
    obstacle = _obstacle(tx, standing, person, leave)
    if standing is None or obstacle:
        raise Conflict(obstacle)
    code = activation.make() if _coded(tx, standing, leave) else ""
    await _add(tx, case.id, person, leave, code)
    await tasks.settle(tx, _ANSWERED, person_id)
    return code


async def _add(tx: ForceTx, case_id: UUID, person: Person, leave: Leave, code: str) -> None:
    ended = await rows.replace(tx, person.id)
    await audit.record_all(tx, [Deed("invite.withdrawn", each, case_id) for each in ended])
    invite_id = rows.new_id()
    code_hash = activation.hashed(tx.keys, invite_id, code) if code else None
    begins = leave.next_moment(now())
    await rows.add(tx, invite_id, person.id, case_id, tries=TRIES, expires_at=begins + LIVES, code_hash=code_hash)
    await notifications.invite(tx, [(invite_id, person)], {person.id: leave})
    await audit.record(tx, "person.invited", subject_id=invite_id, case_id=case_id, coded=bool(code))


async def renew(tx: ForceTx, token: str) -> None:
    """Send a new link instead of one that expired, to the address on record, to somebody whose link needs no code.

    Whoever has the link learns nothing of whether that was done. Once a link is out, no other follows for its 72 hours;
    what died by wrong tries is a person's to send again. Raises InviteGone for a link that never expired.
    """
    invite_id = links.opened(tx.keys, INVITE, token)
    row = await people_rows.invite(tx, invite_id) if invite_id else None
    if row is None or not has_expired(row):
        raise InviteGone
    person, leave = await _person(tx, row.person_id)
    if await _may_renew(tx, row, person, leave):
        await _add(tx, row.case_id, person, leave, "")
        await tasks.settle(tx, [TaskKind.INVITE_ENDED], person.id)


async def _may_renew(tx: ForceTx, row: InviteRow, person: Person, leave: Leave) -> bool:
    if is_coded(tx, leave) or leave.safe is not None or row.code_hash is not None:
        return False
    if await rows.latest(tx, person.id) != row.id:
        return False
    return not _obstacle(tx, await rows.standing(tx, row.case_id, person.id), person, leave)
