"""The national front page leads everybody to their own force."""

import msgspec
import pytest

from tests.cast import World, configuration
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_force_that_is_live_is_linked_and_the_others_say_whom_to_call(world: World) -> None:
    quiet = configuration("quietshire", "Quietshire Police")
    await world.onboarding.provision(service("test"), msgspec.structs.replace(quiet, live=False))
    assert (await world.browser("quietshire").get("/static/nothing")).status_code == 404  # the site answers already
    page = (await world.browser("").get("/")).text
    using, others = page.split("Not using TrackMyCrime yet")
    assert 'href="https://avonside.localhost:8000/"' in using
    assert "Quietshire Police" in others
    assert "quietshire.localhost" not in page
    assert "Wiltshire Police" in others
    assert 'href="tel:101"' in others
    assert 'href="https://www.btp.police.uk/"' in others
    assert 'href="tel:999"' in using


@pytest.mark.parametrize(
    ("q", "found", "missed"),
    [
        ("avonside", "Avonside Police", "Brackenshire"),
        ("HEDDLU gwent", "Heddlu Gwent", "Avonside"),
        ("nowhere <b>", "No police force has a name like “nowhere &lt;b&gt;”", "Avonside"),
    ],
)
async def test_a_force_is_found_by_either_of_its_names(world: World, q: str, found: str, missed: str) -> None:
    answer = await world.browser("").http.get("/", params={"q": q})
    assert found in answer.text
    assert missed not in answer.text


@pytest.mark.parametrize("path", ["/help", "/privacy", "/accessibility"])
async def test_what_the_foot_links_to_is_there(world: World, path: str) -> None:
    browser = world.browser("")
    assert f'href="{path}"' in (await browser.get("/")).text
    answer = await browser.get(path)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
