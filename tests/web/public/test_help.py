"""Help and the information pages: every question of the service's readers answered, for the force whose site it is."""

import re
from collections.abc import Mapping
from uuid import uuid4

import msgspec
import pytest

from tests.cast import ALICE, World, configuration
from trackmycrime.domain.tenancy.configuration import Contact, Routing
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = ("/help", "/help/safety", "/privacy", "/cookies", "/accessibility", "/rights", "/glossary", "/support")
TOPICS = {
    "who": "you are 18 or over",
    "no-invitation": "Look in your junk or spam folder too",
    "lost-reference": "letter, email or text you got when you reported the crime",
    "forgotten-password": "Ask for a link to choose a new one",
    "cannot-sign-in": "It may take up to an hour",
    "more-than-a-password": "a passkey: you use your finger",
    "lost-phone": "we take the old ones away",
    "wrong-details": "Only the police can change them",
    "pages": "Messages: news about your case, newest first",
    "writing": "Write in the box and send it",
    "reply": "within 3 working days",
    "updates": "At least once every 28 days",
    "notifications": "Turn emails and texts on or off",
    "email-address": "Only the police can change it",
    "mobile": "Type the new number",
    "unsubscribe": "Every email has a link to stop them",
    "what-emails-say": "They never name a crime",
    "details": "do not tell it to anyone",
    "someone-else": "This signs everyone else out",
    "safety": 'href="/help/safety"',
    "not-for": "to make, change or cancel an appointment",
    "urgent": 'href="tel:999"',
    "contact": 'href="tel:18001101"',
    "support": 'href="/support"',
}
# What the contract promises and this page links to, although a signed-in victim is not led there by a link of the menu.
ELSEWHERE = re.compile(r"https?://|tel:|#|/static/|/assets/")


async def force(world: World, features: Mapping[str, bool] | None = None, **changes: object) -> str:
    slug = f"help-{uuid4().hex[:8]}"
    off = dict.fromkeys(("two_way_messaging", "sms", "property_page", "journey"), False)
    switches = {**off, **(features or {})}
    own = msgspec.structs.replace(configuration(slug, f"Force {slug}", **switches), **changes)
    await world.onboarding.provision(service("test"), own)
    return slug


