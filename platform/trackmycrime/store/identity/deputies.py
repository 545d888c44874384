"""Who acts for whom while they are away."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class DeputyRow(Struct, frozen=True):
    """That somebody acts for somebody else, from one day to another, both included."""

    id: UUID
    absent_id: UUID
    absent: str
    deputy_id: UUID
    deputy: str
    from_day: date
    until_day: date


_WORKS = "role in ('officer', 'supervisor', 'hub') and active"
_TODAY = "(now() at time zone 'Europe/London')::date"
ACTS_FOR = f"""
select d.absent_id from app.deputy d
join app.staff a on a.force_id = $1 and a.id = d.absent_id and a.{_WORKS.replace(" and ", " and a.")}
where d.force_id = $1 and d.deputy_id = $2 and d.ended_at is null and {_TODAY} between d.from_day and d.until_day
"""
"""The people for whom somebody ($2) acts today. Nobody has more by another than the other has: without access, nothing."""
_ACTS_BY_TASK = f"""
select t.owner_id from app.task t
where t.force_id = $1 and t.case_id = $3 and t.done_at is null and t.owner_id in ({ACTS_FOR}) limit 1
"""
_COLUMNS = """
select d.id, d.absent_id, a.name, d.deputy_id, p.name, d.from_day, d.until_day from app.deputy d
join app.staff a on a.force_id = $1 and a.id = d.absent_id
join app.staff p on p.force_id = $1 and p.id = d.deputy_id
where d.force_id = $1 and d.ended_at is null
"""
_OF = f"{_COLUMNS} and d.until_day >= {_TODAY} and (d.absent_id = $2 or d.deputy_id = $2) order by d.from_day, d.id"
_NOW = f"{_COLUMNS} and d.until_day >= {_TODAY} order by d.from_day, d.id limit $2"
_ONE = f"{_COLUMNS} and d.id = $2"
_ADD = """
insert into app.deputy (force_id, id, absent_id, deputy_id, from_day, until_day, made_by) values ($1, $2, $3, $4, $5, $6, $7)
"""
_OVERLAPS = """
select exists (select from app.deputy where force_id = $1 and absent_id = $2 and ended_at is null
               and from_day <= $4 and until_day >= $3)
"""
_END = "update app.deputy set ended_at = now(), ended_by = $3 where force_id = $1 and id = $2 and ended_at is null"
_END_ALL = f"""
update app.deputy set ended_at = now(), ended_by = $3
where force_id = $1 and (absent_id = $2 or deputy_id = $2) and ended_at is null and until_day >= {_TODAY}
"""


async def absent(tx: ForceTx, staff_id: UUID) -> list[UUID]:
    """Return for whom somebody acts today."""
    return await tx.column(ACTS_FOR, staff_id)


async def by_task(tx: ForceTx, staff_id: UUID, case_id: UUID) -> UUID | None:
    """Return for whom somebody acts today who has an open task on a case, or None."""
    return await tx.value(_ACTS_BY_TASK, staff_id, case_id)


async def of(tx: ForceTx, staff_id: UUID) -> list[DeputyRow]:
    """Return who acts for somebody, and for whom they act, now or later."""
    return await tx.all(DeputyRow, _OF, staff_id)


async def of_everybody(tx: ForceTx, most: int) -> list[DeputyRow]:
    """Return who acts for whom, now or later, the next to begin first."""
    return await tx.all(DeputyRow, _NOW, most)


async def one(tx: ForceTx, deputy_id: UUID) -> DeputyRow | None:
    """Return one that is not ended, or None."""
    return await tx.one(DeputyRow, _ONE, deputy_id)


async def overlaps(tx: ForceTx, absent_id: UUID, from_day: date, until_day: date) -> bool:
    """Say whether somebody acts for them already on one of these days."""
    return await tx.value(_OVERLAPS, absent_id, from_day, until_day)


async def add(tx: ForceTx, absent_id: UUID, deputy_id: UUID, days: tuple[date, date], made_by: UUID) -> UUID:
    """Write that somebody acts for somebody else from the first of the days to the last, and return its id."""
    row_id = ids.new()
    await tx.run(_ADD, row_id, absent_id, deputy_id, *days, made_by)
    return row_id


async def end(tx: ForceTx, deputy_id: UUID, ended_by: UUID) -> bool:
    """End it at once; False when it was."""
    return await tx.run(_END, deputy_id, ended_by) == 1


async def end_all(tx: ForceTx, staff_id: UUID, ended_by: UUID) -> int:
    """End whatever somebody has to do with it, and return how many those were."""
    return await tx.run(_END_ALL, staff_id, ended_by)
