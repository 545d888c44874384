"""Where a notification leads: to the crime on which the newest text waits, and never to anybody else's."""

from uuid import uuid4

import pytest

from tests.cast import Browser, Victim, World, crime, event, moment

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def with_two_crimes(world: World) -> tuple[Victim, str, str]:
    """Return a victim who has read all there is, with the references of the older crime and of the newer."""
    vera = Victim("Vera", "Vance", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    newer = f"AV/{uuid4().hex[:8]}/26"
    crimes = [crime(vera.reference, [vera.as_event()], reported_at=moment(9)), crime(newer, [vera.as_event()])]
    await world.push("avonside", crimes)
    await world.register("avonside", vera)
    return vera, vera.reference, newer


async def led_to(browser: Browser) -> str:
    """Follow the link of a notification, and return the page it ends on."""
    answer = await browser.get("/messages/latest")
    assert (answer.status_code, answer.headers["location"]) == (303, "/messages#new")
    return (await browser.get("/messages")).text


async def test_the_newest_text_is_found_on_whichever_crime_it_stands(world: World) -> None:
    vera, older, newer = await with_two_crimes(world)
    browser = world.browser("avonside")
    assert newer in (await browser.sign_in(vera)).text
    assert newer in await led_to(browser), "where nothing is new, they stay"
    await world.push("avonside", [event("update.published", older, text="About the older one.")])
    assert "About the older one." in await led_to(browser)
    assert older in await led_to(browser), "what has been read leads nowhere else"
    await world.push("avonside", [event("update.published", newer, text="About the newer one.")])
    assert "About the newer one." in await led_to(browser)


async def test_what_is_for_somebody_else_leads_nowhere_and_strangers_sign_in_first(world: World) -> None:
    vera, older, newer = await with_two_crimes(world)
    wanda = Victim("Wanda", "Ward", older, f"{uuid4().hex[:8]}@example.org")
    await world.push("avonside", [crime(older, [vera.as_event(), wanda.as_event()], reported_at=moment(9))])
    await world.push("avonside", [event("update.published", older, text="For Wanda alone.", to=[wanda.person])])
    browser = world.browser("avonside")
    await browser.sign_in(vera)
    page = await led_to(browser)
    assert newer in page
    assert "For Wanda alone." not in page

    await browser.get("/sign-out")
    for slug in ("avonside", "brackenshire"):
        stranger = world.browser(slug)
        answer = await stranger.get("/messages/latest")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fmessages%2Flatest")
