"""A force says who reads what: teams and rules in the draft, and where a message would go, before and after publishing."""

import re
from html import unescape

import pytest

from tests.cast import ADA, ALICE, HANNAH, HARRIET, OSMAN, Browser, World
from tests.web.admin.configured import filled, force_with, publish

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROUTING, SETTINGS, TEST = "/admin/routing", "/admin/routing/settings", "/admin/routing/test"
UNITS, RULES, REVIEW = f"{ROUTING}/units", f"{ROUTING}/rules", "/admin/review"
KEPT = f"{ROUTING}?done=kept"
WORKDAYS = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "yes")
MARSH = {"name": "Marsh Team", **WORKDAYS, "opens": "8am", "closes": "8.00 pm", "reply_working_days": "2"}
NIGHT = {"name": "Night Desk", **WORKDAYS, "saturday": "yes", "sunday": "yes", "opens": "20:00", "closes": "8:00"}
FRIDAY_NIGHT = {"day": "27", "month": "11", "year": "2026", "time": "9pm"}


async def add(browser: Browser, path: str, **form: str) -> None:
    revision = (await filled(browser, f"{path}/new"))["revision"]
    answer = await browser.submit(path, **form, revision=revision)
    assert answer.headers.get("location") == KEPT, answer.text


async def try_out(browser: Browser, crime: str, area: str = "", **when: str) -> str:
    """Return the page of a trial, its marks taken out."""
    asked = "&".join(f"{name}={value}" for name, value in {"crime": crime, "area": area, **when}.items())
    answer = await browser.get(f"{TEST}?{asked.replace(' ', '+')}")
    assert answer.status_code == 200, answer.text
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


