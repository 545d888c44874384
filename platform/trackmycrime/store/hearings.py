"""Listed court hearings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class Hearing(Struct, frozen=True):
    """A hearing that was listed."""

    court: str
    hearing_type: str
    at: datetime


_ADD = """
insert into app.hearing (force_id, id, case_id, event_id, court, hearing_type, at)
select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
on conflict (force_id, event_id) do nothing
"""
_ON_CASE = "select court, hearing_type, at from app.hearing where force_id = $1 and case_id = $2 order by at desc, id"


async def add(tx: ForceTx, hearings: Sequence[tuple[UUID, str, str, str, datetime]]) -> None:
    """Write hearings: (case, event, court, type, when)."""
    await tx.many(_ADD, [(ids.new(), *hearing) for hearing in hearings])


async def on_case(tx: ForceTx, case_id: UUID) -> list[Hearing]:
    """Return the hearings of a case, the latest first."""
    return await tx.all(Hearing, _ON_CASE, case_id)
