"""What was promised and not kept stays so: closing a case ends what is owed on it, and makes nothing of it good."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import Victim, World, crime, event, moment

pytestmark = pytest.mark.asyncio(loop_scope="session")
OWED = """
select d.since, d.due_at, d.met_at, d.met_by from app.duty d join app.case c on c.force_id = $1 and c.id = d.case_id
where d.force_id = $1 and c.reference = $2 order by d.since
"""


async def reported(world: World, days_ago: float) -> str:
    victim = Victim("Vera", "Vance", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    told = [crime(victim.reference, [victim.as_event()], reported_at=moment(days_ago), time=moment(days_ago))]
    assert (await world.push("avonside", told)).held == []
    return victim.reference


async def test_a_promise_that_was_broken_before_the_case_was_closed_stays_broken(world: World) -> None:
    reference = await reported(world, 40)
    await world.push("avonside", [event("crime.closed", reference, time=moment(5))])
    ((since, due_at, met_at, met_by),) = await world.ask("avonside", OWED, reference)
    assert due_at - since == timedelta(days=28)
    assert met_at > due_at
    assert met_by is None
    await world.push("avonside", [event("crime.reopened", reference, time=moment(4))])
    ((_since, _due_at, met_at, _met_by),) = await world.ask("avonside", OWED, reference)
    assert met_at is None


async def test_nothing_is_owed_any_more_on_a_case_that_was_closed_in_time(world: World) -> None:
    reference = await reported(world, 40)
    await world.push("avonside", [event("crime.closed", reference, time=moment(20))])
    assert await world.ask("avonside", OWED, reference) == []
