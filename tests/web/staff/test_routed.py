"""What a victim writes goes to the unit that the force's rules say: victims are told so, its staff see it, and nobody else's do."""

import re
from html import unescape
from uuid import UUID, uuid4

import pytest
from msgspec import structs

from tests.cast import Browser, Employee, Victim, World, configuration, crime
from trackmycrime.domain import messages
from trackmycrime.domain.tenancy.kinds import OffenceGroup, Weekday
from trackmycrime.domain.tenancy.routing import destination
from trackmycrime.domain.tenancy.units import Routing, Rule, Unit
from trackmycrime.kit import words
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import LONDON, now
from trackmycrime.web.common.readers import who_reads

pytestmark = pytest.mark.asyncio(loop_scope="session")

# A day that is neither today nor tomorrow: who is on duty only then is not at work now.
AWAY_DAY = tuple(Weekday)[(now().astimezone(LONDON).weekday() + 3) % 7]
ALWAYS = tuple(Weekday)
MARSH = Unit(name="Marsh Team", days=ALWAYS, opens="00:00", closes="00:00", bank_holidays=True, reply_working_days=1)
NIGHT = Unit(name="Night Desk", name_cy="Desg y Nos", days=(AWAY_DAY,), opens="08:00", bank_holidays=True)
ROUTING = Routing(
    units=(MARSH, NIGHT),
    rules=(
        Rule(crimes=(OffenceGroup.BICYCLE,), areas=("East Marsh",), unit="Marsh Team"),
        Rule(areas=("West Fen",), unit="Night Desk"),
    ),
    out_of_hours="If you are worried, tell us more.",
    out_of_hours_cy="Os ydych yn poeni, dywedwch fwy.",
    silence_hours=4,
    escalate_to="Night Desk",
)


class Town:
    """A force with units of its own."""

    def __init__(self, world: World, slug: str) -> None:
        self.world, self.slug = world, slug

    async def victim(self, area: str | None) -> tuple[Victim, Browser]:
        """Return a victim of a theft of a bicycle in an area, signed in."""
        name = uuid4().hex[:8]
        vera = Victim("Vera", "Vane", f"T/{name}/26", f"{name}@example.org")
        where = {} if area is None else {"area": area}
        await self.world.push(self.slug, [crime(vera.reference, [vera.as_event()], **where)])
        await self.world.register(self.slug, vera)
        browser = self.world.browser(self.slug)
        await browser.sign_in(vera)
        return vera, browser

    async def staff(self, name: str, role: str, unit: str = "") -> Browser:
        """Return the browser of somebody who works there, in a unit as the record system says."""
        employee = Employee(name, role, f"{uuid4().hex[:8]}@{self.slug}.example.org")
        officer = {"collar_number": uuid4().hex[:8], "name": name, "unit": unit, "email": employee.email}
        if unit:
            away = Victim("Una", "Unseen", f"U/{uuid4().hex[:8]}/26", "una@example.org")
            await self.world.push(self.slug, [crime(away.reference, [away.as_event()], officer=officer)])
        await self.world.hire(self.slug, employee)
        browser = self.world.browser(self.slug)
        await browser.sign_in_as(employee)
        return browser

    async def task(self, victim: Victim, kind: str = "message") -> tuple[UUID, str, bool]:
        """Return the task about what a victim wrote: its id, its unit, and whether it has gone on."""
        sql = """select t.id, t.unit, t.escalated_at is not null from app.task t
                 join app.case c on c.force_id = $1 and c.id = t.case_id
                 where t.force_id = $1 and t.kind = $2 and c.reference = $3"""
        ((task_id, unit, gone_on),) = await self.world.ask(self.slug, sql, kind, victim.reference)
        return task_id, unit, gone_on

    async def pass_by(self) -> None:
        """Let the hours pass in which somebody should have opened what waits."""
        sql = "update app.task set silent_at = now() where force_id = $1 and silent_at is not null returning id"
        assert await self.world.ask(self.slug, sql)

    async def tick(self) -> None:
        """Let the clock do its chore."""
        async with self.world.registry.door(await self.world.force(self.slug)).open(service("clock")) as tx:
            await messages.escalate(tx)

    async def deeds(self) -> int:
        """Return how many things are on record as gone on."""
        sql = "select count(*) from app.audit where force_id = $1 and what = 'task.escalated'"
        return (await self.world.ask(self.slug, sql))[0][0]