async def test_teams_and_rules_are_drafted_tried_out_reviewed_and_published(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    assert "There is no team yet" in (await ada.get(f"{RULES}/new")).text
    await add(ada, UNITS, **MARSH)
    await add(ada, UNITS, **NIGHT)
    await add(ada, RULES, burglary="yes", robbery="yes", areas="East Marsh\n\n West Fen ", unit="Marsh Team")
    await add(ada, RULES, areas="East Marsh", unit="Night Desk")
    settings = await filled(ada, SETTINGS)
    changed = {**settings, "out_of_hours": "Leave a message.", "silence_hours": "4", "escalate_to": "Night Desk"}
    assert (await ada.submit(SETTINGS, **changed)).headers["location"] == KEPT
    page = (await ada.get(ROUTING)).text
    for said in ("Monday to Friday, 8am to 8pm, not on bank holidays", "every day, 8pm to 8am", "2 working days"):
        assert said in page, said
    for said in ("Burglary, Robbery", "East Marsh, West Fen", "Any crime", "After 4 working hours it goes to Night"):
        assert said in page, said
    tried = await try_out(ada, "burglary", "East Marsh", **FRIDAY_NIGHT)
    drafted, published = tried.split("As it is published now", 1)
    assert "Burglary, in East Marsh. It is sent on Friday 27 November 2026, 9pm." in drafted
    assert "It goes to Marsh Team, by rule 1." in drafted
    assert "They are off duty then (Monday to Friday, 8am to 8pm, not on bank holidays)" in drafted
    assert "back on Monday 30 November at 8am." in drafted
    assert (
        "The Marsh Team reads your message first, then your officer. We aim to reply within 2 working days." in drafted
    )
    assert "The Marsh Team is not at work now. They are back on Monday 30 November at 8am. Leave a message." in drafted
    assert "If nobody opens it by Monday 30 November 2026, 12pm, it goes to Night Desk." in drafted
    assert "It goes to Contact Team: no rule is about it." in published
    assert "If nobody opens it, it stays there." in published
    review = (await ada.get(REVIEW)).text
    for said in ("Team Marsh Team: days on duty", "Monday, Tuesday, Wednesday, Thursday, Friday", "Rule 1: crimes"):
        assert said in review, said
    for said in ("Rule 2: who reads it", "What victims are told out of hours", "Where an unopened message goes on to"):
        assert said in review, said
    assert "routing." not in review
    await publish(ada, "Two teams begin")
    again = await try_out(ada, "theft", "East Marsh", **FRIDAY_NIGHT)
    assert "As you have changed it" not in again
    assert "It goes to Night Desk, by rule 2. They are on duty then (every day, 8pm to 8am" in again
    assert "If nobody opens it by Saturday 28 November 2026, 1am, it goes to supervisors." in again


async def test_a_team_takes_its_rules_along_and_goes_once_nothing_is_sent_to_it(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    await add(ada, UNITS, **MARSH)
    await add(ada, RULES, burglary="yes", unit="Marsh Team")
    form = await filled(ada, f"{UNITS}/1")
    assert form.items() >= {"name": "Marsh Team", "opens": "08:00", "closes": "20:00", "monday": "yes"}.items()
    assert (await ada.submit(f"{UNITS}/1", **{**form, "name": "Fen Team"})).headers["location"] == KEPT
    assert "Fen Team, by rule 1" in await try_out(ada, "burglary", **FRIDAY_NIGHT)
    revision = (await filled(ada, f"{UNITS}/1"))["revision"]
    refused = await ada.submit(f"{UNITS}/1/removal", revision=revision)
    assert (refused.status_code, "Messages go to Fen Team" in refused.text) == (422, True)
    assert (await ada.submit(f"{RULES}/1/removal", revision=revision)).headers["location"] == KEPT
    revision = (await filled(ada, f"{UNITS}/1"))["revision"]
    assert (await ada.submit(f"{UNITS}/1/removal", revision=revision)).headers["location"] == KEPT
    assert "Fen Team" not in (await ada.get(ROUTING)).text
    for nowhere in (f"{UNITS}/1", f"{UNITS}/0", f"{RULES}/1", f"{UNITS}/99999999999999999999"):
        assert (await ada.get(nowhere)).status_code == 404, nowhere


async def test_the_first_rule_counts_and_can_be_another(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    await add(ada, UNITS, **MARSH)
    await add(ada, UNITS, **NIGHT)
    await add(ada, RULES, burglary="yes", unit="Marsh Team")
    await add(ada, RULES, burglary="yes", robbery="yes", unit="Night Desk")
    assert "Marsh Team, by rule 1" in await try_out(ada, "burglary", **FRIDAY_NIGHT)
    revision = (await filled(ada, f"{RULES}/2"))["revision"]
    assert (await ada.submit(f"{RULES}/2/promotion", revision=revision)).headers["location"] == KEPT
    assert "Night Desk, by rule 1" in await try_out(ada, "burglary", **FRIDAY_NIGHT)
    assert (await filled(ada, f"{RULES}/1")).keys() >= {"burglary", "robbery"}
    late = await ada.submit(f"{RULES}/2/promotion", revision=revision)
    assert (late.status_code, "has changed these settings" in late.text) == (409, True)


@pytest.mark.parametrize(
    ("path", "form", "field", "message"),
    [
        (UNITS, {**MARSH, "name": ""}, "name", "Enter the team&#39;s name in up to 80 characters"),
        (UNITS, {**MARSH, "name": "night desk"}, "name", "A team has this name already"),
        (UNITS, {**MARSH, "name": "Contact team"}, "name", "A team has this name already"),
        (UNITS, {**MARSH, "opens": "morning"}, "opens", "Enter a time, such as 08:30"),
        (UNITS, {**MARSH, "closes": "25:00"}, "closes", "Enter a time, such as 17:30"),
        (UNITS, {**MARSH, "opens": "09:00", "closes": "09:30"}, "closes", "an hour or more after the start"),
        (UNITS, {**MARSH, "reply_working_days": "soon"}, "reply_working_days", "Enter a number of working days"),
        (RULES, {"unit": "Night Desk", "areas": " "}, "crimes", "Choose one or more crimes, or enter an area"),
        (RULES, {"unit": "", "areas": "Kept words"}, "unit", "Choose who reads it"),
        (RULES, {"unit": "Nobody", "areas": "Kept words"}, "unit", "Choose who reads it"),
        (RULES, {"unit": "Night Desk", "areas": "Fen\nfen"}, "areas", "Enter each area once"),
        (RULES, {"unit": "Night Desk", "areas": "x" * 81}, "areas", "Enter each area once"),
        (SETTINGS, {"contact_team": ""}, "contact_team", "Enter the team&#39;s name"),
        (SETTINGS, {"contact_team": "Night desk"}, "contact_team", "A team has this name already"),
        (SETTINGS, {"silence_hours": "73"}, "silence_hours", "Enter a number of hours from 1 to 72"),
        (SETTINGS, {"out_of_hours": "x" * 301}, "out_of_hours", "Enter one line of up to 300 characters"),
        (SETTINGS, {"escalate_to": "Nobody"}, "escalate_to", "Choose a team from the list"),
        (SETTINGS, {"monday": "yes", "opens": "9", "closes": "9:15"}, "closes", "an hour or more after the start"),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_is_saved(
    world: World, path: str, form: dict[str, str], field: str, message: str
) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    await add(ada, UNITS, **NIGHT)
    asked = await filled(ada, path if path == SETTINGS else f"{path}/new")
    answer = await ada.submit(path, **{**asked, **form})
    assert answer.status_code == 422, answer.text
    assert message in answer.text.split(f'id="{field}-error"', 1)[1][:400]
    for said in set(form.values()) - {"yes", "", " ", "Nobody", "x" * 301}:
        assert unescape(said).splitlines()[0] in unescape(answer.text), said
    assert (await filled(ada, SETTINGS))["revision"] == "1"


async def test_what_cannot_be_tried_is_said(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    assert "It goes to" not in (await ada.get(TEST)).text
    for query, message in (
        ("crime=piracy&day=1&month=1&year=2027&time=9", "Choose a crime"),
        ("crime=theft&day=31&month=2&year=2027&time=9", "Enter a day of the next or the last two years"),
        ("crime=theft&day=1&month=1&year=9999&time=9", "Enter a day of the next or the last two years"),
        ("crime=theft&day=1&month=1&year=99999999999999999999&time=9", "Enter a day of the next"),
        ("crime=theft&day=1&month=1&year=2027&time=late", "Enter a time, such as 21:30"),
        ("crime=theft&day=1&month=1&year=2027&time=24:00", "Enter a time, such as 21:30"),
    ):
        answer = await ada.get(f"{TEST}?{query}")
        assert (answer.status_code, message in answer.text, "It goes to" in answer.text) == (422, True, False), query


async def test_two_who_change_at_once_never_change_another_team_than_they_saw(world: World) -> None:
    _slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    await add(ada, UNITS, **MARSH)
    await add(ada, UNITS, **NIGHT)
    his = await filled(amos, f"{UNITS}/2")
    assert (await ada.submit(f"{UNITS}/1/removal", revision=his["revision"])).headers["location"] == KEPT
    late = await amos.submit(f"{UNITS}/2", **{**his, "name": "Day Desk"})
    assert (late.status_code, "Ada Ash has changed these settings" in late.text) == (409, True)
    assert "Day Desk" in late.text, "what he typed is kept"
    assert "Day Desk" not in (await ada.get(ROUTING)).text
    assert (await amos.submit(f"{UNITS}/1/removal", revision=his["revision"])).status_code == 409
    assert "Night Desk" in (await ada.get(ROUTING)).text


async def test_who_reads_what_is_the_administrators_of_one_force_alone(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    await add(ada, UNITS, **{**MARSH, "name": "Not Yours"})
    await add(ada, RULES, burglary="yes", unit="Not Yours")
    await publish(ada, "A team of our own")
    assert "Not Yours" in (await ada.get(f"{UNITS}/1")).text
    other, officer, hub, victim = (world.browser("avonside") for _one in range(4))
    await other.sign_in_as(ADA)
    await officer.sign_in_as(OSMAN)
    await hub.sign_in_as(HANNAH)
    await victim.sign_in(ALICE)
    elsewhere = world.browser("brackenshire")
    await elsewhere.sign_in_as(HARRIET)
    pages = (ROUTING, SETTINGS, TEST, f"{UNITS}/new", f"{UNITS}/1", f"{RULES}/new", f"{RULES}/1")
    for path in pages:
        assert "Not Yours" not in (await other.get(path)).text, path
        for stranger in (officer, hub, victim, elsewhere):
            assert (await stranger.get(path)).status_code == 404, path
        nobody = await world.browser("avonside").get(path)
        assert nobody.headers["location"].startswith("/staff/sign-in"), path
    forms = (SETTINGS, UNITS, RULES, f"{UNITS}/1", f"{UNITS}/1/removal", f"{RULES}/1", f"{RULES}/1/promotion")
    for path in (*forms, f"{RULES}/1/removal"):
        for stranger in (officer, hub, victim):
            assert (await stranger.submit(path, revision="0", name="Mine")).status_code == 404, path
