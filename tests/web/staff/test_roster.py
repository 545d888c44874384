"""An officer says when they are next on duty: the victims of their open cases read it, until the day has passed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.cast import ADA, ALICE, OSMAN, Browser, Employee, Victim, World, configuration, crime, event
from tests.web.staff.conftest import signed_in
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import today

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGE = "/staff/next-on-duty"


@dataclass
class Station:
    """A force that shows when officers are on duty, with two officers, and a victim of each."""

    world: World
    slug: str
    officer: Employee
    other: Employee
    victim: Victim
    others: Victim

    async def reads(self, victim: Victim) -> str:
        """Return a victim's first page."""
        return (await self.world.browser(self.slug).sign_in(victim)).text

    async def says(self, day: date | str) -> Browser:
        """Let the officer say a day."""
        browser = await signed_in(self.world, self.officer, self.slug)
        answer = await browser.submit(PAGE, next_on_duty=str(day))
        assert answer.headers.get("location") == f"{PAGE}?done=said", answer.text
        return browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def station(world: World) -> AsyncIterator[Station]:
    slug = f"duty-{uuid4().hex[:8]}"
    await world.onboarding.provision(service("test"), configuration(slug, f"Force {slug}", next_on_duty=True))
    staff = [Employee(f"PC {name}", "officer", f"{name.lower()}@{slug}.example.org") for name in ("Omo", "Ngozi")]
    victims = [Victim("Vera", "Vance", f"DU/{n}/26", f"{uuid4().hex}@example.org") for n in (1, 2)]
    for number, (officer, victim) in enumerate(zip(staff, victims, strict=True)):
        await world.hire(slug, officer)
        named = {"collar_number": str(number), "name": officer.name, "email": officer.email, "unit": "Harbour"}
        await world.push(slug, [crime(victim.reference, [victim.as_event()], officer=named)])
        await world.register(slug, victim)
    yield Station(world, slug, staff[0], staff[1], victims[0], victims[1])


def words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


async def test_victims_of_an_officer_read_when_they_are_next_on_duty(station: Station) -> None:
    assert "Next on duty" not in await station.reads(station.victim)
    coming = today() + timedelta(days=9)
    browser = await station.says(coming)
    page = (await browser.get(PAGE)).text
    assert f'<option value="{coming.isoformat()}" selected>{words(coming)}</option>' in page
    assert f'href="{PAGE}"' in (await browser.get("/staff")).text
    read = await station.reads(station.victim)
    assert f"<dt>Next on duty</dt><dd>{words(coming)}</dd>" in read
    assert "Next on duty" not in await station.reads(station.others), "another officer's"
    await station.says(today())
    assert "<dt>Next on duty</dt><dd>Today</dd>" in await station.reads(station.victim)
    await station.says("")
    assert "Next on duty" not in await station.reads(station.victim)
    told = await station.world.ask(
        station.slug, "select detail from app.audit where force_id = $1 and what = 'duty.said'"
    )
    assert [detail["day"] for (detail,) in told] == [coming.isoformat(), today().isoformat(), ""]


async def test_a_day_that_has_passed_is_shown_to_nobody(station: Station) -> None:
    await station.says(today())
    passed = "update app.staff set next_on_duty = $2 where force_id = $1 and email = $3 returning 1"
    await station.world.ask(station.slug, passed, today() - timedelta(days=1), station.officer.email)
    assert "Next on duty" not in await station.reads(station.victim)
    browser = await signed_in(station.world, station.officer, station.slug)
    assert '<option value="" selected>' in (await browser.get(PAGE)).text


async def test_a_closed_case_names_no_day(station: Station) -> None:
    await station.says(today() + timedelta(days=1))
    await station.world.push(station.slug, [event("crime.closed", station.victim.reference)])
    assert "Next on duty" not in await station.reads(station.victim)
    await station.world.push(station.slug, [event("crime.reopened", station.victim.reference)])
    assert "Next on duty" in await station.reads(station.victim)


@pytest.mark.parametrize("day", [-1, 61, "soon", "2026-02-30", "9999-12-31"])
async def test_no_other_day_can_be_said(station: Station, day: int | str) -> None:
    await station.says(today())
    browser = await signed_in(station.world, station.officer, station.slug)
    said = day if isinstance(day, str) else (today() + timedelta(days=day)).isoformat()
    answer = await browser.submit(PAGE, next_on_duty=said)
    assert (answer.status_code, "Choose a day from the list" in answer.text) == (422, True)
    assert "<dt>Next on duty</dt><dd>Today</dd>" in await station.reads(station.victim)


async def test_where_a_force_does_not_show_it_there_is_no_such_page(world: World) -> None:
    browser = await signed_in(world, OSMAN)
    assert PAGE not in (await browser.get("/staff")).text
    said = await browser.submit(PAGE, next_on_duty=today().isoformat())
    assert ((await browser.get(PAGE)).status_code, said.status_code) == (404, 404)
    before = "update app.staff set next_on_duty = $2 where force_id = $1 and email = $3 returning 1"
    await world.ask("avonside", before, today(), OSMAN.email)
    assert "Next on duty" not in (await world.browser("avonside").sign_in(ALICE)).text


async def test_strangers_say_nothing(station: Station, world: World) -> None:
    await station.says("")
    victim, administrator = world.browser(station.slug), await signed_in(world, ADA)
    await victim.sign_in(station.victim)
    for browser in (victim, administrator):
        assert (await browser.get(PAGE)).status_code == 404
        assert (await browser.submit(PAGE, next_on_duty=today().isoformat())).status_code == 404
    nobody = await world.browser(station.slug).submit(PAGE, next_on_duty=today().isoformat())
    assert nobody.headers["location"].startswith("/staff/sign-in")
    colleague = await signed_in(world, station.other, station.slug)
    assert (await colleague.submit(PAGE, next_on_duty=today().isoformat())).status_code == 303
    assert "Next on duty" not in await station.reads(station.victim), "a colleague speaks for themselves"
