"""A victim with several crimes chooses which one to look at; nobody chooses somebody else's."""

import re
from uuid import uuid4

import pytest

from tests.cast import ALICE, BEA, CAROL, Victim, World, crime, event, moment

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_each_crime_has_its_own_page_and_the_choice_is_kept(world: World) -> None:
    vera = Victim("Vera", "Vance", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    older, newer = vera.reference, f"AV/{uuid4().hex[:8]}/26"
    await world.push(
        "avonside",
        [
            crime(older, [vera.as_event()], reported_at=moment(9)),
            crime(
                newer,
                [vera.as_event()],
                reported_at=moment(2),
                property=[{"id": "1", "description": "A drill", "status": "missing"}],
            ),
            event("update.published", older, text="About the older one."),
            event("update.published", newer, text="About the newer one."),
        ],
    )
    await world.register("avonside", vera)
    browser = world.browser("avonside")
    first = (await browser.sign_in(vera)).text
    assert "About the newer one." in first
    assert "About the older one." not in first
    assert 'href="/cases"' in first
    assert 'href="/property"' in first

    page = (await browser.get("/cases")).text
    assert re.findall(r"(\d+) new updates?</strong>", page) == ["1"], "the older one's: the newer one has been read"
    (other,) = re.findall(r'action="(/cases/[0-9a-f-]+/choice)"', page)
    chosen = (await browser.submit_and_follow(other)).text
    assert "About the older one." in chosen
    assert "About the newer one." not in chosen
    assert 'href="/property"' not in chosen
    assert "About the older one." in (await browser.get("/messages")).text

    for slug, stranger in (("avonside", ALICE), ("avonside", BEA), ("brackenshire", CAROL)):
        another = world.browser(slug)
        mine = (await another.sign_in(stranger)).text
        refused, nobodys = await another.submit(other), await another.submit(f"/cases/{uuid4()}/choice")
        assert (refused.status_code, refused.text) == (404, nobodys.text)
        assert "About the older one." not in mine + (await another.get("/messages")).text
    assert (await world.browser("avonside").submit(other)).headers["location"].startswith("/sign-in")


async def test_a_victim_who_is_lost_has_the_way_out_and_learns_nothing(world: World) -> None:
    alice, stranger = world.browser("avonside"), world.browser("avonside")
    await alice.sign_in(ALICE)
    lost, not_hers, nobodys = await alice.get("/no/such/page"), await alice.get("/staff"), await stranger.get("/no")
    assert lost.status_code == not_hers.status_code == nobodys.status_code == 404
    assert "govuk-exit-this-page" in lost.text
    assert lost.text == not_hers.text
    assert "govuk-exit-this-page" not in nobodys.text
    assert (await alice.submit("/no/such/page")).status_code == 404
    problem = await alice.get("/api/v1/nothing")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
