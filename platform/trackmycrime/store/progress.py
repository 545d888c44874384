"""Steps of a case's way: the stages, outcomes, closings and openings again that its record system told."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import astuple

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class NewStep(Struct, frozen=True):
    """Something that happened on a case's way, as an event told it."""

    case_id: UUID
    event_id: str
    what: str
    value: str
    at: datetime


class StepRow(Struct, frozen=True):
    """Something that happened on a case's way, as an event told it: `value` is the stage, or the outcome's code."""

    what: str
    value: str
    at: datetime
    event_id: str


_ADD = """
insert into app.step (force_id, id, case_id, event_id, what, value, at)
select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
on conflict (force_id, case_id, event_id) do nothing
"""
_ON_CASE = "select what, value, at, event_id from app.step where force_id = $1 and case_id = $2 order by at, event_id"


async def add(tx: ForceTx, steps: Sequence[NewStep]) -> None:
    """Write steps of many cases; an event is written once."""
    await tx.many(_ADD, [(ids.new(), *astuple(step)) for step in steps])


async def on_case(tx: ForceTx, case_id: UUID) -> list[StepRow]:
    """Return the steps of a case, the first one first."""
    return await tx.all(StepRow, _ON_CASE, case_id)