def topics(page: str) -> dict[str, str]:
    parts = re.split(r'<h3 class="govuk-heading-s" id="([a-z-]+)">', page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


async def test_every_question_is_answered_under_a_heading_of_its_own(world: World) -> None:
    page = (await world.browser("avonside").get("/help")).text
    answered = topics(page)
    assert answered.keys() == TOPICS.keys()
    for topic, words in TOPICS.items():
        assert words in answered[topic], topic
        assert f'href="#{topic}"' in page, topic
    for chapter in (
        "no-invitation",
        "lost-phone",
        "lost-reference",
        "wrong-details",
        "email-address",
        "not-for",
        "contact",
    ):
        assert 'href="tel:101"' in answered[chapter]


async def test_what_a_force_does_not_have_is_not_mentioned(world: World) -> None:
    plain = world.browser(await force(world))
    page = (await plain.get("/help")).text
    assert TOPICS.keys() - topics(page).keys() == {"writing", "mobile"}
    for word in ("Property:", "Progress:", "emails and texts", "Write in the box", "within 3 working days"):
        assert word not in page
    safety = (await plain.get("/help/safety")).text
    assert "Our emails never name" in safety
    assert "taken or damaged" not in (await plain.get("/privacy")).text
    full = world.browser(await force(world, features={"property_page": True, "journey": True}))
    page = (await full.get("/help")).text
    assert "Property:" in page
    assert "Progress:" in page
    assert "taken or damaged" in (await full.get("/privacy")).text


async def test_promises_and_numbers_are_the_forces_own(world: World) -> None:
    own = await force(
        world,
        features={"two_way_messaging": True},
        routing=Routing(contact_team="Careline", reply_working_days=1),
        update_interval_days=14,
        contact=Contact(non_emergency="01632 960199", text_relay="18001 01632 960199"),
    )
    browser = world.browser(own)
    answered = topics((await browser.get("/help")).text)
    assert "The Careline reads it first" in answered["writing"]
    assert "within 1 working day." in answered["reply"]
    assert "At least once every 14 days" in answered["updates"]
    assert 'href="tel:01632960199"' in answered["urgent"]
    for path in ("/help", "/help/safety", "/privacy", "/accessibility"):
        page = (await browser.get(path)).text
        assert "tel:101" not in page, path
        assert "01632 960199" in page, path


async def test_a_force_without_a_number_is_reached_by_its_site(world: World) -> None:
    contact = Contact(non_emergency="", text_relay="", web="https://rail.example.org/contact")
    browser = world.browser(await force(world, contact=contact))
    for path in PAGES:
        page = (await browser.get(path)).text
        assert re.findall(r'href="tel:(?!999|0|1)', page) == [], path
        assert 'href="tel:101"' not in page, path
        assert not any(hole in page for hole in ("call us on .", "urgent call", 'href="tel:"')), path
    for path in ("/", "/help", "/help/safety", "/support"):
        page = (await browser.get(path)).text
        assert 'href="tel:999"' in page, path
        assert "urgent call" not in page, path
    assert 'href="https://rail.example.org/contact"' in topics((await browser.get("/help")).text)["urgent"]


async def test_every_page_is_in_the_footer_of_every_page_and_its_links_lead_somewhere(world: World) -> None:
    browser = world.browser("avonside")
    await browser.sign_in(ALICE)
    ids: dict[str, set[str]] = {}
    linked: set[str] = set()
    for path in PAGES:
        page = (await browser.get(path)).text
        footer = page.split("tmc-footer__links", 1)[1]
        ids[path] = set(re.findall(r'\bid="([^"]+)"', page))
        linked |= {href for href in re.findall(r'href="([^"]+)"', page) if not ELSEWHERE.match(href)}
        for own in re.findall(r'href="#([^"]+)"', page):
            assert own in ids[path], (path, own)
        for other in set(PAGES) - {"/support"}:
            assert f'href="{other}"' in footer, (path, other)
    assert "/help#someone-else" in linked
    for href in linked - {"/exit", "/sign-out"}:
        path, _, anchor = href.partition("#")
        answer = await browser.follow(path)
        assert answer.status_code == 200, href
        assert not anchor or anchor in ids[path], href


async def test_titles_say_nothing_about_a_crime(world: World) -> None:
    browser = world.browser("avonside")
    for path in (*PAGES, "/support?q=rape&topic=9", "/glossary?q=hate"):
        title = re.findall("<title>(.*?)</title>", (await browser.get(path)).text)[0]
        assert re.search("rape|hate|abuse|crime ref|victim", title, re.IGNORECASE) is None, title


async def test_safety_says_what_the_way_out_does_and_what_it_does_not(world: World) -> None:
    page = (await world.browser("avonside").get("/help/safety")).text
    does, does_not = page.split('id="exit"', 1)[1].split('id="not-exit"', 1)
    assert "signs you out" in does
    assert "Shift key three times" in does
    assert "does not clear the history" in does_not
    assert 'href="/exit"' in page


async def test_words_are_explained_from_a_to_z_and_found(world: World) -> None:
    browser = world.browser("avonside")
    page = (await browser.get("/glossary")).text
    letters = re.findall(r'<h2 class="govuk-heading-m" id="letter-([A-Z])">', page)
    assert letters == sorted(set(letters))
    assert len(letters) > 15
    ids = re.findall(r'<div id="([a-z-]+)"><dt>', page)
    assert len(ids) == len(set(ids)) > 60
    assert {"bail", "no-further-action", "victim-personal-statement"} <= set(ids)
    found = (await browser.get("/glossary?q=PRISON+suspended")).text
    assert re.findall(r'<div id="([a-z-]+)"><dt>', found) == ["suspended-sentence"]
    assert "We found 1 word." in found
    nothing = (await browser.get("/glossary?q=%3Cxyzzy%3E")).text
    assert "We do not have this word" in nothing
    assert 'value="&lt;xyzzy&gt;"' in nothing
