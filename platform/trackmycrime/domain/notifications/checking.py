"""What may be sent now: asked again just before sending, for what is known of somebody may have changed since."""

from collections.abc import Sequence
from uuid import UUID

from trackmycrime.domain import people
from trackmycrime.domain.identity import staff
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.domain.notifications import codes, resets, staff_wording, wording
from trackmycrime.domain.notifications.queueing import Channel, NoticeKind, tell_in_person
from trackmycrime.domain.notifications.ready import Dropped, Ready
from trackmycrime.domain.people import Leave, Person, Risk
from trackmycrime.store import notifications as rows
from trackmycrime.store import people as people_rows
from trackmycrime.store.notifications import Choice, Due
from trackmycrime.tx import ForceTx

# Where an email leads that tells administrators only that something needs them.
_LEADS_TO = {NoticeKind.FEED_LATE: "/admin/clients/arrivals", NoticeKind.AUDIT_BROKEN: "/admin/audit/whole"}


async def checked(tx: ForceTx, due: Sequence[Due]) -> list[Ready]:
    """Return these notifications with what goes out of each, if anything does; what must not is made a person's task."""
    to_people = [item for item in due if item.person_id]
    found = await people.by_id(tx, [item.person_id for item in to_people if item.person_id])
    choices = await rows.choices(tx, list(found))
    asking = [item for item in to_people if item.kind == NoticeKind.RESET]
    coded = [item for item in to_people if item.kind == NoticeKind.CODE]
    told = [item for item in to_people if item.kind not in {NoticeKind.RESET, NoticeKind.CODE}]
    ready = [await _to_staff(tx, item) for item in due if item.staff_id]
    ready += [Ready(item, None, Dropped.NO_ADDRESS) for item in due if not item.staff_id and not item.person_id]
    ready += await codes.checked(tx, coded, found, choices) + await resets.checked(tx, asking, found, choices)
    return ready + await _told(tx, told, found, choices)


async def _told(tx: ForceTx, due: Sequence[Due], found: dict[UUID, Person], choices: dict[UUID, Choice]) -> list[Ready]:
    leaves = await people.leaves(tx, found.values())
    invites = await people_rows.still_open(tx, [item.invite_id for item in due if item.invite_id])
    ready: list[Ready] = []
    for item in due:
        person = found.get(item.person_id) if item.person_id else None
        ready.append(_to_person(tx, item, person, choices, leaves, invites))
    to_known = [(person_id, item) for item in ready if (person_id := item.due.person_id) and person_id in leaves]
    refused = {
        person_id: leaves[person_id].refused or item.dropped
        for person_id, item in to_known
        if _falls_to_a_person(item, leaves[person_id])
    }
    await tell_in_person(tx, None, refused)
    return ready


def _falls_to_a_person(item: Ready, leave: Leave) -> bool:
    """Say whether a person has to do what we must not: at risk, nothing goes to another channel by itself."""
    if item.due.kind == NoticeKind.DEVICE:  # there is nothing in it that a person would have to say
        return False
    if item.dropped in {Dropped.AT_RISK, Dropped.OTHER_CHANNEL}:
        return True
    return item.due.kind == NoticeKind.NEWS and leave.safe is not None and item.dropped != ""


async def _to_staff(tx: ForceTx, due: Due) -> Ready:
    row = await staff.by_id(tx, due.staff_id) if due.staff_id else None
    if row is None or not row.email:
        return Ready(due, None, Dropped.NO_ADDRESS)
    if place := _LEADS_TO.get(NoticeKind(due.kind)):
        words = staff_wording.attention(tx, place) if row.active and row.role == StaffRole.ADMIN else None
        return (
            Ready(due, wording.to_staff(tx, due.id, row.email, words))
            if words
            else Ready(due, None, Dropped.NO_ADDRESS)
        )
    if not row.role or not row.active or row.password_hash:  # they went, or used their link, meanwhile
        return Ready(due, None, Dropped.INVITE_ENDED)
    return Ready(due, wording.staff_email(tx, due.id, row.id, row.email))


def _to_person(
    tx: ForceTx,
    due: Due,
    person: Person | None,
    choices: dict[UUID, Choice],
    leaves: dict[UUID, Leave],
    invites: dict[UUID, bool],
) -> Ready:
    if person is None:
        return Ready(due, None, Dropped.NO_ADDRESS)
    leave = leaves[person.id]
    if stopped := _stopped(due, leave, invites):
        return Ready(due, None, stopped)
    choice = choices.get(person.id)
    address, wanted = _address(tx, due, person, choice, leave)
    if not wanted:
        return Ready(due, None, Dropped.SWITCHED_OFF)
    if not address:
        return Ready(due, None, Dropped.NO_ADDRESS)
    return wording.to_victim(tx, due, person, address, leave, due.invite_id, linked=choice is None or choice.link_on)


def _stopped(due: Due, leave: Leave, invites: dict[UUID, bool]) -> str:
    """Say what stands against telling somebody, if anything does; an invitation at risk needs its code."""
    if leave.refused:
        return Dropped.AT_RISK
    if leave.safe and due.channel != leave.safe.channel:
        return Dropped.OTHER_CHANNEL
    if due.kind == NoticeKind.INVITE:
        has_code = invites.get(due.invite_id) if due.invite_id else None
        if has_code is None:
            return Dropped.INVITE_ENDED
        return "" if leave.risk is Risk.NONE or has_code else Dropped.AT_RISK
    return ""


def _address(tx: ForceTx, due: Due, person: Person, choice: Choice | None, leave: Leave) -> tuple[str | None, bool]:
    """Return where it goes, and whether the person still wants it. At risk it goes to no number but what staff recorded."""
    if due.kind == NoticeKind.INVITE:
        return (person.contact.email if due.channel == Channel.EMAIL else person.contact.mobile), choice is None
    if choice is None:
        return None, True
    if due.channel == Channel.EMAIL:
        return person.contact.email, choice.email_on
    if leave.safe:
        return person.contact.mobile, choice.text_on
    return people.chosen_mobile(tx.keys, person, choice.mobile), choice.text_on
