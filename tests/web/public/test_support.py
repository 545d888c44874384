"""Support and advice: found by what happened and by words, open to everybody, and silent about the reader's own case."""

import re
from uuid import uuid4

import msgspec
import pytest

from tests.cast import ALICE, HANNAH, Victim, World, configuration, crime
from trackmycrime.domain.tenancy.configuration import OffenceGroup, SupportService
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")

SLUG = "supportshire"
LOCKS = SupportService(
    name="Safe Homes",
    helps_with="Locks and alarms",
    who_for="People whose home was broken into",
    phone="01632 960110",
    web="https://safehomes.example.org/",
    hours="Monday to Friday, 9am to 5pm",
    languages=("en", "pl"),
    free=True,
    anonymous=True,
    crimes=(OffenceGroup.BURGLARY,),
)
CARE = SupportService(
    name="Victim Care", helps_with="Someone to talk to", who_for="Anyone", phone="01632 960111", free=False
)
REFUGE = SupportService(
    name="Oast House",
    helps_with="A place to stay",
    who_for="Anyone",
    phone="01632 960112",
    crimes=(OffenceGroup.DOMESTIC,),
)
NUMBER = {crime: number for number, crime in enumerate(OffenceGroup, start=1)}
OFFENCES = {
    "Burglary in a dwelling": OffenceGroup.BURGLARY,
    "Rape of a female aged 16 or over": OffenceGroup.SEXUAL,
    "Stalking involving fear of violence": OffenceGroup.STALKING,
}


async def provided(world: World) -> None:
    if not await world.registry.find(SLUG):
        own = msgspec.structs.replace(configuration(SLUG, "Supportshire Police"), support=(CARE, REFUGE, LOCKS))
        await world.onboarding.provision(service("test"), own)


def names(page: str) -> list[str]:
    return re.findall(r'<h3 class="govuk-heading-s">(.*?)</h3>', page)


def body(page: str) -> str:
    return page.split('id="main-content"', 1)[1].split("</main>", 1)[0]


async def test_a_card_says_who_it_helps_and_how_to_reach_it(world: World) -> None:
    await provided(world)
    page = body((await world.browser(SLUG).get("/support")).text)
    card = page.split("Safe Homes", 1)[1].split("</section>", 1)[0]
    assert "People whose home was broken into" in card
    assert 'href="tel:01632960110"' in card
    assert 'href="tel:1800101632960110"' in card
    assert "18001 01632 960110" in card
    assert ">safehomes.example.org</a>" in card
    assert 'rel="noreferrer"' in card
    assert "Monday to Friday, 9am to 5pm" in card
    assert "English, Polish" in card
    assert "Free" in card
    assert "You do not have to give it" in card
    plain = page.split("Victim Care", 1)[1].split("</section>", 1)[0]
    assert not any(text in plain for text in ("Free", "You do not have to give it", "Languages", "Open", "Website"))
    assert page.index("In the area of Supportshire Police") < page.index("Everywhere in England and Wales")


@pytest.mark.parametrize(
    ("query", "first", "missed"),
    [
        (f"topic={NUMBER[OffenceGroup.BURGLARY]}", "Safe Homes", "Oast House"),
        (f"topic={NUMBER[OffenceGroup.DOMESTIC]}", "Oast House", "Safe Homes"),
        ("q=ALARMS+locks", "Safe Homes", "Victim Care"),
        ("q=domestic+abuse", "Oast House", "Safe Homes"),
        ("q=harassment", "National Stalking Helpline (Suzy Lamplugh Trust)", "Oast House"),
        (f"q=talk&topic={NUMBER[OffenceGroup.FRAUD]}", "Victim Care", "Safe Homes"),
    ],
)
async def test_services_are_found_by_what_happened_and_by_words(
    world: World, query: str, first: str, missed: str
) -> None:
    await provided(world)
    page = (await world.browser(SLUG).get(f"/support?{query}")).text
    assert names(page)[0] == first
    assert missed not in names(page)
    assert f"We found {len(names(page))} service" in page


