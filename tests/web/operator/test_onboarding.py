"""Putting a force on board makes its site answer at once, and what is secret is shown once."""

import re

import pytest
import pytest_asyncio

from tests.cast import OPERATOR, Browser, World
from trackmycrime.domain.tenancy import files
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def opal(world: World) -> Browser:
    browser = world.browser("console")
    await browser.sign_in_as_operator(OPERATOR)
    await browser.get("/forces/new")
    return browser


async def _partitions(world: World, slug: str) -> set[str]:
    async with world.database.national("console").open(service("test")) as tx:
        rows = await tx.driver.fetch(
            "select relname from pg_class where relnamespace = 'part'::regnamespace and relkind = 'r'"
        )
    suffix = "__" + slug.replace("-", "_")
    return {str(row[0]).removesuffix(suffix) for row in rows if str(row[0]).endswith(suffix)}


async def test_a_force_with_a_file_answers_at_once(world: World, opal: Browser) -> None:
    site = world.browser("devon-and-cornwall")
    assert (await site.get("/")).status_code == 421
    stranger = world.browser("console")
    assert (await stranger.submit("/forces/new", force="devon-and-cornwall")).headers["location"].startswith("/sign-in")
    assert (await site.get("/")).status_code == 421

    answer = await opal.submit("/forces/new", force="devon-and-cornwall", administrator="dot@example.org")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert (await site.get("/static/nothing")).status_code == 404
    assert await _partitions(world, "devon-and-cornwall") == await _partitions(world, "avonside")

    secret = re.findall(r"client_secret</dt>\s*<dd[^>]*>([^<]+)<", answer.text)[0]
    for told in ("https://devon-and-cornwall.localhost:8000/staff/register/", "/oauth/token", "client_id"):
        assert told in answer.text
    for path in ("/forces/devon-and-cornwall", "/forces", "/audit"):
        assert secret not in (await opal.get(path)).text
    assert "devon-and-cornwall" in (await opal.get("/audit")).text
    assert ">Devon &amp; Cornwall Police</option>" not in (await opal.get("/forces/new")).text

    again = await opal.submit("/forces/new", force="devon-and-cornwall", administrator="dot@example.org")
    assert again.status_code == 409
    assert "is on board already" in again.text


async def test_a_force_without_a_file_needs_a_name_an_address_and_a_number(world: World, opal: Browser) -> None:
    wrong = await opal.submit(
        "/forces/new", name="Cinder Vale Police", slug="Cinder Vale", non_emergency="101", administrator="nobody"
    )
    assert wrong.status_code == 422
    assert 'href="#slug"' in wrong.text
    assert 'href="#administrator"' in wrong.text
    assert 'value="Cinder Vale Police"' in wrong.text
    reserved = await opal.submit(
        "/forces/new", name="Console Police", slug="console", non_emergency="101", administrator="cy@example.org"
    )
    assert reserved.status_code == 422

    right = await opal.submit(
        "/forces/new",
        name="Cinder Vale Police",
        slug="cinder-vale",
        non_emergency="101",
        administrator="cy@example.org",
    )
    assert right.status_code == 200
    assert (await world.browser("cinder-vale").get("/static/nothing")).status_code == 404
    assert "Setting up" in (await opal.get("/forces/cinder-vale")).text


@pytest.mark.parametrize("fields", [{}, {"force": "atlantis"}, {"force": "kent", "name": "Kent", "slug": "kent"}])
async def test_what_names_no_force_or_two_is_refused(opal: Browser, fields: dict[str, str]) -> None:
    answer = await opal.submit("/forces/new", administrator="cy@example.org", **fields)
    assert answer.status_code == 422
    assert 'href="#force"' in answer.text


async def test_every_force_of_the_country_has_a_file() -> None:
    known = files.known()
    assert len(known) == 46
    assert all(slug == configuration.slug for slug, configuration in known.items())
