"""A force's own links at the foot of victims' pages: named in both languages, leading to real sites, published by two people."""

import pytest
from msgspec import structs

from tests.cast import ADA, ALICE, HANNAH, OSMAN, Browser, World
from tests.web.admin.configured import filled, force_with, publish, victim_of
from trackmycrime.domain.tenancy.configuration import Features
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")
FOOTER, REVIEW, HISTORY = "/admin/branding/footer", "/admin/review", "/admin/history"
OURS = {"name_1": "Our website", "web_1": "https://www.town.example.org/"}
LINK = '<li><a href="https://www.town.example.org/">Our website</a></li>'


async def save(browser: Browser, **links: str) -> None:
    """Save these links and no others."""
    answer = await browser.submit(FOOTER, revision=(await filled(browser, FOOTER))["revision"], **links)
    assert answer.headers["location"] == REVIEW, answer.text


async def try_to_publish(browser: Browser) -> int:
    revision = (await filled(browser, FOOTER))["revision"]
    return (await browser.submit(REVIEW, revision=revision, why="New links")).status_code


async def test_links_stand_on_victims_pages_once_somebody_else_has_published_them(world: World) -> None:
    slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    vera, visitor = await victim_of(world, slug), world.browser(slug)
    await save(ada, **OURS, name_3="Our number & hours", web_3="https://www.town.example.org/hours?a=1&b=2")
    review = (await ada.get(REVIEW)).text
    for said in ("Footer link Our website: website", "https://www.town.example.org/", "Somebody else has to publish"):
        assert said in review, said
    assert LINK in (await ada.get("/admin/preview/messages")).text.replace(
        'href="#"', 'href="https://www.town.example.org/"'
    )
    assert await try_to_publish(ada) == 409
    for browser, path in ((vera, "/messages"), (visitor, "/")):
        assert LINK not in (await browser.get(path)).text, "not published yet"
    assert "Check every link" in (await amos.get(REVIEW)).text
    await publish(amos, "The links")
    for browser, path in ((vera, "/messages"), (vera, "/settings"), (visitor, "/"), (visitor, "/sign-in")):
        page = (await browser.get(path)).text
        assert LINK in page, path
        assert 'href="https://www.town.example.org/hours?a=1&amp;b=2">Our number &amp; hours</a>' in page
    assert LINK not in (await ada.get("/admin")).text, "who works there knows where the website is"
    form = await filled(ada, FOOTER)
    assert (form["name_2"], form["web_2"]) == ("Our number & hours", "https://www.town.example.org/hours?a=1&b=2")
    await save(ada)
    await publish(ada, "Taking links away needs nobody")
    assert LINK not in (await visitor.get("/")).text
    await ada.submit(f"{HISTORY}/2/draft", revision=(await filled(ada, f"{HISTORY}/2"))["revision"])
    assert await try_to_publish(ada) == 409, "going back to a link is writing it again"


async def test_where_welsh_is_spoken_a_link_has_a_welsh_name(world: World) -> None:
    slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    own = (await world.force(slug)).configuration
    bilingual = structs.replace(own, name_cy="Heddlu'r Dref", features=structs.replace(own.features, welsh=True))
    assert isinstance(bilingual.features, Features)
    await world.onboarding.publish(service("test"), bilingual)
    refused = await ada.submit(FOOTER, revision=(await filled(ada, FOOTER))["revision"], **OURS)
    assert (refused.status_code, "in Welsh, in up to 80 characters" in refused.text) == (422, True)
    assert 'href="#name_cy_1"' in refused.text
    await save(ada, **OURS, name_cy_1="Ein gwefan")
    await publish(amos, "The links")
    page = (await world.browser(slug).follow("/?lang=cy")).text
    assert '<a href="https://www.town.example.org/">Ein gwefan</a>' in page
    assert "Our website" not in page


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name_1": ""}, "name_1", "Enter what the link is called"),
        ({"name_1": "x" * 81}, "name_1", "Enter what the link is called"),
        ({"name_1": "Two\u2028lines"}, "name_1", "Enter what the link is called"),
        ({"web_1": ""}, "web_1", "Enter the address of a website"),
        ({"web_1": "http://www.town.example.org/"}, "web_1", "Enter the address of a website"),
        ({"web_1": "javascript:alert(1)"}, "web_1", "Enter the address of a website"),
        ({"web_1": "data:text/html,x"}, "web_1", "Enter the address of a website"),
        ({"web_1": "//www.town.example.org/"}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://you:secret@example.org/"}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://10.0.0.1/"}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://192.0.2.1/"}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://127.1/"}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://0x7f.0x1/"}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://[::1]/"}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://localhost/"}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://intranet.local/"}, "web_1", "Enter the address of a website"),
        ({"web_1": 'https://example.org/"onclick="x'}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://example.org/ x"}, "web_1", "Enter the address of a website"),
        ({"web_1": "https://example.org/\u202ex"}, "web_1", "Enter the address of a website"),
        ({"name_2": "Our website", "web_2": "https://a.example.org/"}, "", "Two links have the same name"),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    world: World, changes: dict[str, str], field: str, message: str
) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    revision = (await filled(ada, FOOTER))["revision"]
    kept = {"name_6": "Kept words", "web_6": "https://kept.example.org/"}
    answer = await ada.submit(FOOTER, revision=revision, **{**OURS, **kept, **changes})
    assert (answer.status_code, message in answer.text) == (422, True), answer.text
    assert f'href="#{field}"' in answer.text
    assert 'value="Kept words"' in answer.text
    assert "Nothing is changed" in (await ada.get(REVIEW)).text


async def test_who_was_overtaken_is_told_and_strangers_are_refused(world: World) -> None:
    _slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    old = (await filled(amos, FOOTER))["revision"]
    await save(ada, **OURS)
    late = await amos.submit(FOOTER, revision=old, name_1="Mine", web_1="https://mine.example.org/")
    assert (late.status_code, "Ada Ash has changed these settings" in late.text) == (409, True)
    assert 'value="Mine"' in late.text
    strangers = [world.browser("avonside") for _number in range(3)]
    for browser, employee in zip(strangers, (OSMAN, HANNAH), strict=False):
        await browser.sign_in_as(employee)
    await strangers[2].sign_in(ALICE)
    for browser in strangers:
        assert (await browser.get(FOOTER)).status_code == 404
        assert (await browser.submit(FOOTER, revision="0", **OURS)).status_code == 404
    theirs = world.browser("avonside")
    await theirs.sign_in_as(ADA)
    assert "Our website" not in (await theirs.get(FOOTER)).text
