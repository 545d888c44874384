"""An address or number changes by a person: for somebody at risk by two, and what the feed says waits."""

from typing import Any

import pytest

from tests.cast import Browser, event
from tests.domain.test_notifications import drained
from tests.web.staff.assessed import RISK, found, invites, officer, page_of, waiting
from tests.web.staff.conftest import HUGO, Crimes, Told, signed_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def opened(told: Told, employee: Any) -> Browser:
    browser = await signed_in(told.world, employee)
    await browser.submit(f"{told.path}/openings", reason="To confirm a change")
    return browser


async def seen(told: Told, employee: Any) -> str:
    browser = await opened(told, employee)
    text = (await browser.get(await page_of(told))).text
    return text.split('name="seen" value="', 1)[1].split('"', 1)[0]


async def test_an_address_changes_by_one_person_and_at_risk_by_two(crimes: Crimes) -> None:
    told = await crimes.make()
    path, browser = await page_of(told), await officer(told)
    for email, mobile, message in (
        ("not an address", "", "Enter an email address in the correct format"),
        ("", "12", "Enter a mobile number, like 07700 900982"),
        ("", "", "Enter an email address, a mobile number, or both"),
        (told.victims[0].email, "", "This is what we have already"),
    ):
        wrong = await browser.submit(f"{path}/contacts", email=email, mobile=mobile)
        assert (wrong.status_code, message in wrong.text) == (422, True), message
    changed = await browser.submit_and_follow(f"{path}/contacts", email="new@example.org", mobile="07700 900111")
    assert "The contact details have been changed" in changed.text
    assert "+447700900111" in changed.text
    assert (await told.audit("contact.changed")) == [{"email": True, "mobile": True}]
    feed = await told.world.ask(
        "avonside", "select type from app.feed_entry where force_id = $1 and case_id = $2", told.id
    )
    assert ("contact.changed",) in feed

    same = await browser.submit(f"{path}/contacts", email="NEW@example.org ", mobile="07700 900 111")
    assert (same.status_code, "This is what we have already" in same.text) == (422, True)

    risky = await crimes.at_risk()
    path = await page_of(risky)
    asked = await browser.submit_and_follow(f"{path}/contacts", email="other@example.org", mobile="")
    assert "A second person has to confirm it" in asked.text
    assert "Use the new ones" not in asked.text
    assert await waiting(risky, "confirm_address") == [["second_person"]]
    own = await browser.submit(f"{path}/confirmations", seen=await seen(risky, HUGO))
    assert (own.status_code, "Somebody else has to confirm this" in own.text) == (409, True)
    second = await opened(risky, HUGO)
    assert "Use the new ones" in (await second.get(path)).text
    unseen = await second.submit(f"{path}/confirmations", seen="0" * 32)
    assert unseen.status_code == 409
    done = await second.submit_and_follow(f"{path}/confirmations", seen=await seen(risky, HUGO))
    assert "The contact details have been changed" in done.text
    assert await waiting(risky, "confirm_address") == []


async def test_a_new_address_from_the_feed_is_answered_here(crimes: Crimes) -> None:
    told = await crimes.make()
    vera = told.victims[0]
    changed = vera.as_event(email="feed@example.org")
    await told.world.push("avonside", [event("victim.changed", told.reference, victim=changed)])
    path, browser = await page_of(told), await officer(told)
    shown = await browser.get(path)
    assert "feed@example.org" in shown.text
    mark = shown.text.split('name="seen" value="', 1)[1].split('"', 1)[0]
    kept = await browser.submit_and_follow(f"{path}/rejections", seen=mark)
    assert "The contact details stay as they are" in kept.text
    assert await waiting(told, "confirm_address") == []
    assert (await browser.submit(f"{path}/confirmations", seen=mark)).status_code == 409

    risky = await crimes.at_risk()
    changed = risky.victims[0].as_event(email="feed@example.org")
    later = event("victim.changed", risky.reference, victim=changed)
    await risky.world.push("avonside", [later])
    path = await page_of(risky)
    first = await browser.submit_and_follow(f"{path}/confirmations", seen=await seen(risky, HUGO))
    assert "A second person has to confirm it" in first.text
    # The feed puts something else in its place: nobody has put that forward, so it takes two again.
    changed = risky.victims[0].as_event(email="third@example.org")
    await risky.world.push("avonside", [event("victim.changed", risky.reference, victim=changed)])
    second = await opened(risky, HUGO)
    assert "third@example.org" in (await second.get(path)).text
    again = await second.submit_and_follow(f"{path}/confirmations", seen=await seen(risky, HUGO))
    assert "A second person has to confirm it" in again.text


async def test_what_staff_recorded_wins_over_the_feed(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    browser = await officer(told)
    await browser.submit(f"{await page_of(told)}/assessments", **found())
    other = told.victims[0].as_event(email="his@example.org", suitability="unsuitable", safety=[])
    await told.world.push("avonside", [event("victim.changed", told.reference, victim=other)])
    shown = (await browser.get(await page_of(told))).text
    assert told.victims[0].email in shown
    assert "his@example.org" not in shown
    await browser.submit(f"{await page_of(told)}/invites")
    provider = await drained(told.world, "avonside")
    assert "his@example.org" not in {message.to for message in provider.sent}
    assert await invites(told) == 1
