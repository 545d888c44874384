"""What waits: administrators see why and try it again, the contact team sees what it says and corrects it."""

import re
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import ADA, ALICE, HANNAH, OSMAN, Browser, Employee, Victim, World, crime, event, moment
from tests.web.admin.configured import force_with
from trackmycrime.kit.time import LONDON, now

pytestmark = pytest.mark.asyncio(loop_scope="session")
WAITING, RECORDS = "/admin/clients/waiting", "/staff/records"


async def test_an_update_for_two_victims_waits_until_the_contact_team_says_for_whom_it_is(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    hub = await _hired(world, slug, "hub")
    vera, wanda = _victims()
    nameless = event("update.published", vera.reference, text="A secret of Vera's.")
    await world.push(slug, [crime(vera.reference, [vera.as_event(), wanda.as_event()]), nameless])
    pages = {}
    for victim in (vera, wanda):
        await world.register(slug, victim)
        pages[victim.name] = world.browser(slug)
        await pages[victim.name].sign_in(victim)
    seen = (await ada.get(WAITING)).text
    assert "It does not say for whom it is" in seen
    assert str(nameless["id"]) in seen
    for hidden in ("A secret", vera.reference, "Vera", "Vane"):
        assert hidden not in seen, hidden
    closed = (await hub.get(re.findall(rf'href="({RECORDS}/[0-9a-f-]{{36}})"', (await hub.get(RECORDS)).text)[0])).text
    assert "Open the case first" in closed
    assert "A secret" not in closed
    assert vera.last_name not in closed
    path = await _first(hub)
    page = (await hub.get(path)).text
    assert "A secret of Vera" in page
    assert f'name="to_{vera.person}"' in page
    nobody = await hub.submit(f"{path}/correction")
    assert (nobody.status_code, "Choose who it is for" in nobody.text) == (422, True)
    stranger = await hub.submit(f"{path}/correction", **{f"to_{uuid4().hex}": "yes"})
    assert stranger.status_code == 422
    done = await hub.submit(f"{path}/correction", **{f"to_{vera.person}": "yes"})
    assert done.headers["location"] == f"{RECORDS}?done=used"
    assert "A secret of Vera" in (await pages["Vera"].get("/messages")).text
    assert "A secret of Vera" not in (await pages["Wanda"].get("/messages")).text
    assert (await world.push(slug, [nameless])).duplicate == 1, "sent again it is the same"
    assert "Nothing waits" in (await ada.get(WAITING)).text
    tasks = "select count(*) from app.task where force_id = $1 and kind = 'name_addressee' and done_at is null"
    assert await world.ask(slug, tasks) == [(0,)]
    deeds = await world.ask(slug, "select what from app.audit where force_id = $1 and what like 'event.%'")
    assert {("event.read",), ("event.corrected",)} <= set(deeds)


@pytest.mark.parametrize(
    ("change", "field", "answers"),
    [
        ({"reported_at": "30 February"}, "reported at", [moment(1)]),
        ({"reported_at": None}, "reported at", [moment(1)]),
        ({"version": "two"}, "version", ["2"]),
        ({"version": "two", "reported_at": "30 February"}, "", ["2", moment(1)]),
    ],
)
async def test_what_cannot_be_read_is_corrected_field_by_field(
    world: World, change: dict[str, object], field: str, answers: list[str]
) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    hub = await _hired(world, slug, "supervisor")
    vera, _wanda = _victims()
    wrong = {name: value for name, value in {**crime(vera.reference, [vera.as_event()]), **change}.items() if value}
    follows = event("update.published", vera.reference, text="It waited for its crime.")
    await world.push(slug, [wrong, follows])
    seen = (await ada.get(WAITING)).text
    assert f"Something in it is missing or cannot be read: {field}" in seen
    assert "30 February" not in seen
    path = await _first(hub)
    still = await hub.submit(f"{path}/correction", answer="31 June")
    assert (still.status_code, "31 June" in still.text) == (422, True), "what was typed is kept"
    answered = set(answers)
    for _number in answers:
        page = (await hub.get(path)).text
        answer = answers[0] if "version" in page.partition("What should stand in")[2][:40] else answers[-1]
        assert (await hub.submit(f"{path}/correction", answer=answer)).status_code == 303
        answered.discard(answer)
    assert not answered
    states = "select distinct state from app.event where force_id = $1"
    assert await world.ask(slug, states) == [("applied",)], "what waited for it went with it"
    assert (await world.push(slug, [wrong])).duplicate == 1
    await world.register(slug, vera)


async def test_a_stage_and_a_crime_are_chosen_from_what_we_know(world: World) -> None:
    slug, _ada = await force_with(world, "Ada Ash")
    hub = await _hired(world, slug, "hub")
    vera, _wanda = _victims()
    lost = {name: value for name, value in event("update.published", "", text="For Vera.").items() if name != "crime"}
    await world.push(
        slug, [crime(vera.reference, [vera.as_event()]), event("stage.changed", vera.reference, stage="unheard-of")]
    )
    await world.push(slug, [lost])
    stage = await _first(hub)
    assert (await hub.submit(f"{stage}/correction", answer="investigation")).headers[
        "location"
    ] == f"{RECORDS}?done=used"
    assert await world.ask(slug, "select stage from app.case where force_id = $1 and known") == [("investigation",)]
    path = await _first(hub)
    unknown = await hub.submit(f"{path}/correction", answer="NO/1/26")
    fresh = await _hired(world, slug, "supervisor")
    await fresh.get(path)
    unopened = await fresh.submit(f"{path}/correction", answer=vera.reference)
    assert (unopened.status_code, "Open this case first" in unopened.text) == (422, True)
    assert (unknown.status_code, "We know no crime with this reference" in unknown.text) == (422, True)
    assert (await hub.submit(f"{path}/correction", answer=vera.reference)).headers["location"] == f"{RECORDS}?done=used"
    await world.register(slug, vera)
    browser = world.browser(slug)
    await browser.sign_in(vera)
    assert "For Vera." in (await browser.get("/messages")).text
    opened = "select count(*) from app.event where force_id = $1 and state <> 'applied'"
    assert await world.ask(slug, opened) == [(0,)]


async def test_a_record_is_put_aside_with_a_reason_and_comes_back(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    hub = await _hired(world, slug, "hub")
    vera, wanda = _victims()
    await world.push(
        slug,
        [
            crime(vera.reference, [vera.as_event(), wanda.as_event()]),
            event("update.published", vera.reference, text="Whose?"),
        ],
    )
    path = await _first(hub)
    bare = await hub.submit(f"{path}/dismissal", why=" ")
    assert (bare.status_code, "Say why" in bare.text) == (422, True)
    assert (await hub.submit(f"{path}/dismissal", why="Sent by mistake")).headers[
        "location"
    ] == f"{RECORDS}?done=dismissed"
    assert "Nothing waits" in (await ada.get(WAITING)).text
    aside = (await hub.get(path)).text
    assert "Sent by mistake" in aside
    assert "Put aside by Hub Hand" in aside
    assert path in (await hub.get(f"{RECORDS}?state=dismissed")).text
    assert (await hub.submit(f"{path}/correction", **{f"to_{vera.person}": "yes"})).status_code == 404
    sealed = await world.ask(slug, "select why from app.event where force_id = $1 and why is not null")
    assert b"mistake" not in sealed[0][0]
    assert (await hub.submit(f"{path}/return")).headers["location"] == f"{path}?done=back"
    assert (await hub.submit(f"{path}/return")).status_code == 409
    assert "It does not say for whom it is" in (await ada.get(WAITING)).text


async def test_trying_again_uses_what_can_be_used_now_and_nothing_twice(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera, wanda = _victims()
    early = [event("update.published", vera.reference, text=f"Number {number}.") for number in (1, 2)]
    await world.push(slug, [crime(vera.reference, [vera.as_event(), wanda.as_event()]), *early])
    # One of the two turns out to be no victim, in a way that nobody tried anything again after.
    await world.ask(
        slug,
        """update app.case_person cp set role = 'reporter' from app.person p
        where cp.force_id = $1 and p.force_id = $1 and p.id = cp.person_id and p.source_id = $2 returning true""",
        wanda.person,
    )
    today = now().astimezone(LONDON)
    for form in ({"day": "x"}, {"day": "31", "month": "2", "year": "2026"}, {"day": "1", "month": "1", "year": "2999"}):
        wrong = await _again(ada, **form)
        assert (wrong.status_code, "Enter a day" in wrong.text) == (422, True), form
    other = await _again(ada, day="1", month="1", year="2020")
    assert "used=0&left=0" in other.headers["location"]
    one = re.findall(r'name="event" value="([^"]+)"', (await ada.get(WAITING)).text)[0]
    assert "used=1&left=0" in (await _again(ada, event=one)).headers["location"]
    day = {"day": str(today.day), "month": str(today.month), "year": str(today.year)}
    told = await _again(ada, **day)
    assert "used=1&left=0" in told.headers["location"]
    assert "1 record could be used now" in (await ada.get(told.headers["location"])).text
    assert "used=0&left=0" in (await _again(ada, **day)).headers["location"]
    assert "used=0&left=0" in (await _again(ada, reason="no_addressee")).headers["location"]
    entries = "select count(*) from app.timeline_entry where force_id = $1 and kind = 'update'"
    assert await world.ask(slug, entries) == [(2,)]


async def test_only_who_may_see_cases_sees_what_a_record_says(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    hub, officer = await _hired(world, slug, "hub"), await _hired(world, slug, "officer")
    vera, wanda = _victims()
    await world.push(
        slug,
        [
            crime(vera.reference, [vera.as_event(), wanda.as_event()]),
            event("update.published", vera.reference, text="Whose?"),
        ],
    )
    path = await _first(hub)
    strangers: dict[str, Browser] = {"nobody": world.browser(slug), "an administrator": ada, "an officer": officer}
    strangers["a supervisor who has not opened the case"] = await _hired(world, slug, "supervisor")
    strangers["a victim elsewhere"], strangers["the contact team elsewhere"] = (
        world.browser("avonside"),
        world.browser("avonside"),
    )
    await strangers["a victim elsewhere"].sign_in(ALICE)
    await strangers["the contact team elsewhere"].sign_in_as(HANNAH)
    for name, browser in strangers.items():
        for page in (path, f"{path}/correction", f"{path}/dismissal", f"{path}/return"):
            answer = await (
                browser.get(page)
                if page == path
                else browser.submit(page, why="Because", **{f"to_{vera.person}": "yes"})
            )
            closed = (
                answer.status_code == 200 and "Open the case first" in answer.text and name.startswith("a supervisor")
            )
            assert closed or answer.status_code in {303, 403, 404}, (name, page)
            assert "Whose?" not in answer.text, name
    assert (await world.ask(slug, "select count(*) from app.event where force_id = $1 and state = 'held'")) == [(1,)]
    for name, browser in {"the contact team": hub, "an officer": officer, "nobody": world.browser(slug)}.items():
        answer = await browser.get(WAITING)
        assert answer.status_code in {303, 404}, name
    for employee in (OSMAN, ADA):
        browser = world.browser("avonside")
        await browser.sign_in_as(employee)
        assert (await browser.get(RECORDS)).status_code == 404


async def _again(ada: Browser, **form: str) -> Any:
    await ada.get(WAITING)
    return await ada.submit(f"{WAITING}/retries", **form)


async def _first(hub: Browser) -> str:
    page = (await hub.get(RECORDS)).text
    path = re.findall(rf'href="({RECORDS}/[0-9a-f-]{{36}})"', page)[0]
    await _open(hub, (await hub.get(path)).text)
    await hub.get(path)  # for its form's token
    return path


async def _open(hub: Browser, page: str) -> None:
    """Open the case of a record, where that is asked."""
    for case in re.findall(r'href="(/staff/cases/[0-9a-f-]{36})"', page):
        await hub.get(case)
        assert (await hub.submit(f"{case}/openings", reason="A record of it waits")).status_code == 303


async def _hired(world: World, slug: str, role: str) -> Browser:
    employee = Employee("Hub Hand", role, f"{role}@{slug}.example.org")
    await world.hire(slug, employee)
    browser = world.browser(slug)
    await browser.sign_in_as(employee)
    return browser


def _victims() -> tuple[Victim, Victim]:
    reference = f"T/{uuid4().hex[:8]}/26"
    return (
        Victim("Vera", "Vane", reference, f"{uuid4().hex}@example.org"),
        Victim("Wanda", "Wye", reference, f"{uuid4().hex}@example.org"),
    )
