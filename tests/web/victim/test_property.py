"""A victim's property: she sees it, asks to have it corrected and takes a copy; nobody else comes near it."""

import re
from uuid import uuid4

import pytest

from tests.cast import ALICE, CAROL, HANNAH, Browser, Victim, World, configuration, crime, event
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")

ITEMS = [
    {
        "id": "1",
        "description": "Blue bicycle with <b>rack</b>",
        "category": "bicycle",
        "make": "Tidewater",
        "serial": "TW-40721",
        "value_pence": 48000,
        "status": "recovered",
    },
    {"id": "2", "description": "Back door", "status": "damaged"},
]


async def owner(world: World, slug: str = "avonside") -> tuple[Victim, Browser]:
    vera = Victim("Vera", "Vance", f"PP/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    await world.push(slug, [crime(vera.reference, [vera.as_event()], property=ITEMS)])
    await world.register(slug, vera)
    browser = world.browser(slug)
    await browser.sign_in(vera)
    return vera, browser


async def test_an_owner_asks_to_have_one_item_corrected_and_nobody_else_can(world: World) -> None:
    vera, browser = await owner(world)
    page = (await browser.get("/property")).text
    assert "We have found it. Ask us when you can have it back." in page
    form, _door = re.findall(r'href="(/property/[0-9a-f-]+/correction)"', page)
    asked = (await browser.get(form)).text
    assert "Blue bicycle with &lt;b&gt;rack&lt;/b&gt;" in asked
    assert "Back door" not in asked

    empty = await browser.submit(form, correction=" ")
    assert (empty.status_code, "Tell us what is wrong" in empty.text) == (422, True)
    long = await browser.submit(form, correction="x" * 2001)
    assert (long.status_code, "x" * 2001 in long.text) == (422, True)
    once = re.findall(r'name="once" value="([^"]+)"', asked)[0]
    for _ in range(2):
        sent = await browser.submit(form, correction="The rack is silver.", once=once)
        assert (sent.status_code, sent.headers["location"]) == (303, "/property?done=correction")
    assert "A person checks it" in (await browser.get("/property?done=correction")).text
    messages = (await browser.get("/messages")).text
    assert messages.count("The rack is silver.") == 1
    assert "Please correct what you have recorded about this item: Blue bicycle" in messages
    waiting = "select count(*) from app.task t join app.case c on c.force_id = $1 and c.id = t.case_id where t.force_id = $1 and t.kind = 'message' and c.reference = $2"
    assert await world.ask("avonside", waiting, vera.reference) == [(1,)]

    nobodys = f"/property/{uuid4()}/correction"
    for slug, stranger in (("avonside", ALICE), ("brackenshire", CAROL)):
        other = world.browser(slug)
        await other.sign_in(stranger)
        assert (await other.get(form)).status_code == 404
        refused, none = await other.submit(form, correction="Mine."), await other.submit(nobodys, correction="Mine.")
        assert (refused.status_code, refused.text) == (404, none.text)
    hannah = world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    assert (await hannah.get(form)).status_code == (await hannah.get("/property/copy")).status_code == 404
    assert (await world.browser("avonside").get(form)).headers["location"].startswith("/sign-in")


async def test_where_nobody_writes_the_force_is_called(world: World) -> None:
    await world.onboarding.provision(
        service("test"), configuration("letterless", "Letterless Police", two_way_messaging=False)
    )
    vera, browser = await owner(world, "letterless")
    page = (await browser.get("/property")).text
    assert "call 101 and give your crime reference" in page
    assert "/correction" not in page
    ((item,), *_others) = await world.ask(
        "letterless", "select i.id from app.property_item i where i.force_id = $1 order by i.source_id"
    )
    assert (await browser.get(f"/property/{item}/correction")).status_code == 404
    assert (await browser.submit(f"/property/{item}/correction", correction="Wrong.")).status_code == 404
    assert vera.reference in page


async def test_about_a_closed_case_nothing_is_corrected_here(world: World) -> None:
    vera, browser = await owner(world)
    await world.push("avonside", [event("crime.closed", vera.reference)])
    page = (await browser.get("/property")).text
    assert "/correction" not in page
    (item, *_other) = await world.ask(
        "avonside",
        "select i.id from app.property_item i join app.case c on c.force_id = $1 and c.id = i.case_id where i.force_id = $1 and c.reference = $2",
        vera.reference,
    )
    assert (await browser.submit(f"/property/{item[0]}/correction", correction="Wrong.")).status_code == 409


async def test_a_copy_for_an_insurer_has_all_items_nothing_to_press_and_is_recorded(world: World) -> None:
    vera, browser = await owner(world)
    copy = await browser.get("/property/copy")
    title = copy.text.split("<title>")[1].split("</title>")[0]
    assert vera.reference not in title
    assert copy.headers["cache-control"] == "no-store"
    for told in (vera.reference, "TW-40721", "£480", "Back door", "Recovered", "Avonside Police"):
        assert told in copy.text, told
    assert "govuk-service-navigation__list" not in copy.text
    assert "govuk-exit-this-page" in copy.text
    left = "select count(*) from app.audit a join app.case c on c.force_id = $1 and c.id = a.case_id where a.force_id = $1 and a.what = 'property.copied' and c.reference = $2"
    assert await world.ask("avonside", left, vera.reference) == [(1,)]

    alice = world.browser("avonside")
    await alice.sign_in(ALICE)
    assert "TW-40721" not in (await alice.get("/property/copy")).text
    assert (await world.browser("avonside").get("/property/copy")).headers["location"].startswith("/sign-in")
