"""Getting ready to go live: what is still to do is said with its reason, and done when it is."""

import re

import pytest

from tests.cast import HANNAH, Employee, Victim, World, crime
from tests.web.admin.configured import filled, force_with, publish

pytestmark = pytest.mark.asyncio(loop_scope="session")
_STEP = re.compile(r'id="ready-([a-z]+)">.*?id="ready-\1-status">\s*(.*?)\s*</div>', re.DOTALL)


def done(page: str) -> set[str]:
    return {name for name, status in _STEP.findall(page) if "Done" in status}


async def test_what_is_done_is_seen_and_the_rest_is_looked_at(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash", live=False)
    page = (await ada.get("/admin")).text
    assert "Get ready to go live" in page
    assert "to go live" not in (await world.browser(slug).get("/")).text
    assert done(page) == {"published"}
    await ada.submit("/admin/branding", **{**await filled(ada, "/admin/branding"), "header": "#12284b"})
    assert done((await ada.get("/admin")).text) == {"branding"}, "and now something is not published"
    await publish(ada)
    for part in ("crimes", "features"):
        assert (await ada.submit(f"/admin/ready/{part}")).headers["location"] == f"/admin#ready-{part}"
    assert done((await ada.get("/admin")).text) == {"branding", "published", "crimes", "features"}
    await ada.submit("/admin/ready/crimes", again="yes")
    for number, role in enumerate(("admin", "hub", "officer")):
        await world.hire(slug, Employee(f"Number {number}", role, f"{role}{number}@{slug}.example.org"))
    vera = Victim("Vera", "Vane", "T/1/26", "vera@example.org")
    await world.push(slug, [crime(vera.reference, [vera.as_event()])])
    seen = done((await ada.get("/admin")).text)
    assert seen >= {"administrators", "staff", "branding"}
    assert "crimes" not in seen
    for nowhere in ("branding", "published", "nothing"):
        assert (await ada.submit(f"/admin/ready/{nowhere}")).status_code == 404


async def test_nobody_else_calls_anything_right(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    elsewhere, (amos,) = await force_with(world, "Amos Ames")
    hub = world.browser("avonside")
    await hub.sign_in_as(HANNAH)
    assert (await hub.submit("/admin/ready/crimes")).status_code == 404
    await amos.get("/admin")
    await amos.submit("/admin/ready/crimes")
    assert "crimes" in done((await amos.get("/admin")).text)
    assert "crimes" not in done((await ada.get("/admin")).text)
    assert await world.ask(slug, "select count(*) from app.looked_at where force_id = $1") == [(0,)]
    assert await world.ask(elsewhere, "select part from app.looked_at where force_id = $1") == [("crimes",)]
