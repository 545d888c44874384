"""How records arrive, and one alarm for each time without any: within office hours, never at a weekend, never twice."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.cast import ADA, ALICE, HANNAH, Employee, Victim, World, crime, event, moment
from tests.web.admin.configured import filled, force_with, publish
from tests.web.api.conftest import RecordSystem
from trackmycrime.domain.ingest import arrivals
from trackmycrime.domain.notifications import staff_wording
from trackmycrime.domain.notifications.checking import checked
from trackmycrime.kit import working_days
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import LONDON
from trackmycrime.store import notifications

ARRIVALS = "/admin/clients/arrivals"


@pytest.mark.parametrize(
    ("last", "now", "late"),
    [
        ((2026, 11, 23, 9), (2026, 11, 24, 9), False),  # a day, to the hour
        ((2026, 11, 23, 9), (2026, 11, 24, 10), True),
        ((2026, 11, 23, 9), (2026, 11, 24, 19), False),  # nobody is at work to see to it
        ((2026, 11, 23, 9), (2026, 11, 25, 7), False),
        ((2026, 11, 23, 9), (2026, 11, 25, 8), True),
        ((2026, 11, 20, 12), (2026, 11, 22, 12), False),  # a Sunday
        ((2026, 11, 20, 12), (2026, 11, 23, 11), False),  # half of Friday, and half of Monday
        ((2026, 11, 20, 12), (2026, 11, 23, 13), True),
        ((2026, 12, 24, 17), (2026, 12, 28, 17), False),  # Christmas, a weekend, and the day instead of Boxing Day
        ((2026, 1, 1, 0), (2026, 6, 5, 9), True),
    ],
)
def test_lateness_counts_working_days_and_is_told_in_office_hours(
    last: tuple[int, int, int, int], now: tuple[int, int, int, int], *, late: bool
) -> None:
    assert arrivals.is_late(datetime(*last, tzinfo=LONDON), datetime(*now, tzinfo=LONDON), 24) is late


@pytest.mark.asyncio(loop_scope="session")
async def test_each_administrator_is_told_once_and_it_ends_when_records_come(world: World) -> None:
    slug, (ada, _amos) = await force_with(world, "Ada Ash", "Amos Ames")
    await world.hire(slug, Employee("Hub Hand", "hub", f"hub@{slug}.example.org"))
    assert await _watched(world, slug, days=9) is False, "nothing ever came, so nothing is late"
    vera = Victim("Vera", "Vane", "T/1/26", f"vera@{slug}.example.org")
    await world.push(slug, [crime(vera.reference, [vera.as_event()])])
    assert await _watched(world, slug, days=0) is False
    assert "No record has come since" not in (await ada.get("/admin")).text
    assert await _watched(world, slug, days=9) is True
    assert await _watched(world, slug, days=9) is False, "once"
    for path in ("/admin", "/admin/clients", ARRIVALS):
        assert "No record has come since" in (await ada.get(path)).text, path
    told = await world.ask(
        slug,
        "select s.email from app.notification n join app.staff s on s.force_id = $1 and s.id = n.staff_id where n.force_id = $1 and n.kind = 'feed_late' order by 1",
    )
    assert told == [(f"ada@{slug}.example.org",), (f"amos@{slug}.example.org",)]
    await world.push(slug, [event("update.published", vera.reference, text="It works again.")])
    assert await _watched(world, slug, days=0) is False
    assert "No record has come since" not in (await ada.get("/admin")).text
    assert await _watched(world, slug, days=9) is True, "another time without records is another email"


@pytest.mark.asyncio(loop_scope="session")
async def test_the_email_says_nothing_and_goes_to_nobody_who_has_left(world: World) -> None:
    slug, _ada = await force_with(world, "Ada Ash")
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        words = staff_wording.attention(tx, ARRIVALS)
    said = " ".join((words.subject, *words.paragraphs))
    for hidden in ("record", "late", "Niche", "victim", "crime reference"):
        assert hidden not in said
    assert words.link == f"https://{slug}.localhost:8000{ARRIVALS}"
    await world.push(slug, [crime("T/1/26", [])])
    assert await _watched(world, slug, days=9) is True
    await world.ask(slug, "update app.staff set active = false where force_id = $1 returning true")
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        due = [item for item in await notifications.claim(tx, 10, timedelta(minutes=1)) if item.kind == "feed_late"]
        (ready,) = await checked(tx, due)
    assert ready.dropped == "no_address"


@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_shows_how_many_came_how_late_and_by_which_connection(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    system = RecordSystem(world, slug, *await world.client(slug))
    await system.sign_in()
    assert "No record has ever come" in (await ada.get(ARRIVALS)).text
    vera = Victim("Vera", "Vane", "T/1/26", f"vera@{slug}.example.org")
    await system.push(
        [
            crime(vera.reference, [vera.as_event()], time=moment(0.125)),
            event("stage.changed", vera.reference, stage="x", time=moment(0.125)),
        ]
    )
    page = (await ada.get(ARRIVALS)).text
    line = page.partition("By connection")[2].partition("<tbody")[2].partition("</tr>")[0]
    for said in ("Record system", ">2<", ">1<", "3 hours"):
        assert said in line, said
    for browser in (world.browser(slug), world.browser("avonside")):
        assert (await browser.get(ARRIVALS)).status_code == 303
    for sign_in in (lambda b: b.sign_in(ALICE), lambda b: b.sign_in_as(HANNAH)):
        stranger = world.browser("avonside")
        await sign_in(stranger)
        assert (await stranger.get(ARRIVALS)).status_code == 404
    other = world.browser("avonside")
    await other.sign_in_as(ADA)
    assert vera.reference not in (await other.get(ARRIVALS)).text


@pytest.mark.asyncio(loop_scope="session")
async def test_after_how_many_hours_is_a_setting_that_is_published(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    form = await filled(ada, ARRIVALS)
    assert form["records_late_hours"] == "24"
    for wrong in ("0", "241", "soon", ""):
        answer = await ada.submit(ARRIVALS, **{**form, "records_late_hours": wrong})
        assert (answer.status_code, "Enter a number of hours from 1 to 240" in answer.text) == (422, True), wrong
    assert (await ada.submit(ARRIVALS, **{**form, "records_late_hours": "72"})).headers["location"] == "/admin/review"
    assert "Hours without records before administrators are told" in (await ada.get("/admin/review")).text
    await publish(ada)
    world.registry.forget()
    await world.push(slug, [crime("T/1/26", [])])
    assert await _watched(world, slug, days=2) is False
    assert await _watched(world, slug, days=9) is True


async def _watched(world: World, slug: str, *, days: int) -> bool:
    """Let the clock look, on the first working morning after so many days."""
    at = datetime.now(UTC) + timedelta(days=days)
    at = at.replace(hour=11)
    while days and not working_days.is_working(at.date()):
        at += timedelta(days=1)
    with time_machine.travel(at if days else datetime.now(UTC), tick=True):
        async with world.registry.door(await world.force(slug)).open(service("clock")) as tx:
            return await arrivals.watch(tx)
