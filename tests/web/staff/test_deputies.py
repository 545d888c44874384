"""Who acts for somebody who is away sees what they have, for as long as it lasts, and nothing more."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from tests.cast import Browser, Employee, Victim, World, configuration, crime
from tests.web.admin.staffed import STAFF, id_of
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import today

pytestmark = pytest.mark.asyncio(loop_scope="session")
PAGE = "/staff/deputies"


@dataclass
class Station:
    """A force in which Omo has a case whose victim has written; Ngozi has none; Dee has one too."""

    world: World
    slug: str
    people: dict[str, Browser]
    ids: dict[str, UUID]
    cases: dict[str, str]

    def email(self, name: str) -> str:
        """Return the address of somebody here."""
        return f"{name}@{self.slug}.example.org"

    async def says(self, who: str, deputy: str, first: int = 0, last: int = 7, absent: str = "") -> str:
        """Let somebody say who acts from so many days on; return where they are led, or what they are told."""
        browser = self.people[who]
        await browser.get(PAGE)
        days = {"from_day": str(today() + timedelta(days=first)), "until_day": str(today() + timedelta(days=last))}
        told = {"absent": self.email(absent)} if absent else {}
        answer = await browser.submit(PAGE, deputy=self.email(deputy), **days, **told)
        return answer.headers.get("location", answer.text)

    async def task(self, name: str) -> UUID:
        """Return the message that waits on somebody's case."""
        sql = "select id from app.task where force_id = $1 and case_id = $2 and kind = 'message' and done_at is null"
        ((found,),) = await self.world.ask(self.slug, sql, UUID(self.cases[name].rsplit("/", 1)[1]))
        return found

    async def opens(self, who: str, whose: str) -> bool:
        """Say whether somebody reads a case without being asked why."""
        page = await self.people[who].get(self.cases[whose])
        assert page.status_code == 200
        return "Publish update" in page.text


async def case_of(world: World, slug: str, name: str, email: str) -> str:
    vera = Victim("Vera", "Vane", f"D/{name}/26", f"vera-{name}@{slug}.example.org")
    officer = {"collar_number": name, "name": name, "role": "PC", "unit": "Moor", "email": email}
    await world.push(slug, [crime(vera.reference, [vera.as_event()], officer=officer)])
    await world.register(slug, vera)
    browser = world.browser(slug)
    await browser.sign_in(vera)
    await browser.submit("/messages", message="Is there news?")
    ((found,),) = await world.ask(
        slug, "select id from app.case where force_id = $1 and reference = $2", vera.reference
    )
    return f"/staff/cases/{found}"


@pytest_asyncio.fixture(loop_scope="session")
async def station(world: World) -> Station:
    slug = f"away-{uuid4().hex[:8]}"
    await world.onboarding.provision(service("test"), configuration(slug, f"Force {slug}"))
    made = Station(world, slug, {}, {}, {})
    roles = {"omo": "officer", "ngozi": "officer", "dee": "officer", "sue": "supervisor", "ada": "admin"}
    for name, role in roles.items():
        employee = Employee(name, role, made.email(name))
        await world.hire(slug, employee)
        made.people[name] = world.browser(slug)
        await made.people[name].sign_in_as(employee)
        made.ids[name] = await id_of(world, slug, employee.email)
    for name in ("omo", "dee"):
        made.cases[name] = await case_of(world, slug, name, made.email(name))
    return made


async def test_a_deputy_has_the_cases_and_the_tasks_and_it_is_recorded_for_whom(station: Station) -> None:
    ngozi, task = station.people["ngozi"], await station.task("omo")
    assert not await station.opens("ngozi", "omo")
    assert "D/omo/26" not in (await ngozi.get("/staff/inbox")).text
    assert (await station.people["omo"].get(PAGE)).status_code == 200
    assert await station.says("omo", "ngozi") == f"{PAGE}?done=named"
    assert "You act for omo" in (await ngozi.get(PAGE)).text
    assert await station.opens("ngozi", "omo")
    assert "D/omo/26" in (await ngozi.get("/staff")).text
    assert "D/omo/26" in (await ngozi.get("/staff/inbox")).text
    assert not await station.opens("ngozi", "dee"), "nobody else's"
    assert "D/dee/26" not in (await ngozi.get("/staff/inbox")).text
    sql = "select detail from app.audit where force_id = $1 and what = 'case.read' and actor_id = $2"
    read = {
        (row[0]["basis"], row[0]["acting_for"])
        for row in await station.world.ask(station.slug, sql, station.ids["ngozi"])
    }
    assert read == {("acting", str(station.ids["omo"]))}
    assert (await station.people["omo"].submit(f"/staff/tasks/{task}/claims")).status_code == 303
    inbox = (await ngozi.get("/staff/inbox")).text
    assert "omo has this" in inbox
    assert "Take this" in inbox
    assert (await ngozi.submit(f"/staff/tasks/{task}/claims")).status_code == 303
    assert "You have this" in (await ngozi.get("/staff/inbox")).text
    other = await station.task("dee")
    assert (await ngozi.submit(f"/staff/tasks/{other}/claims")).status_code == 404


