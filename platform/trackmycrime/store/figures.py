"""A force's figures by month: counted over its tables a few statements at a time, kept as counts, and read as such."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import astuple

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class Span(Struct, frozen=True):
    """A time, its end excluded."""

    since: datetime
    until: datetime


class Count(Struct, frozen=True):
    """How many there were of what a name says, in the month that begins on a day, in a unit: "" for none."""

    month: date
    unit: str
    name: str
    number: int


class DutyCount(Struct, frozen=True):
    """How many duties fell due, and how many of them were met by then."""

    month: date
    unit: str
    number: int
    kept: int


class WaitCount(Struct, frozen=True):
    """How many messages got their answer after so many working days, or have waited as many without one."""

    month: date
    unit: str
    answered: bool
    days: int
    number: int


class InviteCount(Struct, frozen=True):
    """How many people were first invited, how many of them registered, and how many of those were invited again before."""

    month: date
    unit: str
    number: int
    registered: int
    again: int


class NoticeCount(Struct, frozen=True):
    """How many notices by a channel came to this: sent, failed, or why they were dropped."""

    month: date
    channel: str
    came_of: str
    number: int


# A unit is that of the officer who has the case now.
_UNIT = """
left join app.case c on c.force_id = $1 and c.id = {case}
left join app.staff s on s.force_id = $1 and s.id = c.officer_id
"""
_MONTH = "date_trunc('month', {moment} at time zone 'Europe/London')::date"
# An id is as old as its row: the oldest that can matter says where to begin, so that no more than these months are read.
_DUTIES = f"""
select {_MONTH.format(moment="d.due_at")}, coalesce(s.unit, ''), count(*), count(*) filter (where d.met_at <= d.due_at)
from app.duty d {_UNIT.format(case="d.case_id")}
where d.force_id = $1 and d.id > $2 and d.due_at >= $3 and d.due_at < $4
group by 1, 2
"""
# A message counts as answered by a reply that was written in the transaction that ended its waiting (as in `reporting`).
_WAITS = f"""
with calendar as materialized (select * from unnest($5::date[], $6::int[]) as t(day, worked)),
asked as (
  select t.made_at, coalesce(s.unit, '') as unit,
         case when exists (select from app.timeline_entry e
                           where e.force_id = $1 and e.case_id = t.case_id and e.kind = 'reply'
                             and t.person_id = any(e.persons) and e.arrived_at = t.done_at) then t.done_at end as answered_at
  from app.task t {_UNIT.format(case="t.case_id")}
  where t.force_id = $1 and t.id > $2 and t.kind = 'message' and t.made_at >= $3 and t.made_at < $4
    and (t.done_at is null or t.done_by is not null)
)
select {_MONTH.format(moment="a.made_at")}, a.unit, a.answered_at is not null,
       least(ended.worked - began.worked, $7::int) as days, count(*)
from asked a
join calendar began on began.day = (a.made_at at time zone 'Europe/London')::date
join calendar ended on ended.day = (least(coalesce(a.answered_at, $4), $4) at time zone 'Europe/London')::date
group by 1, 2, 3, 4
"""
_INVITES = f"""
with first as (
  select distinct on (i.person_id) i.person_id, i.case_id, i.made_at from app.invite i
  where i.force_id = $1 and i.id > $2 and i.made_at >= $3 and i.made_at < $4
    and not exists (select from app.invite b where b.force_id = $1 and b.person_id = i.person_id and b.made_at < $3)
  order by i.person_id, i.made_at
)
select {_MONTH.format(moment="f.made_at")}, coalesce(s.unit, ''), count(*), count(a.id),
       count(a.id) filter (where exists (select from app.invite b where b.force_id = $1 and b.person_id = f.person_id
                                           and b.made_at > f.made_at and b.made_at <= a.made_at))
from first f left join app.account a on a.force_id = $1 and a.person_id = f.person_id {_UNIT.format(case="f.case_id")}
group by 1, 2
"""
_NOTICES = f"""
select {_MONTH.format(moment="n.made_at")}, n.channel,
       case n.state when 'sent' then 'sent' when 'dead' then 'failed' else n.why end, count(*)
from app.notification n
where n.force_id = $1 and n.id > $2 and n.made_at >= $3 and n.made_at < $4 and n.person_id is not null
  and n.state in ('sent', 'dead', 'dropped')
group by 1, 2, 3
"""
_CLEAR = "delete from app.monthly_figure where force_id = $1 and month = any($2::date[])"
_WRITE = """
insert into app.monthly_figure (force_id, id, month, unit, name, number)
select $1, * from unnest($2::uuid[], $3::date[], $4::text[], $5::text[], $6::int[])
"""
_COUNTED_AT = "select max(counted_at) from app.monthly_figure where force_id = $1 and month = $2"
_HAVING = "select month from app.monthly_figure where force_id = $1 and name = $2"
_TOTALS = """
select month, '', name, sum(number)::int from app.monthly_figure where force_id = $1 and month >= $2 group by month, name
"""
_BY_UNIT = "select month, unit, name, number from app.monthly_figure where force_id = $1 and month = any($2::date[])"


async def duties(tx: ForceTx, span: Span, after: UUID) -> list[DutyCount]:
    """Count the duties that fell due in this time, none of which has an id before `after`."""
    return await tx.all(DutyCount, _DUTIES, after, span.since, span.until)


async def waits(
    tx: ForceTx, span: Span, after: UUID, days: Sequence[date], worked: Sequence[int], *, most: int
) -> list[WaitCount]:
    """Count the messages of this time by how long they waited.

    `worked` says of each of these `days`, which are all of this time, how many working days there were up to it. Whatever
    waited longer than `most` working days counts as so many.
    """
    return await tx.all(WaitCount, _WAITS, after, span.since, span.until, list(days), list(worked), most)


async def invites(tx: ForceTx, span: Span, after: UUID) -> list[InviteCount]:
    """Count the people who were invited for the first time in this time."""
    return await tx.all(InviteCount, _INVITES, after, span.since, span.until)


async def notices(tx: ForceTx, span: Span, after: UUID) -> list[NoticeCount]:
    """Count the notices to people of this time whose end is known."""
    return await tx.all(NoticeCount, _NOTICES, after, span.since, span.until)


async def write(tx: ForceTx, months: Sequence[date], counts: Sequence[Count]) -> None:
    """Let these be the counts of these months."""
    await tx.run(_CLEAR, list(months))
    await tx.many(_WRITE, [(ids.new(), *astuple(count)) for count in counts])


async def counted_at(tx: ForceTx, month: date) -> datetime | None:
    """Return when a month was counted last, or None."""
    return await tx.value(_COUNTED_AT, month)


async def having(tx: ForceTx, name: str) -> set[date]:
    """Return the months that have a count of this name."""
    return set(await tx.column(_HAVING, name))


async def totals(tx: ForceTx, since: date) -> list[Count]:
    """Return the counts of the whole force, of the months from this one on."""
    return await tx.all(Count, _TOTALS, since)


async def by_unit(tx: ForceTx, months: Sequence[date]) -> list[Count]:
    """Return the counts of these months by unit."""
    return await tx.all(Count, _BY_UNIT, list(months))
