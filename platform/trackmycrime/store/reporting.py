"""Figures: counted in a force, read by operators."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select

from trackmycrime.kit import ids
from trackmycrime.store.tables import Force, ForceFigure
from trackmycrime.tx import ForceTx, NationalTx


class Wait(Struct, frozen=True):
    """A message of a victim: when it came in, and when it was answered."""

    since: datetime
    answered_at: datetime | None


_WRITE = """
insert into app.force_figure (force_id, id, name, number, counted_at)
select $1, id, name, number, now() from unnest($2::uuid[], $3::text[], $4::int[]) as t(id, name, number)
on conflict (force_id, name) do update set number = excluded.number, counted_at = excluded.counted_at
"""
_REGISTERED = "select count(*) from app.account where force_id = $1"
# Of each person the first invitation that went out, against when their crime was reported.
_WELCOMED = """
select count(*) filter (where late), count(*) from (
  select min(n.ended_at) > min(c.reported_at) + $2::interval as late
  from app.invite i
  join app.notification n on n.force_id = $1 and n.invite_id = i.id and n.state = 'sent'
  join app.case c on c.force_id = $1 and c.id = i.case_id and c.reported_at > now() - $3::interval
  where i.force_id = $1 group by i.person_id) as welcomes
"""
# A message counts as answered by a reply that was written in the transaction that ended its waiting. The newest ids are the
# newest tasks, so that no more than the last ones are looked at.
_WAITS = """
select t.made_at, case when exists (select from app.timeline_entry e
                                    where e.force_id = $1 and e.case_id = t.case_id and e.kind = 'reply'
                                      and t.person_id = any(e.persons) and e.arrived_at = t.done_at) then t.done_at end
from (select made_at, done_at, case_id, person_id from app.task
      where force_id = $1 and kind = 'message' and id > $2 and (done_at is null or done_by is not null)
      order by id desc limit $3) t
"""
_FIGURE = "select number from app.force_figure where force_id = $1 and name = $2"
_HELD = "select count(*) from app.event where force_id = $1 and state = 'held'"


async def registered(tx: ForceTx) -> int:
    """Return how many people have registered."""
    return await tx.value(_REGISTERED)


async def welcomed(tx: ForceTx, within: timedelta, since: timedelta) -> tuple[int, int]:
    """Return how many people were welcomed later than `within` after their report, and how many were, over crimes since then."""
    return (await tx.pairs(_WELCOMED, within, since))[0]


async def held(tx: ForceTx) -> int:
    """Return how many events are held."""
    return await tx.value(_HELD)


async def waits(tx: ForceTx, since: UUID, limit: int) -> list[Wait]:
    """Return when the newest messages of victims came in, and when each was answered; none is older than `since`."""
    return await tx.all(Wait, _WAITS, since, limit)


async def figure(tx: ForceTx, name: str) -> int | None:
    """Return a figure of this force, or None."""
    return await tx.value(_FIGURE, name)


async def write(tx: ForceTx, figures: dict[str, int]) -> None:
    """Write this force's figures by name."""
    await tx.many(_WRITE, [(ids.new(), name, number) for name, number in sorted(figures.items())])


async def figures(tx: NationalTx) -> dict[str, dict[str, int]]:
    """Return every force's figures, by slug and by name."""
    query = select(Force.slug, ForceFigure.name, ForceFigure.number).join(Force, Force.id == ForceFigure.force_id)
    found: dict[str, dict[str, int]] = {}
    for slug, name, number in await tx.session.execute(query):
        found.setdefault(slug, {})[name] = number
    return found
