"""When a victim wants to be told: nothing leaves outside it, and where staff recorded hours as well, both must allow it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from tests.cast import OSMAN, Browser, Employee, Victim, World, event
from tests.domain.test_notifications import drained, to
from tests.web.victim.test_account import in_the_case_of_osman, refuse_strangers, signed_in
from tests.web.victim.test_resets import fresh, link, registered, tasks_about, town
from trackmycrime.domain import cases
from trackmycrime.domain.cases import assessments
from trackmycrime.domain.cases.assessments import Assessment
from trackmycrime.domain.people import SafeChannel, SafeContact
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.kit.time import LONDON

pytestmark = pytest.mark.asyncio(loop_scope="session")
PATH = "/settings/hours"
# What waits is due by the database's own clock, which no test moves: so it is asked about again as if that were so.
DUE = "update app.notification set not_before = now() where force_id = $1 and state in ('queued', 'leased') returning 1"


def chosen(days: Iterable[int], begins: int, ends: int) -> dict[str, str]:
    return {"when": "chosen", **{f"day_{day}": "yes" for day in days}, "begins": str(begins), "ends": str(ends)}


async def choose(browser: Browser, days: Iterable[int], begins: int, ends: int) -> None:
    await browser.get(PATH)
    done = await browser.submit_and_follow(PATH, **chosen(days, begins, ends))
    assert "We have saved when we may tell you" in done.text


async def leaves(world: World, slug: str, victim: Victim, at: datetime) -> bool:
    """Say whether what waits for somebody leaves at a moment."""
    with time_machine.travel(at, tick=True):
        await world.ask(slug, DUE)
        return bool(to(await drained(world, slug), victim))


async def news(world: World, slug: str, victim: Victim) -> None:
    await world.push(slug, [event("update.published", victim.reference, text="News.")])


def monday(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """Return a moment of a Monday to come, or so many days after it, by the clock in London."""
    today = datetime.now(UTC).astimezone(LONDON).date()
    day = today + timedelta(days=14 - today.weekday() + days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON).astimezone(UTC)


async def in_case(world: World, slug: str, victim: Victim, safe: SafeContact) -> None:
    """Let staff record when it is safe to reach somebody."""
    ((case, person),) = await world.ask(
        slug,
        """select cp.case_id, cp.person_id from app.case_person cp
           join app.person p on p.force_id = $1 and p.id = cp.person_id where cp.force_id = $1 and p.source_id = $2""",
        victim.person,
    )
    harriet = Employee("Harriet Hill", "hub", f"{uuid4().hex[:8]}@staff.example.org")
    await world.hire(slug, harriet)
    ((staff,),) = await world.ask(slug, "select id from app.staff where force_id = $1 and email = $2", harriet.email)
    async with world.registry.door(await world.force(slug)).open(Actor(Kind.STAFF, staff, role="hub")) as tx:
        await cases.open_with_reason(tx, case, "She told us when it is safe")
        await assessments.assess(tx, case, person, Assessment(suitable=True, safety=(), safe=safe))


async def test_news_waits_for_the_hours_that_she_chose_on_both_sides_of_the_edge(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    assert "At any time" in (await home.get("/settings")).text
    await choose(home, [0], 9, 17)
    assert "Monday, from 9am to 5pm" in (await home.get("/settings")).text
    for before in (monday(8, 58), monday(16, 51), monday(12, days=1)):
        await news(world, slug, vera)
        assert not await leaves(world, slug, vera, before), before
    assert await leaves(world, slug, vera, monday(9, 1))
    await news(world, slug, vera)
    assert await leaves(world, slug, vera, monday(16, 48))
    await refuse_strangers(world, PATH, **chosen([0], 9, 17))


async def test_over_midnight_the_evening_counts(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    await choose(await signed_in(world, slug, vera), [0], 22, 2)
    for at, may in (
        (monday(21, 58), False),
        (monday(22, 1), True),
        (monday(23, 58), True),
        (monday(0, 1, days=1), True),
        (monday(1, 48, days=1), True),
        (monday(1, 51, days=1), False),
        (monday(0, 1), False),
    ):
        await news(world, slug, vera)
        assert await leaves(world, slug, vera, at) is may, at
        await leaves(world, slug, vera, monday(22, 30))


async def test_both_must_allow_it_where_staff_recorded_hours_too(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    await in_case(world, slug, vera, SafeContact(SafeChannel.EMAIL, tuple(range(7)), 9, 12))
    await choose(home, [0], 11, 20)
    for at, may in (
        (monday(10, 30), False),
        (monday(11, 1), True),
        (monday(11, 48), True),
        (monday(11, 51), False),
        (monday(12, 30), False),
        (monday(11, 30, days=1), False),
    ):
        await news(world, slug, vera)
        assert await leaves(world, slug, vera, at) is may, at
        await leaves(world, slug, vera, monday(11, 30))
    never = await home.submit(PATH, **chosen([0], 13, 20))
    assert (never.status_code, "None of these times is one that you agreed with the police" in never.text) == (
        422,
        True,
    )


async def test_where_no_time_is_left_a_person_tells_her(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    await choose(await signed_in(world, slug, vera), [0], 13, 20)
    await news(world, slug, vera)
    await in_case(world, slug, vera, SafeContact(SafeChannel.EMAIL, tuple(range(7)), 9, 12))
    assert not await leaves(world, slug, vera, monday(11))
    assert await tasks_about(world, slug, vera, "tell_in_person") == [(["safe_no_time"], False)]
    await news(world, slug, vera)
    assert (["safe_no_time"], True) in await tasks_about(world, slug, vera, "tell_in_person")


async def test_what_waits_leaves_when_she_may_be_told_at_any_time_again(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    other = (datetime.now(UTC) + timedelta(days=2)).astimezone(LONDON).weekday()
    await news(world, slug, vera)
    await choose(home, [other], 9, 10)
    assert to(await drained(world, slug), vera) == [], "what was queued before waits too"
    await news(world, slug, vera)
    assert to(await drained(world, slug), vera) == []
    await home.submit(PATH, when="any")
    assert len(to(await drained(world, slug), vera)) >= 1
    assert to(await drained(world, slug), vera) == []


async def test_a_link_to_a_new_password_waits_and_lives_until_it_can_be_used(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    assert await link(world, slug, vera)
    await choose(home, [0], 9, 17)
    assert (await fresh(world, slug).submit("/reset-password", **vera.typed())).status_code == 303
    assert not await leaves(world, slug, vera, monday(8, 58))
    assert await leaves(world, slug, vera, monday(9, 1))


@pytest.mark.parametrize(
    ("form", "said", "field"),
    [
        ({}, "Choose when we may tell you", "when"),
        ({"when": "chosen", "begins": "9", "ends": "17"}, "Choose at least one day", "days"),
        ({"when": "chosen", "day_1": "yes", "begins": "9", "ends": "9"}, "Choose an end that is not the start", "ends"),
        ({"when": "chosen", "day_1": "yes", "begins": "25", "ends": "9"}, "Choose a time", "begins"),
        ({"when": "chosen", "day_1": "yes", "begins": "9", "ends": "0"}, "Choose a time", "ends"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_chosen_is_kept(
    world: World, form: dict[str, str], said: str, field: str
) -> None:
    slug = await town(world)
    home = await signed_in(world, slug, await registered(world, slug))
    page = await home.submit(PATH, **form)
    assert page.status_code == 422
    assert f'<a href="#{field}">{said}' in page.text
    assert (" checked" in page.text.split('name="day_1"', 1)[1].split(">", 1)[0]) is ("day_1" in form)
    assert "At any time" in (await home.get("/settings")).text


async def test_her_hours_cannot_be_read_in_the_table_and_staff_in_her_case_see_them(world: World) -> None:
    vera, path = await in_the_case_of_osman(world)
    await choose(await signed_in(world, "avonside", vera), [3], 9, 17)
    stored = "select own_hours from app.person where force_id = $1 and source_id = $2"
    ((sealed,),) = await world.ask("avonside", stored, vera.person)
    assert b"begins" not in sealed
    officer = world.browser("avonside")
    await officer.sign_in_as(OSMAN)
    said = "They chose themselves when we may tell them: Thursday, from 9am to 5pm."
    assert said in (await officer.get(path.removesuffix("/reset"))).text