@pytest.mark.parametrize(
    "ended",
    [
        "update app.deputy set from_day = current_date - 9, until_day = current_date - 2 where force_id = $1 returning 1",
        "update app.deputy set from_day = current_date + 2 where force_id = $1 returning 1",
        "update app.deputy set ended_at = now() where force_id = $1 returning 1",
        "update app.staff set active = false where force_id = $1 and name = 'omo' returning 1",
        "update app.staff set role = '' where force_id = $1 and name = 'omo' returning 1",
    ],
)
async def test_it_ends_with_its_last_day_and_with_what_the_other_had(station: Station, ended: str) -> None:
    await station.says("omo", "ngozi")
    assert await station.opens("ngozi", "omo")
    await station.world.ask(station.slug, ended)
    assert not await station.opens("ngozi", "omo")
    assert "D/omo/26" not in (await station.people["ngozi"].get("/staff/inbox")).text
    task = await station.task("omo")
    assert (await station.people["ngozi"].submit(f"/staff/tasks/{task}/claims")).status_code == 404


async def test_what_a_deputy_has_does_not_pass_on_to_their_own_deputy(station: Station) -> None:
    await station.says("omo", "ngozi")
    assert await station.says("ngozi", "dee") == f"{PAGE}?done=named"
    assert not await station.opens("dee", "omo")


async def test_nobody_makes_themselves_a_deputy_nor_speaks_for_others_unasked(station: Station) -> None:
    for who, absent in (("sue", "omo"), ("omo", "")):
        told = await station.says(who, who, absent=absent)
        assert "You cannot make yourself a deputy" in told, who
    assert await station.says("ngozi", "dee", absent="omo") == f"{PAGE}?done=named", "her own word is about herself"
    sql = "select absent_id from app.deputy where force_id = $1"
    assert await station.world.ask(station.slug, sql) == [(station.ids["ngozi"],)]
    assert await station.says("sue", "dee", absent="omo") == f"{PAGE}?done=named"
    assert "omo" in (await station.people["sue"].get(PAGE)).text, "a supervisor sees who acts for whom"
    ((row,),) = await station.world.ask(
        station.slug, "select id from app.deputy where force_id = $1 and absent_id = $2", station.ids["omo"]
    )
    await station.people["ngozi"].get(PAGE)
    assert (await station.people["ngozi"].submit(f"{PAGE}/{row}/ending")).status_code == 404
    assert (await station.people["omo"].get(PAGE)).status_code == 200
    assert (await station.people["omo"].submit(f"{PAGE}/{row}/ending")).headers["location"] == f"{PAGE}?done=ended"
    assert not await station.opens("dee", "omo")


async def test_an_administrator_says_and_ends_it_on_the_page_of_who_is_away(station: Station) -> None:
    ada, page = station.people["ada"], f"{STAFF}/{station.ids['omo']}"
    await ada.get(page)
    day = str(today())
    answer = await ada.submit(f"{page}/deputies", deputy=station.email("ngozi"), from_day=day, until_day=day)
    assert answer.headers["location"] == f"{page}?done=deputy", answer.text
    shown = (await ada.get(page)).text
    assert "ngozi acts for them" in shown
    assert await station.opens("ngozi", "omo")
    assert (await ada.get(station.cases["omo"])).status_code == 404, "and has no case herself"
    ((row,),) = await station.world.ask(station.slug, "select id from app.deputy where force_id = $1")
    elsewhere = await ada.submit(f"{STAFF}/{station.ids['dee']}/deputies/{row}/ending")
    assert elsewhere.status_code == 404
    ended = await ada.submit(f"{page}/deputies/{row}/ending")
    assert ended.headers["location"] == f"{page}?done=deputy_ended"
    assert not await station.opens("ngozi", "omo")


@pytest.mark.parametrize(
    ("deputy", "first", "last", "message"),
    [
        ("nobody", 0, 1, "Enter the email address of somebody who has access to cases"),
        ("ada", 0, 1, "Enter the email address of somebody who has access to cases"),
        ("ngozi", -1, 1, "The first day must be today or later"),
        ("ngozi", 3, 2, "The last day must be the first day or later"),
        ("ngozi", 0, 93, "This can last up to 3 months"),
    ],
)
async def test_what_is_wrong_is_said_beside_it(
    station: Station, deputy: str, first: int, last: int, message: str
) -> None:
    told = await station.says("omo", deputy, first, last)
    assert message in told
    assert f'value="{station.email(deputy)}"' in told, "what was typed is kept"
    assert await station.world.ask(station.slug, "select 1 from app.deputy where force_id = $1") == []


async def test_one_at_a_time_acts_for_somebody(station: Station) -> None:
    assert await station.says("omo", "ngozi", 2, 5) == f"{PAGE}?done=named"
    assert "Somebody acts for them on some of these days already" in await station.says("omo", "dee", 5, 9)
    assert await station.says("omo", "dee", 6, 9) == f"{PAGE}?done=named"
