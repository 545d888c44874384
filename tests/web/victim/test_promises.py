"""A promised day that passed unkept: the page says so, a supervisor is told once, and writing to the victim ends it."""

import pytest

from tests.cast import HANNAH, OSMAN, Browser, Employee, World
from tests.web.staff.conftest import Crimes, Told
from trackmycrime.domain import duties
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")

SUNITA = Employee("Sunita Shah", "supervisor", "sunita@avonside.example.org")
HEADING = "A victim was promised an update and has not had one"
TASKS = """select id, done_at is null from app.task
           where force_id = $1 and case_id = $2 and kind = 'broken_promise' order by made_at"""


async def let_pass(told: Told) -> None:
    """Let the promised day have passed two days ago."""
    sql = "update app.duty set due_at = now() - interval '2 days' where force_id = $1 and case_id = $2 and met_at is null returning id"
    assert await told.world.ask("avonside", sql, told.id)


async def tick(world: World) -> None:
    """Let the clock do its chore."""
    async with world.registry.door(await world.force("avonside")).open(service("clock")) as tx:
        await duties.escalate(tx)


async def tasks(told: Told) -> list[bool]:
    """Return, for each task about a promise of the case, whether it is open."""
    return [is_open for _id, is_open in await told.world.ask("avonside", TASKS, told.id)]


async def inbox(browser: Browser) -> str:
    """Return every page of somebody's inbox."""
    pages = [(await browser.get(f"/staff/inbox?page={number}")).text for number in range(1, 8)]
    assert 'class="govuk-pagination__next"' not in pages[-1]
    return "".join(pages)


async def test_the_page_says_what_was_not_kept_and_who_was_told(world: World) -> None:
    told = await Crimes(world).make()
    vera = world.browser("avonside")
    kept = (await vera.sign_in(told.victims[0])).text
    assert "You will hear from us by" in kept
    assert "You should have heard from us" not in kept
    await tick(world)
    assert await tasks(told) == []

    await let_pass(told)
    before = (await vera.get("/messages")).text
    assert "You should have heard from us by" in before
    assert "A supervisor has been told" not in before, "nobody has, yet"
    for _ in range(2):
        await tick(world)
    assert await tasks(told) == [True]
    page = (await vera.get("/messages")).text
    assert "A supervisor has been told." in page
    assert page.count('action="/messages/update-requests"') == 1
    assert "You will hear from us by" not in page
    assert "You have asked for an update" in (await vera.submit_and_follow("/messages/update-requests")).text


async def test_a_supervisor_is_told_once_for_each_promise_and_alone_may_close_it(world: World) -> None:
    told = await Crimes(world).make()
    await let_pass(told)
    await tick(world)
    await world.hire("avonside", SUNITA)
    hannah, sunita = world.browser("avonside"), world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    await sunita.sign_in_as(SUNITA)
    for browser in (hannah, sunita):
        assert HEADING in await inbox(browser)
    ((task, _open),) = await world.ask("avonside", TASKS, told.id)
    close = f"/staff/tasks/{task}/completions"
    assert f'action="{close}"' not in await inbox(hannah)
    refused = await hannah.submit(close)
    assert refused.status_code == 403
    assert "A supervisor has to close this." in refused.text
    assert f'action="{close}"' in await inbox(sunita)
    assert (await sunita.submit(close)).status_code == 303
    await tick(world)
    assert await tasks(told) == [False], "one promise, one telling"


async def test_writing_to_the_victim_keeps_it_and_the_next_promise_is_another(world: World) -> None:
    told = await Crimes(world).make()
    await let_pass(told)
    await tick(world)
    osman = world.browser("avonside")
    await osman.sign_in_as(OSMAN)
    await osman.get(told.path)
    assert (await osman.submit(f"{told.path}/updates", update="Nothing has changed yet.")).status_code == 303
    await tick(world)
    assert await tasks(told) == [False]
    vera = world.browser("avonside")
    page = (await vera.sign_in(told.victims[0])).text
    assert "You will hear from us by" in page
    assert "A supervisor has been told" not in page
    await let_pass(told)
    await tick(world)
    assert await tasks(told) == [False, True]


async def test_the_clock_of_one_force_leaves_another_alone(world: World) -> None:
    told = await Crimes(world).make()
    await let_pass(told)
    async with world.registry.door(await world.force("brackenshire")).open(service("clock")) as tx:
        await duties.escalate(tx)
    assert await tasks(told) == []