async def town(world: World, routing: Routing = ROUTING, **features: bool) -> Town:
    slug = f"town-{uuid4().hex[:8]}"
    made = structs.replace(configuration(slug, "Town Police", **features), routing=routing, name_cy="Heddlu'r Dref")
    await world.onboarding.provision(service("test"), made)
    return Town(world, slug)


def text_of(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


async def test_a_message_goes_to_the_unit_that_the_victim_was_told_and_to_its_people(world: World) -> None:
    there = await town(world)
    vera, browser = await there.victim("east  marsh")
    asked = text_of((await browser.get("/messages")).text)
    assert "The Marsh Team reads your message first, then your officer. We aim to reply within 1 working day." in asked
    assert "is not at work now" not in asked
    sent = await browser.submit_and_follow("/messages", message="My bicycle has a bell.", once=uuid4().hex)
    assert "Your message has been sent" in sent.text
    assert "is not at work now" not in text_of(sent.text)
    task, unit, _gone = await there.task(vera)
    assert unit == "Marsh Team"
    marsh, fen = await there.staff("PC Marsh", "officer", "Marsh Team"), await there.staff("PC Fen", "officer", "Fen")
    night = await there.staff("PC Night", "officer", "Night Desk")
    elsewhere = await (await town(world)).staff("PC Away", "officer", "Marsh Team")
    admin = await there.staff("Ada Ash", "admin", "Marsh Team")
    for stranger in (fen, night, elsewhere):
        assert "My bicycle has a bell." not in (await stranger.get("/staff/inbox")).text
        assert "Nothing waits" in (await stranger.get("/staff/inbox")).text
    for stranger in (fen, night, elsewhere, admin, browser):
        for page in ("/settings", "/staff/cases", "/admin/branding"):  # one of them is theirs, and has a form
            await stranger.get(page)
        for deed in ("claims", "completions", "forwardings"):
            assert (await stranger.submit(f"/staff/tasks/{task}/{deed}")).status_code == 404
    inbox = (await marsh.get("/staff/inbox")).text
    assert "My bicycle has a bell." in inbox
    assert "For Marsh Team." in inbox
    path = re.search(r'href="(/staff/cases/[^"]+)"[^>]*>My bicycle', inbox)
    assert path
    assert "My bicycle has a bell." not in (await marsh.get(path[1])).text, "the case opens once it is taken"
    taken = await marsh.submit_and_follow(f"/staff/tasks/{task}/claims")
    assert (taken.status_code, "My bicycle has a bell." in taken.text) == (200, True)
    second = await there.staff("PC Mire", "officer", "Marsh Team")
    assert "My bicycle has a bell." not in (await second.get("/staff/inbox")).text, "one person has it"
    await second.get("/staff/cases")
    assert (await second.submit(f"/staff/tasks/{task}/forwardings")).status_code == 404


async def test_the_hub_sees_everything_and_each_team_alone(world: World) -> None:
    there = await town(world)
    for area, told in (("East Marsh", "From the marsh."), ("West Fen", "From the fen."), (None, "From nowhere.")):
        _victim, browser = await there.victim(area)
        await browser.submit("/messages", message=told, once=uuid4().hex)
    hub = await there.staff("Hannah Hall", "hub")
    shown = {
        which: (await hub.get(f"/staff/inbox?which={which}")).text for which in ("", "contact", "unopened", "piracy")
    }
    shown["Marsh"] = (await hub.get("/staff/inbox?which=unit:Marsh+Team")).text
    seen = {which: re.findall(r"From (?:the )?(\w+)\.", page) for which, page in shown.items()}
    everything = {"marsh", "fen", "nowhere"}
    assert {which: set(found) for which, found in seen.items()} == {
        "": everything,
        "piracy": everything,
        "Marsh": {"marsh"},
        "contact": {"nowhere"},
        "unopened": set(),
    }
    assert '<option value="unit:Marsh Team" selected>Marsh Team</option>' in shown["Marsh"]
    assert "1 thing waits" in shown["Marsh"]
    simple = await (await town(world, Routing())).staff("Hugo Hall", "hub")
    assert 'name="which"' not in (await simple.get("/staff/inbox")).text


async def test_out_of_hours_victims_are_told_when_somebody_is_back(world: World) -> None:
    there = await town(world, welsh=True)
    _victim, browser = await there.victim("West Fen")
    page = (await browser.get("/messages")).text
    asked = text_of(page)
    back = re.search(r"The Night Desk is not at work now\. They are back on (\w+) \d+ \w+ at 8am\.", asked)
    assert back
    assert back[1].lower() == AWAY_DAY
    assert "If you are worried, tell us more." in asked
    assert page.index('href="tel:999"') < page.index("The Night Desk is not at work now"), "danger first"
    for path, fields in (
        ("/messages", {"message": "Is anybody there?"}),
        ("/messages/update-requests", {}),
        ("/messages/call-requests", {"method": "call", "days": "any", "hours": "any"}),
    ):
        sent = await browser.submit_and_follow(path, **fields, once=uuid4().hex)
        banner = text_of(sent.text.split("govuk-notification-banner__content", 1)[1][:600])
        assert "sent. The Night Desk" in banner or "update. The Night Desk" in banner or "call you. The" in banner, path
        assert "They are back on" in banner, path
    used = (await world.force(there.slug)).configuration
    with words.speaking(words.WELSH):
        welsh = who_reads(used, destination(used, OffenceGroup.BICYCLE, "West Fen", now()), 0)
    assert "Desg y Nos" in welsh
    assert "Os ydych yn poeni, dywedwch fwy." in welsh
    assert "not at work" not in welsh


async def test_what_nobody_opens_goes_on_once_and_danger_stays_before_it(world: World) -> None:
    there = await town(world)
    vera, browser = await there.victim("East Marsh")
    await browser.submit("/messages", message="Nobody opens this.", once=uuid4().hex)
    hub, night = await there.staff("Hannah Hall", "hub"), await there.staff("PC Night", "officer", "Night Desk")
    await there.tick()
    assert (await there.task(vera))[1:] == ("Marsh Team", False)
    _urgent, other = await there.victim("East Marsh")
    await other.submit("/messages", message="He is outside and has a knife", warned="yes", once=uuid4().hex)
    await there.pass_by()
    await there.world.ask(
        there.slug, "update app.task set silent_at = null where force_id = $1 and urgent returning id"
    )
    told = "select count(*) from app.notification where force_id = $1"
    before = await there.world.ask(there.slug, told)
    for _ in range(2):
        await there.tick()
    assert (await there.task(vera))[1:] == ("Night Desk", True)
    assert await there.deeds() == 1
    assert await there.world.ask(there.slug, told) == before, "nobody is sent anything about it"
    _later, third = await there.victim("East Marsh")
    await third.submit("/messages", message="Later and not late.", once=uuid4().hex)
    inbox = text_of((await hub.get("/staff/inbox")).text)
    assert inbox.index("has a knife") < inbox.index("Nobody opens this.") < inbox.index("Later and not late.")
    assert "Nobody opened this in time, so it has come to this team" in inbox
    unopened = (await hub.get("/staff/inbox?which=unopened")).text
    assert "Nobody opens this." in unopened
    assert "Later and not late." not in unopened
    assert "Nobody opens this." in (await night.get("/staff/inbox")).text


async def test_what_somebody_opened_or_took_or_was_never_to_go_on_stays(world: World) -> None:
    there = await town(world)
    hub = await there.staff("Hannah Hall", "hub")
    opened, opener = await there.victim("East Marsh")
    await opener.submit("/messages", message="Somebody reads this.", once=uuid4().hex)
    path = re.search(r'href="(/staff/cases/[^"]+)"', (await hub.get("/staff/inbox")).text)
    assert path
    await hub.get(path[1])
    read = await hub.submit_and_follow(f"{path[1]}/openings", reason="To answer the message")
    assert "Somebody reads this." in read.text
    taken, taker = await there.victim("East Marsh")
    await taker.submit("/messages", message="Somebody takes this.", once=uuid4().hex)
    assert (await hub.submit(f"/staff/tasks/{(await there.task(taken))[0]}/claims")).status_code == 303
    own, owner = await there.victim("West Fen")
    await owner.submit("/messages", message="Night Desk lets this lie.", once=uuid4().hex)
    await there.pass_by()
    await there.tick()
    assert (await there.task(opened))[1:] == ("Marsh Team", False)
    assert (await there.task(taken))[1:] == ("Marsh Team", False)
    assert (await there.task(own))[1:] == ("Night Desk", True)
    assert "so a supervisor has to see to it" in (await hub.get("/staff/inbox?which=unopened")).text
    calm = await town(world, structs.replace(ROUTING, silence_hours=0, escalate_to=""))
    vera, browser = await calm.victim("East Marsh")
    await browser.submit("/messages", message="It may lie here.", once=uuid4().hex)
    sql = "select silent_at from app.task where force_id = $1 and kind = 'message'"
    assert await calm.world.ask(calm.slug, sql) == [(None,)]
    await calm.tick()
    assert (await calm.task(vera))[1:] == ("Marsh Team", False)
