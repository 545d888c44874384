"""The twelve rights: for everybody in plain words, and for a signed-in victim what each means for their own case now."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest
import time_machine

from tests.cast import ALICE, BEA, CAROL, OSMAN, Victim, World, crime, event, moment
from trackmycrime.domain.cases.stages import Stage
from trackmycrime.domain.support import rights
from trackmycrime.domain.support.rights import Situation
from trackmycrime.web.common.dates import day

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOW = re.compile(r'id="([a-z]+)">\d+\. .*?For your case now</h3>\s*<p class="govuk-body">(.*?)</p>', re.DOTALL)


async def told(world: World, victim: Victim) -> Mapping[str, str]:
    """Return what the page says to a victim about their case, by right."""
    browser = world.browser("avonside")
    await browser.sign_in(victim)
    return dict(NOW.findall((await browser.get("/rights")).text))


async def follows(world: World, *events: Mapping[str, object], **more: object) -> Victim:
    """Return a new victim who follows a case on which this has happened."""
    victim = Victim("Rita", "Roe", f"RI/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    await world.push("avonside", [crime(victim.reference, [victim.as_event(**more)])])
    await world.register("avonside", victim)
    await world.push("avonside", [{**one, "crime": victim.reference} for one in events])
    return victim


async def test_there_are_twelve_rights_for_everybody_and_nobodys_case_is_on_the_page(world: World) -> None:
    signed_out, staff = world.browser("avonside"), world.browser("avonside")
    await staff.sign_in_as(OSMAN)
    for browser in (signed_out, staff):
        page = (await browser.get("/rights")).text
        assert re.findall(r'<h2 class="govuk-heading-m" id="[a-z]+">(\d+)\.', page) == [str(n) for n in range(1, 13)]
        assert "For your case now" not in page
        assert "1 April 2021" in page


async def test_each_right_says_what_it_means_for_the_readers_own_case(world: World) -> None:
    said = await told(world, ALICE)
    assert len(said) == 12
    due = (datetime.now(UTC) + timedelta(days=28)).date()
    assert any(day(due - timedelta(days=n)) in said["information"] for n in range(5))
    assert day(datetime.now(UTC) - timedelta(days=3)) in said["recorded"]
    assert "within 5 working days" in said["investigation"]
    assert "There is no trial at this time" in said["trial"]
    assert said.keys() == (await told(world, BEA)).keys()
    stranger = world.browser("avonside")
    await stranger.sign_in(CAROL)  # of another force: not signed in here
    assert "For your case now" not in (await stranger.get("/rights")).text


async def test_enhanced_rights_are_the_readers_own(world: World) -> None:
    mild = Victim("Mia", "Mild", f"RI/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    keen = Victim("Kim", "Keen", mild.reference, f"{uuid4().hex[:8]}@example.org")
    await world.push("avonside", [crime(mild.reference, [mild.as_event(), keen.as_event(enhanced=True)])])
    for victim in (mild, keen):
        await world.register("avonside", victim)
    assert "within 1 working day" in (await told(world, keen))["investigation"]
    assert "extra rights" in (await told(world, keen))["support"]
    assert "within 5 working days" in (await told(world, mild))["investigation"]
    assert "You have extra rights" not in (await told(world, mild))["support"]


async def test_a_hearing_to_come_and_a_closed_case_change_what_is_said(world: World) -> None:
    at = datetime.now(UTC) + timedelta(days=40)
    listed = event("hearing.listed", "", court="Avonside Crown Court", hearing_type="Trial", at=at.isoformat())
    past = event("hearing.listed", "", court="Avonside", hearing_type="First", at=moment(5))
    waits = await follows(world, event("stage.changed", "", stage="crown_court"), listed, past)
    assert day(at) in (await told(world, waits))["trial"]
    closed = await follows(world, event("outcome.recorded", "", code=18), event("crime.closed", ""))
    said = await told(world, closed)
    assert "closed" in said["investigation"]
    assert "hear from us by" not in said["information"]


async def test_a_broken_promise_is_admitted(world: World) -> None:
    late = await follows(world)
    sql = "select case_id from app.duty where force_id = $1"
    assert await world.ask("avonside", sql)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=60), tick=True):
        assert "We are sorry" in (await told(world, late))["information"]


async def test_every_stage_of_every_case_has_a_sentence_for_every_right() -> None:
    for stage, enhanced, closed in product(Stage, (True, False), (True, False)):
        found = rights.for_situation(Situation(stage, enhanced, closed, {}))
        assert len(found) == 12
        assert [right.id for right in found if not right.now] == [], (stage, enhanced, closed)


async def test_the_code_of_a_day_is_the_newest_one_that_was_in_force() -> None:
    assert rights.in_force(date(2026, 11, 23)) == date(2021, 4, 1)
    with pytest.raises(ValueError, match="empty"):
        rights.in_force(date(2021, 3, 31))
