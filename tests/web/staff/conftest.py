"""What the tests of staff's pages share: one more officer, crimes of their own, and everybody who must be refused."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import pytest_asyncio

from tests.cast import ADA, ALICE, HARRIET, OSMAN, Browser, Employee, Victim, World, crime, event

PRIYA = Employee("PC Priya Patel", "officer", "priya@avonside.example.org")
HUGO = Employee("Hugo Hart", "hub", "hugo@avonside.example.org")
OSMAN_IN_EVENTS = {"collar_number": "4711", "name": OSMAN.name, "role": "PC", "unit": "Harbour", "email": OSMAN.email}


@dataclass
class Told:
    """A crime made for one test, with its victims signed in where the test needs them."""

    world: World
    id: UUID
    victims: list[Victim]

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/staff/cases/{self.id}"

    @property
    def reference(self) -> str:
        """Its crime reference."""
        return self.victims[0].reference

    async def message(self, text: str) -> None:
        """Let the first victim write a message."""
        browser = self.world.browser("avonside")
        await browser.sign_in(self.victims[0])
        answer = await browser.submit("/messages", message=text)
        assert answer.status_code == 303

    async def waiting(self) -> list[tuple[UUID, str, UUID | None]]:
        """Return the open tasks of the case: id, kind, who has it."""
        sql = "select id, kind, owner_id from app.task where force_id = $1 and case_id = $2 and done_at is null order by made_at"
        return await self.world.ask("avonside", sql, self.id)

    async def audit(self, what: str) -> list[dict[str, str]]:
        """Return the details of what the audit says was done on the case."""
        sql = "select detail from app.audit where force_id = $1 and case_id = $2 and what = $3 order by at"
        return [detail for (detail,) in await self.world.ask("avonside", sql, self.id, what)]


class Crimes:
    """Makes crimes that no other test knows."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def make(self, *names: str, officer: bool = True, registered: bool = True, **victim: object) -> Told:
        """Record a crime with these victims in the case of PC Osman, and let them register."""
        reference = f"AV/{uuid4().int % 10**7}/26"
        victims = [Victim(name, f"{name}son", reference, f"{uuid4().hex}@example.org") for name in names or ("Vera",)]
        more = {"officer": OSMAN_IN_EVENTS} if officer else {}
        await self.world.push("avonside", [crime(reference, [each.as_event(**victim) for each in victims], **more)])
        if registered:
            for each in victims:
                await self.world.register("avonside", each)
        sql = "select id from app.case where force_id = $1 and reference = $2"
        ((case_id,),) = await self.world.ask("avonside", sql, reference)
        return Told(self.world, case_id, victims)

    async def at_risk(self) -> Told:
        """Record a crime whose victim registered, and turned out to be at risk."""
        told = await self.make("Rosa")
        changed = told.victims[0].as_event(safety=["domestic_abuse"])
        await self.world.push("avonside", [event("victim.changed", told.reference, victim=changed)])
        return told


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def staffed(world: World) -> AsyncIterator[World]:
    """Return the world with one more officer and one more hub officer in Avonside."""
    await world.hire("avonside", PRIYA)
    await world.hire("avonside", HUGO)
    yield world


@pytest_asyncio.fixture(loop_scope="session")
async def crimes(staffed: World) -> Crimes:
    return Crimes(staffed)


async def signed_in(world: World, employee: Employee, host: str = "avonside") -> Browser:
    """Return a browser in which somebody has signed in."""
    browser = world.browser(host)
    answer = await browser.sign_in_as(employee)
    assert answer.status_code == 200, answer.text
    if employee.role != "admin":
        await browser.get("/staff/cases")  # a page with a form, for its token
    return browser


def browser_on(world: World, network: str, host: str = "avonside") -> Browser:
    """Return a browser on another network, whose failures nobody else pays for."""
    browser = world.browser(host)
    transport = httpx.ASGITransport(app=world.app, client=(network, 4711))
    browser.http = httpx.AsyncClient(transport=transport, base_url=browser.origin, headers={"accept": "text/html"})
    return browser


async def inbox_of(browser: Browser) -> str:
    """Return all pages of somebody's inbox: what other tests left there may stand before what one looks for."""
    pages = [(await browser.get("/staff/inbox")).text]
    while f"/staff/inbox?page={len(pages) + 1}" in pages[-1]:
        pages.append((await browser.get(f"/staff/inbox?page={len(pages) + 1}")).text)
    return "".join(pages)


async def strangers(world: World) -> dict[str, Browser]:
    """Return everybody who is signed in and has no business on the pages of Avonside's staff."""
    harriet = await signed_in(world, HARRIET, "brackenshire")
    victim = world.browser("avonside")
    await victim.sign_in(ALICE)
    return {"another force": harriet, "the administrator": await signed_in(world, ADA), "a victim": victim}


async def refuse_strangers(world: World, path: str, **form: str) -> None:
    """Make sure that neither the page nor the form at a path is there for strangers, and that others sign in first."""
    for who, browser in (await strangers(world)).items():
        if who != "another force":
            assert (await browser.get(path)).status_code == 404, who
        assert (await browser.submit(path, **form)).status_code == 404, who
    nobody = world.browser("avonside")
    foreign = world.browser("avonside")
    harriet = await signed_in(world, HARRIET, "brackenshire")
    foreign.http.cookies.update({"__Host-session": harriet.http.cookies["__Host-session"]})
    for browser in (nobody, foreign):
        answer = await browser.submit(path, **form)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/staff/sign-in")


async def without_token(browser: Browser, path: str, **form: str) -> httpx.Response:
    """Send a form as another page would: without the token."""
    return await browser.http.post(path, data={"_csrf": "wrong", **form}, headers={"origin": browser.origin})
