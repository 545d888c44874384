"""Who acts for a victim: only as staff checked, for a time, with a code, and never past a child's 18th birthday."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.cast import OSMAN, Browser, Victim, World, crime, event, invite_token
from tests.domain.test_notifications import drained
from tests.web.staff.conftest import OSMAN_IN_EVENTS, Crimes, refuse_strangers, signed_in
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import birthday, today

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHECK = {"kind": "parent", "lasts": "365", "not_named": "yes"}


class Family:
    """A victim and their parent on one crime."""

    def __init__(self, world: World, case_id: UUID, child: Victim, parent: Victim, person_id: UUID) -> None:
        self.world, self.case_id, self.child, self.parent = world, case_id, child, parent
        self.path = f"/staff/cases/{case_id}/people/{person_id}"

    async def until(self) -> date | None:
        """Return until when the parent may act."""
        sql = """select cp.proxy_until from app.case_person cp join app.person p on p.force_id = $1 and p.id = cp.person_id
                 where cp.force_id = $1 and p.source_id = $2"""
        ((found,),) = await self.world.ask("avonside", sql, self.parent.person)
        return found

    async def sent(self) -> int:
        """Send what waits, and return how much of it went to the parent or the child."""
        provider = await drained(self.world, "avonside")
        return sum(message.to in {self.child.email, self.parent.email} for message in provider.sent)


async def family(world: World, *, born: date, **child: object) -> Family:
    reference = f"AV/{uuid4().int % 10**7}/26"
    young = Victim("Cara", "Cole", reference, f"{uuid4().hex}@example.org", born=born)
    parent = Victim("Paul", "Cole", reference, f"{uuid4().hex}@example.org")
    acting = parent.as_event(role="proxy", proxy_for=young.person)
    victims = [young.as_event(**child), acting]
    await world.push("avonside", [crime(reference, victims, officer=OSMAN_IN_EVENTS)])
    ((case_id,),) = await world.ask(
        "avonside", "select id from app.case where force_id = $1 and reference = $2", reference
    )
    sql = "select id from app.person where force_id = $1 and source_id = $2"
    ((person_id,),) = await world.ask("avonside", sql, parent.person)
    return Family(world, case_id, young, parent, person_id)


def years_ago(years: int, *, days: int = 0) -> date:
    return birthday(today() - timedelta(days=days), -years)


async def code_of(browser: Browser, path: str) -> str:
    shown = await browser.submit(f"{path}/invites")
    assert "The code for this invitation" in shown.text, shown.text
    return shown.text.split('govuk-panel__title">', 1)[1].split("<", 1)[0].strip()


async def registered(found: Family, browser: Browser) -> Browser:
    """Let the parent be checked and invited, and register."""
    assert (await browser.submit(f"{found.path}/checks", **CHECK)).status_code == 303
    code = await code_of(browser, found.path)
    async with found.world.registry.door(await found.world.force("avonside")).open(service("test")) as tx:
        token = await invite_token(tx, found.parent)
    mine, born = found.world.browser("avonside"), found.parent.born
    facts = {
        "crime_reference": found.parent.reference,
        "last_name": found.parent.last_name,
        "day": str(born.day),
        "month": str(born.month),
        "year": str(born.year),
        "password": found.parent.password,
        "repeat_password": found.parent.password,
    }
    assert (await mine.submit(f"/register/{token}", **facts)).status_code == 422  # no code
    done = await mine.submit(f"/register/{token}", **facts, code=code)
    assert done.headers.get("location") == "/messages", done.text
    return mine


async def test_nobody_acts_for_a_victim_before_it_was_checked(crimes: Crimes) -> None:
    found = await family(crimes.world, born=years_ago(12))
    browser = await signed_in(crimes.world, OSMAN)
    refused = await browser.submit(f"{found.path}/invites")
    assert (refused.status_code, "Check first that they may act for the victim" in refused.text) == (409, True)
    for name, message in (
        ("kind", "Say as whom they act for the victim"),
        ("lasts", "Choose how long they may act for the victim"),
        ("not_named", "Make sure that they are no suspect"),
    ):
        answer = await browser.submit(f"{found.path}/checks", **{k: v for k, v in CHECK.items() if k != name})
        assert (answer.status_code, message in answer.text) == (422, True), name
    assert (await found.until(), await found.sent()) == (None, 0)


async def test_a_parent_reads_the_case_until_the_child_is_18(crimes: Crimes) -> None:
    found = await family(crimes.world, born=years_ago(18, days=-30))  # 18 in thirty days
    officer = await signed_in(crimes.world, OSMAN)
    mine = await registered(found, officer)
    assert await found.until() == today() + timedelta(days=29)
    assert f"{found.path}/reset" in (await officer.get(found.path.partition("/people/")[0])).text
    await mine.get("/sign-out")
    await mine.sign_in(found.parent)
    await drained(found.world, "avonside")
    news = {"text": "A window was measured.", "to": [found.child.person]}
    await found.world.push("avonside", [event("update.published", found.parent.reference, **news)])
    assert "A window was measured." in (await mine.get("/messages")).text
    assert await found.sent() == 1
    ended = """update app.case_person set proxy_until = current_date - 1 where force_id = $1 and case_id = $2
               and role = 'proxy' returning 1"""
    await found.world.ask("avonside", ended, found.case_id)
    assert "A window was measured." not in (await mine.get("/messages")).text
    await found.world.push("avonside", [event("update.published", found.parent.reference, **news)])
    assert await found.sent() == 0
    again = await found.world.browser("avonside").sign_in(found.parent)
    assert again.status_code == 422
    await mine.get("/sign-out")
    await mine.get("/sign-in")
    assert (await mine.submit("/sign-in", password=found.parent.password)).status_code == 422
    reset = f"{found.path}/reset"
    assert reset not in (await officer.get(found.path.partition("/people/")[0])).text
    assert (await officer.get(reset)).status_code == 404
    assert (await officer.submit(reset, reset_reason="Called back on the number")).status_code == 404


async def test_nobody_is_a_grown_child_s_parent_here(crimes: Crimes) -> None:
    found = await family(crimes.world, born=years_ago(18))
    browser = await signed_in(crimes.world, OSMAN)
    answer = await browser.submit(f"{found.path}/checks", **CHECK)
    assert (answer.status_code, "The victim is 18 or older" in answer.text) == (409, True)
    spokesperson = await browser.submit(f"{found.path}/checks", **{**CHECK, "kind": "spokesperson"})
    assert spokesperson.status_code == 303
    assert await found.until() == today() + timedelta(days=365)


async def test_what_endangers_a_victim_endangers_whoever_acts_for_them(crimes: Crimes) -> None:
    found = await family(crimes.world, born=years_ago(12), safety=["domestic_abuse"])
    browser = await signed_in(crimes.world, OSMAN)
    assert (await browser.submit(f"{found.path}/checks", **CHECK)).status_code == 303
    refused = await browser.submit(f"{found.path}/invites")
    assert (refused.status_code, "Record first how it is safe to reach them" in refused.text) == (409, True)
    assert await found.sent() == 0


async def test_somebody_else_whom_the_feed_names_was_not_checked(crimes: Crimes) -> None:
    found = await family(crimes.world, born=years_ago(12))
    mine = await registered(found, await signed_in(crimes.world, OSMAN))
    other = Victim("Olga", "Other", found.parent.reference, f"{uuid4().hex}@example.org")
    changes = [
        event("victim.changed", found.parent.reference, victim=other.as_event()),
        event(
            "victim.changed",
            found.parent.reference,
            victim=found.parent.as_event(role="proxy", proxy_for=other.person),
        ),
    ]
    await found.world.push("avonside", changes)
    assert await found.until() is None
    assert found.parent.reference not in (await mine.get("/messages")).text


async def test_strangers_check_nobody(crimes: Crimes) -> None:
    found = await family(crimes.world, born=years_ago(12))
    await refuse_strangers(crimes.world, f"{found.path}/checks", **CHECK)
    told = await crimes.make()
    browser = await signed_in(crimes.world, OSMAN)
    sql = "select id from app.person where force_id = $1 and source_id = $2"
    ((victim,),) = await crimes.world.ask("avonside", sql, told.victims[0].person)
    assert (await browser.submit(f"{told.path}/people/{victim}/checks", **CHECK)).status_code == 404
    elsewhere = found.path.replace(str(found.case_id), str(told.id))
    assert (await browser.submit(f"{elsewhere}/checks", **CHECK)).status_code == 404
    assert await found.until() is None
