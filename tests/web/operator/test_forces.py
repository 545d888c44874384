"""The list of forces tells who waits, worst first, and points at nobody."""

import re

import pytest
import pytest_asyncio

from tests.cast import ALICE, OPERATOR, Browser, World
from tests.drill.people import new_force
from trackmycrime.kit.actor import service
from trackmycrime.store import reporting

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def opal(world: World) -> Browser:
    browser = world.browser("console")
    await browser.sign_in_as_operator(OPERATOR)
    return browser


async def _count(world: World, slug: str, **figures: int) -> None:
    everything = {"duties_late": 0, "tasks_waiting": 0, "events_held": 0, "open_cases": 0, "registered": 0, **figures}
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        await reporting.write(tx, everything)


def _order(page: str) -> list[str]:
    return re.findall(r'scope="row"[^>]*><a class="govuk-link" href="[^"]*">([^<]*)<', page)


async def test_every_force_of_the_country_is_listed_worst_first(world: World, opal: Browser) -> None:
    await _count(world, "avonside", duties_late=3, open_cases=812)
    await _count(world, "brackenshire", duties_late=14, open_cases=4)
    page = (await opal.get("/forces")).text
    order = _order(page)
    assert order[:2] == ["Brackenshire Constabulary", "Avonside Police"]
    assert len(order) >= 48  # 46 files, and two of the cast
    assert "2 forces have broken their promise" in page
    assert "14 promised updates are late" in page
    assert "fewer than 5 promised updates are late" in page
    assert "Not on board yet" in page


async def test_small_counts_cannot_be_told_apart_nor_subtracted(world: World, opal: Browser) -> None:
    small, large, pages = await new_force(world), await new_force(world), list[str]()
    for slug in ("avonside", "brackenshire"):
        await _count(world, slug)
    for number in (1, 4):
        await _count(world, small, open_cases=number, registered=5 - number, duties_late=number)
        await _count(world, large, open_cases=1000, duties_late=2)
        pages.append((await opal.get("/forces")).text + (await opal.get(f"/forces/{small}")).text)
    assert pages[0] == pages[1]
    assert "<b>1,000</b> open cases" in pages[0]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("?q=heddlu", None),
        ("?q=avonsíde", "Avonside Police"),
        ("?sort=name&direction=descending", "Wiltshire Police"),
        ("?q=police&sort=name&stage=absent", "Avon and Somerset Police"),
        ("?stage=absent&sort=name", "Avon and Somerset Police"),
        ("?sort=nonsense&stage=nonsense", None),
    ],
)
async def test_the_server_finds_filters_and_sorts(opal: Browser, asked: str, first: str | None) -> None:
    answer = await opal.get(f"/forces{asked}")
    assert answer.status_code == 200
    assert (_order(answer.text) or [None])[0] == first


async def test_a_force_is_shown_without_any_case(world: World, opal: Browser) -> None:
    page = (await opal.get("/forces/avonside")).text
    assert "case or read messages: the database itself refuses it" in page
    assert "https://avonside.localhost:8000" in page
    assert ">timeline_entry</th>" in page
    assert ALICE.reference not in page
    assert ALICE.last_name not in page

    unknown, nothing = await opal.get("/forces/nowhere"), await opal.get("/nothing")
    assert (unknown.status_code, unknown.text) == (404, nothing.text)
    for slug in ("avonside", "nowhere"):
        assert (await world.browser("console").get(f"/forces/{slug}")).headers["location"].startswith("/sign-in")
