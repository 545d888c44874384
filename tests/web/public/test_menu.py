"""The menu of somebody signed in is the same on the pages for everybody as on their own."""

import re
from uuid import uuid4

import pytest

from tests.cast import ALICE, OSMAN, Victim, World, crime

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = ("/help", "/help/safety", "/privacy", "/cookies", "/accessibility", "/rights", "/glossary", "/support")


def menu(page: str) -> list[str]:
    listed = page.partition('id="navigation">')[2].partition("</ul>")[0]
    return re.findall(r'href="([^"]+)"', listed)


async def test_pages_for_everybody_have_the_menu_of_who_reads_them(world: World) -> None:
    nora = Victim("Nora", "North", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex}@example.org")
    item = {"id": uuid4().hex, "description": "A drill", "status": "missing"}
    await world.push("avonside", [crime(nora.reference, [nora.as_event()], property=[item])])
    await world.register("avonside", nora)
    reader, other, staff = (world.browser("avonside") for _ in range(3))
    own = menu((await reader.sign_in(nora)).text)
    assert own == ["/messages", "/progress", "/property", "/support", "/settings", "/sign-out"]
    hers = menu((await other.sign_in(ALICE)).text)
    assert "/property" not in hers, "nothing is recorded as missing"
    await staff.sign_in_as(OSMAN)
    for path in PAGES:
        assert menu((await reader.get(path)).text) == own, path
        assert menu((await other.get(path)).text) == hers, path
        assert menu((await staff.get(path)).text) == ["/staff", "/staff/sign-out"], path
        assert menu((await world.browser("avonside").get(path)).text) == [], path
    assert 'href="/support" aria-current="page"' in (await reader.get("/support")).text
    assert menu((await reader.get("/no/such/page")).text) == own