async def test_nothing_found_says_what_to_do_and_keeps_what_was_typed(world: World) -> None:
    page = (await world.browser("avonside").get("/support?q=xyzzy%22%3Cb%3E")).text
    assert names(page) == []
    assert "No service fits what you asked for" in page
    assert 'value="xyzzy&#34;&lt;b&gt;"' in page
    assert "call us on 101" in page


async def test_no_hours_are_shown_where_none_are_known(world: World) -> None:
    page = (await world.browser("avonside").get("/support")).text
    stalking = page.split("National Stalking Helpline", 1)[1].split("</section>", 1)[0]
    assert "Open" not in stalking


async def test_everybody_may_look_whoever_they_are(world: World) -> None:
    for person in (None, ALICE, HANNAH):
        browser = world.browser("avonside")
        if isinstance(person, Victim):
            await browser.sign_in(person)
        elif person:
            await browser.sign_in_as(person)
        for path in (
            "/support",
            "/rights",
            "/glossary",
            "/help",
            "/help/safety",
            "/cookies",
            "/privacy",
            "/accessibility",
        ):
            answer = await browser.get(path)
            assert answer.status_code == 200, path
            assert ("govuk-exit-this-page" in answer.text) is (person is not HANNAH), path


@pytest.mark.parametrize("title", list(OFFENCES))
async def test_a_page_over_whose_shoulder_somebody_looks_says_nothing_of_the_case(world: World, title: str) -> None:
    await provided(world)
    public = body((await world.browser(SLUG).get("/support")).text)
    victim = Victim("Sue", "Sole", f"SU/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    event = crime(victim.reference, [victim.as_event()], offence={"title": title})
    assert (await world.push(SLUG, [event])).accepted == 1
    held = await world.ask(
        SLUG, "select offence_group from app.case where force_id = $1 and reference = $2", victim.reference
    )
    assert held == [(OFFENCES[title],)]
    await world.register(SLUG, victim)
    browser = world.browser(SLUG)
    await browser.sign_in(victim)
    own = body((await browser.get("/support")).text)
    assert 'href="/sign-out"' in (await browser.get("/support")).text
    if OFFENCES[title] is OffenceGroup.BURGLARY:
        assert names(public)[0] == "Victim Care"
        assert names(own)[0] == "Safe Homes"
        assert sorted(re.findall(r"\S+", own)) == sorted(re.findall(r"\S+", public))
    else:
        assert own == public


async def test_the_page_before_a_site_warns_and_leads_only_where_the_directory_does(world: World) -> None:
    await provided(world)
    browser = world.browser(SLUG)
    page = (await browser.get("/support")).text
    href = re.findall(r'href="(/support/sites/[0-9a-f]{12})"', page)[0]
    assert "https://safehomes.example.org/" not in page
    warning = await browser.get(href)
    assert warning.status_code == 200
    assert 'href="https://safehomes.example.org/"' in warning.text
    assert 'rel="noreferrer noopener"' in warning.text
    assert "keep the address in its history" in warning.text
    assert "<title>Before you go &ndash;" in warning.text
    missing = await browser.get("/support/sites/0123456789ab")
    elsewhere = await world.browser("avonside").get(href)
    assert missing.status_code == elsewhere.status_code == 404
    assert (await browser.get("/support/sites/https%3A%2F%2Fevil.example.org")).status_code == 404


async def test_what_happened_stays_out_of_the_address(world: World) -> None:
    page = (await world.browser("avonside").get("/support")).text
    choice = page.split('<select class="govuk-select" id="topic"', 1)[1].split("</select>", 1)[0]
    options = re.findall(r'<option value="([^"]*)"', choice)
    assert len(options) == len(OffenceGroup) + 1
    assert all(value.isdecimal() for value in options[1:])
    assert "selected" in re.findall(r'<option value=""[^>]*>', page)[0]
