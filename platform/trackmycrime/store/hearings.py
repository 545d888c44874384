"""Listed court hearings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx

_ADD = """
insert into app.hearing (force_id, id, case_id, event_id, court, hearing_type, at)
select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
on conflict (force_id, event_id) do nothing
"""


async def add(tx: ForceTx, hearings: Sequence[tuple[UUID, str, str, str, datetime]]) -> None:
    """Write hearings: (case, event, court, type, when)."""
    await tx.many(_ADD, [(ids.new(), *hearing) for hearing in hearings])
