"""The way of a victim's case: what happened and when, what may come next, and what is said once it is closed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.cast import ALICE, CAROL, HANNAH, OSMAN, Browser, Victim, World, configuration, crime, event, moment
from trackmycrime.domain.cases import outcomes
from trackmycrime.domain.cases.hearings import explained
from trackmycrime.domain.cases.reviews import Reviewer, right_to_review
from trackmycrime.domain.cases.stages import ORDER, plain
from trackmycrime.domain.cases.stages import explained as stage_explained
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import LONDON

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def signed_in(world: World, *events: dict[str, object], slug: str = "avonside") -> tuple[Victim, Browser]:
    """Return a victim of a crime of her own, of which these events came, and a browser in which she is signed in."""
    vera = Victim("Vera", "Vance", f"PR/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    await world.push(slug, [crime(vera.reference, [vera.as_event()], reported_at=moment(40), time=moment(40))])
    await world.register(slug, vera)
    await world.push(slug, [{**each, "crime": vera.reference} for each in events])
    browser = world.browser(slug)
    await browser.sign_in(vera)
    return vera, browser


def at(days_ago: float, kind: str, **more: object) -> dict[str, object]:
    return event(kind, "", **{"time": moment(days_ago), **more})


def words(days_ago: float) -> str:
    day = (datetime.now(UTC) - timedelta(days=days_ago)).astimezone(LONDON)  # whose clock the page keeps
    return f"{day.day} {day:%B} {day.year}"


async def test_a_victim_sees_what_happened_when_and_what_may_come_and_strangers_do_not(world: World) -> None:
    _vera, browser = await signed_in(
        world,
        at(9, "stage.changed", stage="file_to_cps"),
        at(20, "stage.changed", stage="investigation"),
        at(20, "stage.changed", stage="investigation"),
        at(3, "hearing.listed", court="Marlhythe Magistrates' Court", hearing_type="First hearing", at=moment(-30)),
        at(5, "hearing.listed", court="Saltby Crown Court", hearing_type="Plea hearing", at=moment(4)),
    )
    page = (await browser.get("/progress")).text
    assert 'href="/progress"' in (await browser.get("/messages")).text
    assert "Now: With the Crown Prosecution Service" in page
    assert "They decide whether to charge somebody." in page
    happened = page.split("What has happened so far")[1].split("Court hearings before today")[0]
    order = [happened.index(each) for each in ("With the Crown", "Being investigated", "Reported")]
    assert order == sorted(order)
    assert happened.count("Being investigated") == 1
    assert words(9) in happened
    assert words(20) in happened
    coming, before = page.split("Court hearings to come")[1].split("What has happened so far")
    assert "First hearing, Marlhythe Magistrates&#39; Court" in coming
    assert "The case comes to court for the first time." in coming
    assert "Saltby" not in coming
    assert "Plea hearing, Saltby Crown Court" in before

    for slug, stranger in (("avonside", ALICE), ("brackenshire", CAROL)):
        other = world.browser(slug)
        await other.sign_in(stranger)
        assert "Marlhythe" not in (await other.get("/progress")).text
    for employee in (OSMAN, HANNAH):
        staff = world.browser("avonside")
        await staff.sign_in_as(employee)
        assert (await staff.get("/progress")).status_code == 404
    signed_out = await world.browser("avonside").get("/progress")
    assert signed_out.headers["location"] == "/sign-in?next=%2Fprogress"


async def test_a_case_of_which_no_stage_was_told_says_where_it_stands(world: World) -> None:
    _vera, browser = await signed_in(world)
    page = (await browser.get("/progress")).text
    assert "Now: Recorded as a crime" in page
    assert words(40) in page.split("What has happened so far")[1]


async def test_the_way_stays_when_events_come_in_another_order_or_again(world: World) -> None:
    steps = [at(9, "stage.changed", stage="trial"), at(5, "crime.closed"), at(4, "crime.reopened")]
    vera, browser = await signed_in(world, *reversed(steps))
    first = (await browser.get("/progress")).text
    await world.push("avonside", [{**each, "crime": vera.reference} for each in steps])
    for told in ("Your case was closed", "Your case was opened again", "On trial"):
        assert first.count(told) >= 1
    kept = "select what, value from app.step s where force_id = $1 and case_id = (select id from app.case where force_id = $1 and reference = $2) order by at"
    assert await world.ask("avonside", kept, vera.reference) == [("stage", "trial"), ("closed", ""), ("reopened", "")]
    assert "Now: On trial" in first


async def test_a_closed_case_says_why_what_one_can_do_and_until_when(world: World) -> None:
    _vera, browser = await signed_in(world, at(2, "outcome.recorded", code=15), at(1, "crime.closed"))
    closed = datetime.now(UTC) - timedelta(days=1)
    for path in ("/messages", "/progress"):
        page = (await browser.get(path)).text
        assert "Your case is closed" in page
        assert "there is not enough proof to take this to court" in page
        assert "Victims&#39; Right to Review" in page
        assert "Ask within 3 months" in page
        assert f"until {closed.day} {closed:%B} {closed.year + 1}" in page
        assert "call 101 and give your crime reference" in page
    assert "Now:" not in (await browser.get("/progress")).text


async def test_no_suspect_means_no_right_to_review_but_a_way_back(world: World) -> None:
    _vera, browser = await signed_in(world, at(2, "outcome.recorded", code=18), at(1, "crime.closed"))
    page = (await browser.get("/messages")).text
    assert "have not found out who did this" in page
    assert "Right to Review" not in page
    assert "do not try to get it back yourself" in page


async def test_access_ends_a_year_after_closing_and_comes_back_when_the_case_is_opened_again(world: World) -> None:
    vera, browser = await signed_in(world, at(360, "crime.closed"))
    assert "Your case is closed" in (await browser.get("/messages")).text
    (case,) = await world.ask(
        "avonside", "select id from app.case where force_id = $1 and reference = $2", vera.reference
    )
    await world.push("avonside", [{**at(359, "crime.reopened"), "crime": vera.reference}])
    assert "Your case is closed" not in (await browser.get("/messages")).text
    later = {"version": 2, "crime": vera.reference}
    await world.push("avonside", [{**at(370, "crime.closed"), **later}])
    for path in ("/progress", "/property"):
        assert (await browser.get(path)).status_code == 404, path
    assert (await browser.get("/messages")).headers["location"] == "/cases"
    assert (await browser.submit("/messages", message="Is there any news?")).status_code == 404
    assert (await browser.submit(f"/cases/{case[0]}/choice")).status_code == 404
    assert vera.reference not in (await (anew := world.browser("avonside")).sign_in(vera)).text
    assert (await anew.get("/messages")).headers["location"] == "/cases"

    await world.push("avonside", [{**at(0, "crime.reopened"), "crime": vera.reference, "version": 3}])
    assert vera.reference in (await browser.get("/messages")).text


async def test_of_two_crimes_the_one_closed_long_ago_is_not_offered(world: World) -> None:
    vera, browser = await signed_in(world)
    old = f"PR/{uuid4().hex[:8]}/26"
    await world.push("avonside", [crime(old, [vera.as_event()], time=moment(500), reported_at=moment(500))])
    assert old in (await browser.get("/cases")).text
    await world.push("avonside", [{**at(400, "crime.closed"), "crime": old}])
    page = (await browser.get("/cases")).text
    assert old not in page
    assert vera.reference in page


async def test_a_force_without_the_page_still_says_why_a_case_is_closed(world: World) -> None:
    await world.onboarding.provision(service("test"), configuration("wayless", "Wayless Police", journey=False))
    _vera, browser = await signed_in(world, at(2, "outcome.recorded", code=14), at(1, "crime.closed"), slug="wayless")
    assert (await browser.get("/progress")).status_code == 404
    page = (await browser.get("/messages")).text
    assert 'href="/progress"' not in page
    assert "If you change your mind, call us." in page


async def test_every_stage_outcome_and_kind_of_hearing_has_its_words() -> None:
    told = [stage_explained(stage) for stage in ORDER]
    assert len({each.meaning for each in told}) == len({each.next for each in told}) == len(ORDER)
    assert len({plain(stage) for stage in ORDER}) == len(ORDER)
    today = datetime.now(UTC).date()
    rights = {code: right_to_review(code, today) for code in outcomes.CODES}
    assert {code for code, right in rights.items() if right} == {9, 10, 15, 21}
    assert [right.reviewer for code, right in rights.items() if right and code == 9] == [Reviewer.CPS]
    assert right_to_review(15, datetime(2020, 1, 1, tzinfo=UTC).date()) is None
    assert explained("PTPH: Plea and Trial Preparation Hearing") != explained("Trial") != explained("Something else")
    assert explained("SENTENCE") == explained("Deferred sentencing")
