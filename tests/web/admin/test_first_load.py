"""A first load: nobody hears anything until it is started, and those who must not be invited by the service never are."""

from typing import Any
from uuid import uuid4

import pytest

from tests.cast import ALICE, HANNAH, OSMAN, Browser, Victim, World, crime, event
from tests.web.admin.configured import force_with
from trackmycrime.domain.ingest import first_load
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")
FIRST_LOAD = "/admin/clients/first-load"
# What stands against inviting somebody by ourselves, as a record system tells it, and how the page counts it.
NEVER: dict[str, tuple[dict[str, object], str]] = {
    "at risk": ({"safety": ["domestic_abuse"]}, "They are at risk, or may be"),
    "under 18": ({"date_of_birth": "2015-03-09"}, "They are under 18"),
    "not assessed": ({"suitability": "not_assessed"}, "Nobody has said yet whether this suits them"),
    "unsuitable": ({"suitability": "unsuitable"}, "An officer found that this does not suit them"),
    "opted out": ({"consent": "opted_out"}, "They do not want this"),
    "nowhere to be reached": ({"email": None}, "We have no address or number for them"),
}


async def test_nobody_is_told_before_it_is_started_and_then_only_whom_nothing_stands_against(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    people = {name: _victim(name) for name in (*NEVER, "fine", "also fine")}
    events = [_crime(victim, NEVER.get(name, ({}, ""))[0]) for name, victim in people.items()]
    events.append(event("update.published", people["fine"].reference, text="It waits for you."))
    await world.push(slug, events, backfill=True)
    assert await _told(world, slug) == []
    assert await _work(world, slug) == 0, "nobody has started it"
    page = (await ada.get(FIRST_LOAD)).text
    assert "8 cases came in a first load and wait" in page
    assert "2 people would be invited" in page
    for _changes, means in NEVER.values():
        assert means in page
    for victim in people.values():
        assert victim.reference not in page
        assert victim.last_name not in page
    assert (await _begin(ada)).headers["location"] == f"{FIRST_LOAD}?done=begun"
    assert await _told(world, slug) == [], "the clock does it"
    assert await _work(world, slug) == 8
    assert await _told(world, slug) == sorted([people["fine"].person, people["also fine"].person])
    assert await _work(world, slug) == 0
    assert "It is done" in (await ada.get(FIRST_LOAD)).text
    waits = await world.ask(slug, "select kind, count(*) from app.task where force_id = $1 group by 1")
    assert ("assess_suitability", 4) in waits, "at risk, under 18, not assessed, nowhere to be reached: a person looks"


async def test_it_goes_in_batches_and_can_be_paused_and_stopped(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await world.push(slug, [_crime(_victim(str(number)), {}) for number in range(25)], backfill=True)
    for form in (
        {"batch": "9", "sure": "yes"},
        {"batch": "x", "sure": "yes"},
        {"batch": "1001", "sure": "yes"},
        {"batch": "10"},
    ):
        wrong = await _begin(ada, **form)
        assert wrong.status_code == 422, form
        assert f'value="{form["batch"]}"' in wrong.text
    assert (await _begin(ada, batch="10", sure="yes")).status_code == 303
    assert (await _begin(ada, batch="10", sure="yes")).status_code == 409
    assert await _work(world, slug) == 10
    assert "10 cases were let go so far" in (await ada.get(FIRST_LOAD)).text
    assert (await ada.submit(f"{FIRST_LOAD}/pause")).headers["location"] == f"{FIRST_LOAD}?done=paused"
    assert await _work(world, slug) == 0
    assert (await ada.submit(f"{FIRST_LOAD}/pause")).status_code == 409
    assert (await ada.submit(f"{FIRST_LOAD}/continuation")).headers["location"] == f"{FIRST_LOAD}?done=going"
    assert await _work(world, slug) == 10
    assert (await ada.submit(f"{FIRST_LOAD}/stop")).headers["location"] == f"{FIRST_LOAD}?done=stopped"
    assert await _work(world, slug) == 0
    assert len(await _told(world, slug)) == 20
    assert "5 cases came in a first load and wait" in (await ada.get(FIRST_LOAD)).text
    assert (await _begin(ada, batch="100", sure="yes")).status_code == 303
    assert await _work(world, slug) == 5
    audit = await world.ask(
        slug, "select what from app.audit where force_id = $1 and what like 'first_load.%' order by id"
    )
    assert [what for (what,) in audit] == [
        "first_load.begun",
        "first_load.released",
        "first_load.paused",
        "first_load.running",
        "first_load.released",
        "first_load.stopped",
        "first_load.begun",
        "first_load.released",
    ]


async def test_somebody_who_becomes_at_risk_while_it_waits_is_not_invited(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = _victim("Vera")
    await world.push(slug, [_crime(vera, {})], backfill=True)
    assert (await _begin(ada)).status_code == 303
    await world.push(slug, [event("victim.changed", vera.reference, victim=vera.as_event(safety=["stalking"]))])
    assert await _work(world, slug) == 1
    assert await _told(world, slug) == []


async def test_a_force_that_is_not_live_invites_nobody(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await world.push(slug, [_crime(_victim("Vera"), {})], backfill=True)
    assert (await _begin(ada)).status_code == 303
    sql = """update app.force set configuration = jsonb_set(configuration, '{live}', 'false') where slug = $1"""
    async with world.database.national("console").open(service("test")) as tx:
        await tx.driver.execute(sql, slug)
    world.registry.forget()
    assert await _work(world, slug) == 0
    assert await _told(world, slug) == []


async def test_only_this_forces_administrators_start_it(world: World) -> None:
    slug, (_ada,) = await force_with(world, "Ada Ash")
    await world.push(slug, [_crime(_victim("Vera"), {})], backfill=True)
    strangers: dict[str, Browser] = {"nobody": world.browser(slug)}
    for name, sign_in in {
        "a victim": lambda browser: browser.sign_in(ALICE),
        "the contact team": lambda browser: browser.sign_in_as(HANNAH),
        "an officer": lambda browser: browser.sign_in_as(OSMAN),
    }.items():
        strangers[name] = world.browser("avonside")
        await sign_in(strangers[name])
    for name, browser in strangers.items():
        for path in (FIRST_LOAD, f"{FIRST_LOAD}/pause", f"{FIRST_LOAD}/stop"):
            answer = await browser.submit(path, batch="100", sure="yes")
            assert answer.status_code in {303, 403, 404}, name
        assert (await browser.get(FIRST_LOAD)).status_code in {303, 404}, name
    _other, (elsewhere,) = await force_with(world, "Eve Elm")
    assert "No case of a first load waits" in (await elsewhere.get(FIRST_LOAD)).text
    assert await _work(world, slug) == 0


def _victim(name: str) -> Victim:
    return Victim("Given", f"Family {name}", f"T/{uuid4().hex[:8]}/26", f"{uuid4().hex}@example.org")


def _crime(victim: Victim, changes: dict[str, object]) -> dict[str, object]:
    return crime(victim.reference, [victim.as_event(**changes)])


async def _begin(ada: Browser, **form: str) -> Any:
    await ada.get(FIRST_LOAD)
    return await ada.submit(FIRST_LOAD, **(form or {"batch": "100", "sure": "yes"}))


async def _work(world: World, slug: str) -> int:
    async with world.registry.door(await world.force(slug)).open(service("clock")) as tx:
        return await first_load.work(tx)


async def _told(world: World, slug: str) -> list[str]:
    """Return whom anything was queued for, by the record system's ids."""
    sql = """select distinct p.source_id from app.notification n join app.person p on p.force_id = $1 and p.id = n.person_id
             where n.force_id = $1 order by 1"""
    return [person for (person,) in await world.ask(slug, sql)]
