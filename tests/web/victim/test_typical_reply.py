"""How long most people wait for a reply: measured, told only when enough replies say so, and each force its own."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.cast import ALICE, Victim, World, configuration, crime
from trackmycrime.domain import cases, messages, reporting, tasks
from trackmycrime.domain.identity import staff
from trackmycrime.domain.reporting import typical_wait
from trackmycrime.kit.actor import Actor, Kind, service
from trackmycrime.store.reporting import Wait

pytestmark = pytest.mark.asyncio(loop_scope="session")

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def waits(*days: int) -> list[Wait]:
    """Return answered messages of one Monday, by the days after it on which each was answered."""
    return [Wait(MONDAY, MONDAY + timedelta(days=day)) for day in days]


@pytest.mark.parametrize(
    ("found", "days"),
    [
        ([], 0),
        (waits(1, 1, 1, 1), 0),  # too few
        (waits(0, 0, 0, 0, 0), 1),
        (waits(1, 1, 1, 2, 9), 2),
        (waits(1, 1, 2, 3, 4, 4, 4, 9), 4),
        (waits(4, 4, 4, 4, 7), 4),
        ([*waits(1, 1, 1, 1, 1), *[Wait(MONDAY, None)] * 4], 4),  # who still waits counts
    ],
)
async def test_three_in_four_waited_no_longer(found: list[Wait], days: int) -> None:
    assert typical_wait(found, MONDAY + timedelta(days=4)) == days


async def test_the_page_tells_what_was_measured_and_only_of_enough_replies(world: World) -> None:
    slug = f"measured-{uuid4().hex[:8]}"
    await world.onboarding.provision(service("test"), configuration(slug, "Measured Police"))
    vera = Victim("Vera", "Vance", "MS/1/26", f"{uuid4().hex}@example.org")
    await world.push(slug, [crime(vera.reference, [vera.as_event()])])
    await world.register(slug, vera)
    door = world.registry.door(await world.force(slug))
    ((case_id, person),) = await world.ask(
        slug, "select cp.case_id, cp.person_id from app.case_person cp where cp.force_id = $1"
    )

    async def answered(times: int, *, by_reply: bool = True) -> None:
        staff_id = (await world.ask(slug, "select id from app.staff where force_id = $1"))[0][0]
        for number in range(times):
            async with door.open(Actor(Kind.VICTIM, person, role="victim")) as tx:
                seen = await cases.seen_by_actor(tx, case_id)
                await messages.send(tx, seen, f"Is there any news, for the {number}th time?")
            async with door.open(Actor(Kind.STAFF, staff_id, role="hub", name="Hub")) as tx:
                ((task,),) = await world.ask(slug, "select id from app.task where force_id = $1 and done_at is null")
                await tasks.claim(tx, task)
                if by_reply:
                    await messages.reply(tx, case_id, "Not yet.")
                else:
                    await tasks.finish(tx, task)
        async with door.open(service("clock")) as tx:
            await reporting.count(tx)

    async def measured() -> int:
        """Return the figure as a process reads it that has not read it before."""
        world.registry.forget()
        return (await world.registry.need(slug)).typical_reply

    async with door.open(service("test")) as tx:
        await staff.invite(tx, f"{uuid4().hex}@example.org", "hub", name="Hub")
    await answered(4)
    assert await measured() == 0
    await answered(1, by_reply=False)
    assert await measured() == 0, "what was closed without a reply is none"
    await answered(1)
    assert await measured() == 1
    browser = world.browser(slug)
    page = (await browser.sign_in(vera)).text
    assert "Most people get a reply within 1 working day." in page
    assert "We aim to reply" not in page
    theirs = (await world.browser("avonside").sign_in(ALICE)).text
    assert "We aim to reply within 3 working days." in theirs
