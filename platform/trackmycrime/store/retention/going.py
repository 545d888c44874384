"""What goes is deleted row by row, what points at something before what it points at."""

from collections.abc import Sequence
from uuid import UUID

from trackmycrime.tx import ForceTx

# The order is that of the foreign keys. What is deleted of a case holds no text that anything else needs.
_OF_CASES = (
    """delete from app.notification where force_id = $1 and invite_id in (
       select i.id from app.invite i where i.force_id = $1 and i.case_id = any($2::uuid[]))""",
    """delete from app.read_mark where force_id = $1 and entry_id in (
       select e.id from app.timeline_entry e where e.force_id = $1 and e.case_id = any($2::uuid[]))""",
    "delete from app.task where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.timeline_entry where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.property_item where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.hearing where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.step where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.duty where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.opening where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.draft where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.event where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.feed_entry where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.reset where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.data_request where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.invite where force_id = $1 and case_id = any($2::uuid[])",
    "delete from app.legal_hold where force_id = $1 and case_id = any($2::uuid[]) and lifted_at is not null",
    "update app.rights_request set case_id = null where force_id = $1 and case_id = any($2::uuid[]) and state <> 'open'",
    "update app.session set case_id = null where force_id = $1 and case_id = any($2::uuid[])",
)
_PARTS = """
delete from app.case_person where force_id = $1 and case_id = any($2::uuid[]) returning person_id, proxy_for
"""
_CASES = "delete from app.case where force_id = $1 and id = any($2::uuid[])"
_LEAVE_ALONE = "update app.person set alone_since = now() where force_id = $1 and id = any($2::uuid[])"
_OF_PEOPLE = (
    "delete from app.notification where force_id = $1 and person_id = any($2::uuid[])",
    """delete from app.notification where force_id = $1 and invite_id in (
       select i.id from app.invite i where i.force_id = $1 and i.person_id = any($2::uuid[]))""",
    "delete from app.session where force_id = $1 and subject_id = any($2::uuid[]) and kind = 'victim'",
    "delete from app.halfway where force_id = $1 and person_id = any($2::uuid[])",
    "delete from app.factor where force_id = $1 and person_id = any($2::uuid[])",
    "delete from app.text_code where force_id = $1 and person_id = any($2::uuid[])",
    "delete from app.reset where force_id = $1 and person_id = any($2::uuid[])",
    "delete from app.data_request where force_id = $1 and person_id = any($2::uuid[])",
    "delete from app.draft where force_id = $1 and person_id = any($2::uuid[])",
    "delete from app.task where force_id = $1 and person_id = any($2::uuid[])",
    "delete from app.invite where force_id = $1 and person_id = any($2::uuid[])",
    "delete from app.account where force_id = $1 and person_id = any($2::uuid[])",
    "delete from app.case_person where force_id = $1 and person_id = any($2::uuid[])",
    "update app.rights_request set person_id = null where force_id = $1 and person_id = any($2::uuid[])",
)
# Whoever acted for somebody who is here no more acts for nobody.
_PROXIES = "delete from app.case_person where force_id = $1 and proxy_for = any($2::uuid[]) returning person_id"
_PEOPLE = "delete from app.person where force_id = $1 and id = any($2::uuid[])"
_RECORDS = """
update app.event set content = null, correction = null, why = null where force_id = $1 and id = any($2::uuid[])
"""
_DISMISS = """
update app.event set state = 'dismissed', content = null, correction = null, why = null, settled_at = now()
where force_id = $1 and id = any($2::uuid[])
"""
_NOTIFICATIONS = "delete from app.notification where force_id = $1 and id = any($2::uuid[])"
# What a record system said of somebody stands in what it sent of crimes and of people.
_NAMING = """
select e.id from app.event e join app.case_person cp on cp.force_id = $1 and cp.case_id = e.case_id and cp.person_id = $2
where e.force_id = $1 and e.content is not null and e.state <> 'held' and e.type in ('crime.recorded', 'victim.changed')
"""
_WAITING = """
select e.id from app.event e join app.case_person cp on cp.force_id = $1 and cp.case_id = e.case_id and cp.person_id = $2
where e.force_id = $1 and e.state = 'held' order by e.id for update of e
"""


async def cases(tx: ForceTx, case_ids: Sequence[UUID]) -> None:
    """Delete cases with their keys and all that is theirs; whose last case one was is alone from now on.

    A case that is held, or asked for, cannot be deleted: the rows that say so point at it.
    """
    found = list(case_ids)
    for statement in _OF_CASES:
        await tx.run(statement, found)
    parts = await tx.pairs(_PARTS, found)
    await tx.run(_LEAVE_ALONE, sorted({person for part in parts for person in part if person}))
    await tx.run(_CASES, found)


async def people(tx: ForceTx, person_ids: Sequence[UUID]) -> None:
    """Delete people with their keys, accounts and ways in, and all that is theirs; and their part in any case."""
    found = list(person_ids)
    proxies = await tx.column(_PROXIES, found)
    await tx.run(_LEAVE_ALONE, sorted(set(proxies)))
    for statement in _OF_PEOPLE:
        await tx.run(statement, found)
    await tx.run(_PEOPLE, found)


async def records(tx: ForceTx, event_ids: Sequence[UUID]) -> None:
    """Delete what events said; that they came stays, so that they are not used twice."""
    await tx.run(_RECORDS, list(event_ids))


async def dismiss(tx: ForceTx, event_ids: Sequence[UUID]) -> None:
    """Delete what events say that wait: they wait no more."""
    await tx.run(_DISMISS, list(event_ids))


async def notifications(tx: ForceTx, notification_ids: Sequence[UUID]) -> None:
    """Delete what became of notifications."""
    await tx.run(_NOTIFICATIONS, list(notification_ids))


async def naming(tx: ForceTx, person_id: UUID) -> Sequence[UUID]:
    """Return the events, used or dismissed, that may say who somebody is."""
    return await tx.column(_NAMING, person_id)


async def waiting(tx: ForceTx, person_id: UUID) -> Sequence[UUID]:
    """Return the events that wait on the cases of somebody."""
    return await tx.column(_WAITING, person_id)
