"""The outbox: whom to tell, by which channel. Written with the deed, claimed in batches, never holding what to say."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.cases.links import ENTRY_PART
from trackmycrime.tx import ForceTx


class NewNotification(Struct, frozen=True):
    """Somebody to be told."""

    kind: str
    channel: str
    person_id: UUID | None = None
    staff_id: UUID | None = None
    invite_id: UUID | None = None
    not_before: datetime | None = None


class Due(Struct, frozen=True):
    """A notification that was claimed for sending."""

    id: UUID
    kind: str
    channel: str
    person_id: UUID | None
    staff_id: UUID | None
    invite_id: UUID | None
    attempts: int


class Choice(Struct, frozen=True):
    """What somebody who registered wants to be told by."""

    person_id: UUID
    email_on: bool
    text_on: bool
    mobile: bytes | None
    link_on: bool


# What is queued already is locked: it must not be sent before this transaction's own news is there to be read.
# An invitation that is queued still goes out for the newest one: those before it open nothing any more.
_ADD = """
insert into app.notification (force_id, id, kind, channel, person_id, staff_id, invite_id, state, attempts, not_before, why)
select $1, t.id, t.kind, t.channel, t.person_id, t.staff_id, t.invite_id, 'queued', 0, coalesce(t.not_before, now()), ''
from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::timestamptz[])
  as t(id, kind, channel, person_id, staff_id, invite_id, not_before)
on conflict (force_id, kind, channel, person_id) where state = 'queued'
do update set invite_id = excluded.invite_id, not_before = excluded.not_before returning id
"""
_WAITING = """
select exists (select from app.notification where force_id = $1 and state in ('queued', 'leased') and not_before <= now())
"""
# A lease that ran out is work again: whoever held it died between the claim and the mark.
_CLAIM = """
update app.notification n set state = 'leased', attempts = n.attempts + 1, not_before = now() + $3::interval, why = ''
from (select id from app.notification
      where force_id = $1 and state in ('queued', 'leased') and not_before <= now()
      order by not_before, id limit $2 for update skip locked) as c
where n.force_id = $1 and n.id = c.id
returning n.id, n.kind, n.channel, n.person_id, n.staff_id, n.invite_id, n.attempts
"""
_END = """
update app.notification n set state = t.state, why = t.why, ended_at = now()
from unnest($2::uuid[], $3::text[], $4::text[]) as t(id, state, why)
where n.force_id = $1 and n.id = t.id and n.state = 'leased' returning n.id
"""
_AGAIN = """
update app.notification n set not_before = t.not_before, why = t.why
from unnest($2::uuid[], $3::timestamptz[], $4::text[]) as t(id, not_before, why)
where n.force_id = $1 and n.id = t.id and n.state = 'leased'
"""
# What was put off is leased still, to nobody: whoever has one in hand has emptied its reason.
_HURRY = """
update app.notification set not_before = now()
where force_id = $1 and person_id = $2 and (state = 'queued' or (state = 'leased' and why = 'safe_hours'))
"""
# Somebody who acted for a victim, and may not any more, is told nothing.
_CHOICES = f"""
select a.person_id, a.email_on, a.text_on, a.mobile, a.link_on from app.account a
where a.force_id = $1 and a.person_id = any($2::uuid[])
  and exists (select from app.case_person cp where cp.force_id = $1 and cp.person_id = a.person_id and {ENTRY_PART})
"""


async def add(tx: ForceTx, notifications: Sequence[NewNotification]) -> list[UUID]:
    """Queue notifications; what is queued for somebody already is not queued again. Returns the ids."""
    ordered = sorted(
        notifications, key=lambda n: (str(n.person_id), n.kind, n.channel)
    )  # two batches never wait in a ring
    rows = [(ids.new(), n.kind, n.channel, n.person_id, n.staff_id, n.invite_id, n.not_before) for n in ordered]
    return await tx.many(_ADD, rows)


async def waiting(tx: ForceTx) -> bool:
    """Say whether anything is due."""
    return await tx.value(_WAITING)


async def claim(tx: ForceTx, limit: int, lease: timedelta) -> list[Due]:
    """Take what is due, for as long as the lease lasts."""
    return await tx.all(Due, _CLAIM, limit, lease)


async def end(tx: ForceTx, ended: Sequence[tuple[UUID, str, str]]) -> list[UUID]:
    """Write how notifications ended: (id, state, why). Returns those that had not ended before."""
    return await tx.many(_END, ended)


async def again(tx: ForceTx, later: Sequence[tuple[UUID, datetime, str]]) -> None:
    """Write when notifications are to be tried again: (id, when, why)."""
    await tx.many(_AGAIN, later)


async def hurry(tx: ForceTx, person_id: UUID) -> None:
    """Look anew at what waits for somebody: when it may be sent has changed."""
    await tx.run(_HURRY, person_id)


async def choices(tx: ForceTx, person_ids: Sequence[UUID]) -> dict[UUID, Choice]:
    """Return what those who registered want to be told by."""
    return {row.person_id: row for row in await tx.all(Choice, _CHOICES, list(person_ids))}
