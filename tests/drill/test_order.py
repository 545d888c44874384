"""Whatever order a record system's events come in, they end in the same state: the short form of the drill."""

import random

import pytest

from tests.cast import Victim, World, crime, event
from tests.drill.order import batches, compare, differences
from tests.drill.people import new_force
from tests.drill.stories import CASES, EVENTS, stories

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_shuffled_repeated_and_lost_events_end_in_the_same_state(world: World) -> None:
    assert await compare(world, 3) == [[], [], []]


async def test_the_stories_have_every_type_of_event_and_every_batch_what_the_drill_promises() -> None:
    told = stories()
    assert len(told) == len({each["id"] for each in told}) == EVENTS
    assert len({each["crime"] for each in told}) == CASES
    assert len({each["type"] for each in told}) == 10

    pushed = [each["id"] for batch in batches(told, random.Random(1)) for each in batch]  # noqa: S311 - a repeatable shuffle

    assert set(pushed) == {each["id"] for each in told}
    assert len(pushed) > EVENTS
    assert pushed[:EVENTS] != [each["id"] for each in told]
    assert list(differences({"a": [1, 2]}, {"a": [2, 3]})) == ["/a: gone 1", "/a: new 3"]


async def test_an_update_for_somebody_waits_until_they_are_on_the_case(world: World) -> None:
    slug, reference = await new_force(world), "OR/7001/26"
    vera, wanda = (Victim(name, "Vance", reference, f"{name}@example.org", f"o-{name}") for name in ("vera", "wanda"))
    early = event("update.published", reference, text="For Wanda.", to=[wanda.person])
    answer = await world.push(slug, [crime(reference, [vera.as_event()]), early])
    assert [held.id for held in answer.held] == [early["id"]]

    await world.push(slug, [event("victim.changed", reference, victim=wanda.as_event())])

    assert await world.ask(slug, "select state from app.event where force_id = $1 and source_id = $2", early["id"]) == [
        ("applied",)
    ]


async def test_an_update_that_waited_for_its_crime_and_names_nobody_becomes_a_task(world: World) -> None:
    slug, reference = await new_force(world), "OR/7002/26"
    vera, wanda = (Victim(name, "Vance", reference, f"{name}@example.org", f"n-{name}") for name in ("vera", "wanda"))
    await world.push(slug, [event("update.published", reference, text="For whom?")])

    await world.push(slug, [crime(reference, [vera.as_event(), wanda.as_event()])])

    assert await world.ask(slug, "select count(*) from app.task where force_id = $1 and kind = 'name_addressee'") == [
        (1,)
    ]
