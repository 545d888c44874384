"""The first page of staff: late people first, then what waits."""

import re

import pytest

from tests.cast import HANNAH, HARRIET, OSMAN, crime, moment
from tests.web.staff.conftest import OSMAN_IN_EVENTS, Crimes, signed_in, strangers

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_late_people_stand_first_for_the_officer_and_the_hub(crimes: Crimes) -> None:
    late = await crimes.make(registered=False)
    victims = [each.as_event() for each in late.victims]
    old = {"reported_at": moment(400), "time": moment(2), "officer": OSMAN_IN_EVENTS}
    await crimes.world.push("avonside", [crime(late.reference, victims, **old)])
    for employee in (OSMAN, HANNAH):
        page = await (await signed_in(crimes.world, employee)).get("/staff")
        assert "should have heard from you" in page.text
        assert re.findall(r'href="(/staff/cases/[0-9a-f-]{36})', page.text)[0] == late.path
    brackenshire = await (await signed_in(crimes.world, HARRIET, "brackenshire")).get("/staff")
    assert late.path not in brackenshire.text
    assert "should have heard from you" not in brackenshire.text
    for who, browser in (await strangers(crimes.world)).items():
        if who != "another force":
            assert (await browser.get("/staff")).status_code == 404


async def test_the_first_page_shows_nobodys_words(crimes: Crimes) -> None:
    told = await crimes.make()
    await told.message("These words are read in the inbox.")
    page = await (await signed_in(crimes.world, OSMAN)).get("/staff")
    assert "A victim has written a message" in page.text
    assert "These words are read in the inbox." not in page.text
