"""A year after it was closed a case is nobody's to read here: whose it was is told so, and nothing of the case."""

from uuid import uuid4

import pytest

from tests.cast import ALICE, OSMAN, Browser, Victim, World, crime, event
from tests.web.staff.conftest import browser_on

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def lapsed(world: World) -> tuple[Victim, Browser]:
    """Return a victim whose only case was closed thirteen months ago, signed in."""
    lena = Victim("Lena", "Lund", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex}@example.org")
    await world.push("avonside", [crime(lena.reference, [lena.as_event()])])
    await world.register("avonside", lena)
    await world.push(
        "avonside",
        [
            event("update.published", lena.reference, text="A window was measured."),
            event("crime.closed", lena.reference, time="2025-05-03T12:00:00+01:00"),
        ],
    )
    browser = world.browser("avonside")
    await browser.sign_in(lena)
    return lena, browser


async def test_who_has_no_case_to_read_any_more_is_told_why(world: World) -> None:
    lena, browser = await lapsed(world)
    page = await browser.follow("/messages")
    assert page.status_code == 200
    for said in ("It was closed on 3 May 2025", "until 3 May 2026", "a copy of what we hold", "/settings/closure"):
        assert said in page.text, said
    for secret in (lena.reference, "A window was measured", "Lund", "cycle", "Bicycle"):
        assert secret not in page.text, secret
    assert "govuk-exit-this-page" in page.text
    for path in ("/progress", "/property", "/my-case", "/messages/news", "/messages/call-requests"):
        assert (await browser.get(path)).status_code == 404, path
    await browser.get("/settings/closure")  # a page with a form, for its token
    assert (await browser.submit("/messages", message="Hello")).status_code == 404
    for path in ("/support", "/rights", "/help", "/settings/sessions", "/settings/password"):
        assert (await browser.get(path)).status_code == 200, path
    assert "It was closed on" not in (await world.browser("avonside").follow("/cases")).text
    for stranger in (ALICE,):
        other = world.browser("avonside")
        await other.sign_in(stranger)
        assert "It was closed on" not in (await other.get("/cases")).text
    staff = world.browser("avonside")
    await staff.sign_in_as(OSMAN)
    assert (await staff.get("/cases")).status_code == 404


async def test_who_has_no_case_stops_using_the_service(world: World) -> None:
    lena, browser = await lapsed(world)
    settings = await browser.get("/settings")
    assert settings.status_code == 200
    assert "/settings/closure" in settings.text
    assert "/settings/withdrawal" not in settings.text
    assert (await browser.get("/settings/withdrawal")).status_code == 404
    await browser.get("/settings/closure")
    assert (await browser.submit("/settings/closure")).headers["location"] == "/sign-out"
    assert (await browser_on(world, "192.0.2.62").sign_in(lena)).status_code == 422


async def test_an_open_case_is_shown_and_not_what_came_before(world: World) -> None:
    lena, browser = await lapsed(world)
    second = f"AV/{uuid4().hex[:8]}/26"
    await world.push("avonside", [crime(second, [lena.as_event()])])
    assert (await browser.get("/messages")).status_code == 200
    page = (await browser.get("/cases")).text
    assert (second in page, lena.reference in page, "It was closed on" in page) == (True, False, False)
