"""Figures: administrators see how their force keeps its promises, by month and by unit, and nothing of anybody."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from html import unescape
from io import StringIO
from uuid import uuid4

import pytest

from tests.cast import HANNAH, OSMAN, Browser, Employee, Victim, World, crime, event
from tests.web.admin.configured import force_with
from trackmycrime.domain import cases, figures, messages
from trackmycrime.domain.figures import counting
from trackmycrime.domain.figures.counting import month_before, this_month
from trackmycrime.domain.figures.names import Figure, Part, notice
from trackmycrime.kit import ids, working_days
from trackmycrime.kit.actor import Actor, Kind, service
from trackmycrime.kit.time import LONDON, now, today
from trackmycrime.store import figures as rows
from trackmycrime.store.figures import Count
from trackmycrime.web.common import dates

pytestmark = pytest.mark.asyncio(loop_scope="session")
FIGURES = "/admin/figures"
THIS, LAST, EARLIER = this_month(), month_before(this_month()), month_before(this_month(), 2)
_CELL = re.compile(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", re.DOTALL)


async def write(
    world: World, slug: str, counts: Iterable[Count], *, months: Sequence[date] = (EARLIER, LAST, THIS)
) -> None:
    """Write counts as the job does."""
    made = [Count(THIS, "", "counted", 1), *counts]
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        await rows.write(tx, months, made)


async def recount(world: World, slug: str) -> list[tuple[object, ...]]:
    """Count now, and return what was written."""
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        await counting.recount(tx)
    sql = "select month, unit, name, number from app.monthly_figure where force_id = $1 order by 1, 2, 3"
    return await world.ask(slug, sql)


def told(unit: str, kept: int, missed: int, *, month: date = LAST) -> list[Count]:
    numbers = ((Part.KEPT, kept), (Part.MISSED, missed))
    return [Count(month, unit, Figure.TOLD.of(part), number) for part, number in numbers if number]


async def table(browser: Browser, caption: str, query: str = "") -> list[list[str]]:
    """Return the rows of a table of the page."""
    page = (await browser.get(f"{FIGURES}{query}")).text
    found = re.search(rf"<caption[^>]*>{caption}</caption>.*?<tbody[^>]*>(.*?)</tbody>", page, re.DOTALL)
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", found[1], re.DOTALL) if found else []
    return [[unescape(cell) for cell in _CELL.findall(line)] for line in lines]


async def exported(browser: Browser, query: str = "") -> list[list[str]]:
    """Return the rows of the file, without its heads."""
    content = (await browser.get(f"{FIGURES}/export{query}")).content.decode("utf-8-sig")
    return list(csv.reader(StringIO(content)))[1:]


async def test_the_page_states_what_was_found_and_nobody_else_reads_it(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    elsewhere, (amos,) = await force_with(world, "Amos Ames")
    await write(world, slug, [*told("Moor", 60, 30), *told("Harbour", 40, 10), *told("Moor", 90, 10, month=EARLIER)])
    page = await ada.get(FIGURES)
    last, before = dates.month(LAST), dates.month(EARLIER)
    assert page.status_code == 200
    assert f"About 7 of 10 updates came in time in {last}, fewer than in {before}" in page.text
    assert page.text.index("About 7 of 10") < page.text.index("Nobody was invited"), "the worst comes first"
    assert "style=" not in page.text
    assert await table(ada, "Updates in time: By unit") == [
        ["Moor", "90", "60", "30", "67%"],
        ["Harbour", "50", "40", "10", "80%"],
    ]
    months = await table(ada, "Updates in time")
    assert len(months) == 12
    assert months[1:3] == [[last, "140", "100", "40", "71%"], [before, "100", "90", "10", "90%"]]
    other = (await amos.get(FIGURES)).text
    assert "Nothing has been counted yet" in other
    assert "Moor" not in other
    sue = Employee("Sue Stone", "supervisor", f"sue@{slug}.example.org")
    await world.hire(slug, sue)
    for employee, host in ((OSMAN, "avonside"), (HANNAH, "avonside"), (sue, slug)):
        stranger = world.browser(host)
        await stranger.sign_in_as(employee)
        for path in (FIGURES, f"{FIGURES}/export"):
            assert (await stranger.get(path)).status_code == 404, employee.name
    assert (await world.browser(slug).get(FIGURES)).status_code == 303
    assert await world.ask(elsewhere, "select count(*) from app.monthly_figure where force_id = $1") == [(0,)]


async def test_small_counts_are_not_shown_on_the_page_nor_in_the_file(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    units = [*told("Moor", 40, 3), *told("Harbour", 30, 20), *told("Mill", 20, 9), *told("Quay", 4, 0)]
    await write(world, slug, [*units, *told("Moor", 40, 3, month=EARLIER)])
    together = ["3 units together", "76", "64", "12", "84%"]
    assert await table(ada, "Updates in time: By unit") == [["Harbour", "50", "30", "20", "60%"], together]
    assert "3 units together: Mill; Moor; Quay" in (await ada.get(FIGURES)).text
    assert (await table(ada, "Updates in time"))[2] == [
        dates.month(EARLIER),
        "43",
        "Not shown",
        "Fewer than 5",
        "Not shown",
    ]
    assert await table(ada, "Updates in time: By unit", "?period=three") == []
    file = [row for row in await exported(ada) if row[0] == "Updates in time"]
    assert [row[3:7] for row in file if row[1] == "By unit"] == [
        ["Harbour", "50", "30", "20"],
        ["Mill; Moor; Quay", "76", "64", "12"],
    ]
    assert not {cell for row in file for cell in row} & {"1", "2", "3", "4"}


async def test_units_named_by_the_force_are_text_alone(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    names = ("<script>alert(1)</script>", "=HYPERLINK(1)", "")
    await write(world, slug, [count for number, name in enumerate(names) for count in told(name, 20 + number, 9)])
    page = (await ada.get(FIGURES)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "No unit yet" in page
    assert {row[3] for row in await exported(ada) if row[1] == "By unit"} == {names[0], "'=HYPERLINK(1)", "No unit yet"}


async def test_a_period_is_chosen_by_a_link(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    counts = [*told("Moor", 60, 30), *told("Moor", 7, 8, month=THIS), *told("Moor", 10, 10, month=EARLIER)]
    await write(world, slug, [*counts, *told("Mill", 50, 0)])
    for period, moor in (("this", "15"), ("last", "90"), ("three", "110"), ("whatever", "90")):
        found = await table(ada, "Updates in time: By unit", f"?period={period}")
        assert [row[1] for row in found if row[0] == "Moor"] == [moor], period
    page = (await ada.get(f"{FIGURES}?period=three")).text
    assert 'href="/admin/figures?period=three#by" aria-current="page"' in page
    assert f'href="{FIGURES}/export?period=three"' in page


async def test_notices_are_told_apart_by_way_and_by_reason(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    numbers = {("email", "sent"): 900, ("email", "no_address"): 20, ("email", "at_risk"): 9}
    numbers |= {("text", "sent"): 80, ("text", "failed"): 30, ("text", "no_address"): 3, ("text", "code_ended"): 2}
    await write(world, slug, [Count(LAST, "", notice(*what), number) for what, number in numbers.items()])
    assert await table(ada, "Notices that went out: By email and text") == [
        ["Text message", "115", "80", "35", "70%"],
        ["Email", "929", "900", "29", "97%"],
    ]
    reasons = {row[0]: row[1] for row in await table(ada, "Notices that went out: Why notices did not go out")}
    assert reasons == {
        "Nobody took it: the address or number does not work, or the provider failed": "30",
        "No address or number is known": "23",
        "2 together": "11",
    }


def at(month: date, day: float) -> datetime:
    """Return a moment of a month in London, so many days after its beginning."""
    return datetime.combine(month, time(), LONDON) + timedelta(days=day)


async def case_of(
    world: World, slug: str, reported: datetime, *updates: datetime, unit: str = "", **more: object
) -> Victim:
    """Push a crime with its officer and updates."""
    vera = Victim("Vera", "Vane", f"T/{uuid4().hex[:8]}/26", f"{uuid4().hex}@example.org")
    officer = {"collar_number": f"{unit or 'none'}-1", "name": "Olive Oak", "unit": unit}
    times = {"reported_at": reported.isoformat(), "time": reported.isoformat()}
    said = [event("update.published", vera.reference, text="News.", time=moment.isoformat()) for moment in updates]
    await world.push(slug, [crime(vera.reference, [vera.as_event(**more)], officer=officer, **times), *said])
    return vera


async def test_an_update_counts_in_the_month_in_which_it_fell_due(world: World) -> None:
    slug, _ = await force_with(world, "Ada Ash")
    due = at(LAST, 10)
    reported = due - timedelta(days=28)
    await case_of(world, slug, reported, due - timedelta(days=1), unit="Moor")
    await case_of(world, slug, reported, due + timedelta(days=1), unit="Moor")
    await case_of(world, slug, reported, unit="Moor")
    await case_of(world, slug, reported, due)
    # Due one minute before the month, by the clocks of London, and one minute after it began; what they were owed next came never.
    for minute in (-1, 1):
        edge = at(LAST, 0) + timedelta(minutes=minute) - timedelta(days=28)
        await case_of(world, slug, edge, edge + timedelta(days=1), unit="Mill")
    counted = await recount(world, slug)
    of_last = {(unit, name): number for month, unit, name, number in counted if month == LAST and "told" in str(name)}
    assert of_last == {
        ("Moor", "told.kept"): 1,
        ("Moor", "told.missed"): 2,
        ("", "told.kept"): 1,
        ("Mill", "told.kept"): 1,
        ("Mill", "told.missed"): 2,
    }
    assert await recount(world, slug) == counted, "counting again changes nothing"


async def test_months_that_are_closed_stay_when_their_cases_are_deleted(world: World) -> None:
    slug, _ = await force_with(world, "Ada Ash")
    old = month_before(THIS, 3)
    await write(world, slug, [*told("Moor", 60, 30, month=old), *told("Moor", 50, 20)], months=[old, LAST, THIS])
    counted = await recount(world, slug)
    assert [row[2:] for row in counted if row[0] == old] == [("told.kept", 60), ("told.missed", 30)]
    assert [row for row in counted if row[0] == LAST] == [], "what is not there any more is not there in these"


async def test_the_job_counts_once_an_hour(world: World) -> None:
    slug, _ = await force_with(world, "Ada Ash")
    door = world.registry.door(await world.force(slug))
    made = "select counted_at from app.monthly_figure where force_id = $1 and name = 'counted'"
    for _again in range(2):
        async with door.open(service("test")) as tx:
            await figures.count(tx)
    first = await world.ask(slug, made)
    assert len(first) == 1
    async with door.open(service("test")) as tx:
        await tx.run("delete from app.monthly_figure where force_id = $1")
        await tx.run(
            "insert into app.monthly_figure (force_id, id, month, unit, name, number, counted_at)"
            " values ($1, $2, $3, '', 'counted', 1, $4)",
            *(ids.new(), THIS, now() - timedelta(hours=2)),
        )
        await figures.count(tx)
    assert (await world.ask(slug, made))[0] > first[0]


async def test_who_was_invited_counts_once_with_what_became_of_it(world: World) -> None:
    slug, _ = await force_with(world, "Ada Ash")
    at_once = await case_of(world, slug, at(THIS, 0) - timedelta(days=3), unit="Moor")
    again = await case_of(world, slug, at(THIS, 0) - timedelta(days=3), unit="Moor")
    await case_of(world, slug, at(THIS, 0) - timedelta(days=3), unit="Moor")
    await world.register(slug, at_once)
    person = "(select id from app.person where force_id = $1 and source_id = $2)"
    assert await world.ask(
        slug,
        f"""insert into app.invite (force_id, id, person_id, case_id, state, tries_left, expires_at, made_at)
            select force_id, $3, person_id, case_id, 'expired', 5, expires_at, made_at - interval '1 second' from app.invite
            where force_id = $1 and person_id = {person} returning 1""",
        *(again.person, ids.new()),
    )
    await world.register(slug, again)
    counted = {name: number for _month, unit, name, number in await recount(world, slug) if unit == "Moor"}
    assert {name: counted[name] for name in counted if str(name).startswith("registered")} == {
        "registered.kept": 2,
        "registered.missed": 1,
        "registered.again": 1,
    }


async def test_a_message_counts_once_it_is_answered_or_its_time_is_over(world: World) -> None:
    slug, _ = await force_with(world, "Ada Ash")
    vera = await case_of(world, slug, now() - timedelta(days=3), unit="Moor")
    await world.register(slug, vera)
    ((case, person, officer),) = await world.ask(
        slug,
        """select c.id, cp.person_id, c.officer_id from app.case c
           join app.case_person cp on cp.force_id = $1 and cp.case_id = c.id where c.force_id = $1""",
    )
    door = world.registry.door(await world.force(slug))
    victim, olive = (
        Actor(Kind.VICTIM, person, role="victim"),
        Actor(Kind.STAFF, officer, role="officer", name="Olive Oak"),
    )

    async def write_and_move(days: float | None) -> None:
        """Let a message be written, in the last month where a day of it is said."""
        async with door.open(victim) as tx:
            await messages.send(tx, await cases.seen_by_actor(tx, case), f"Is there news? {days}")
        if days is not None:
            moved = "update app.task set made_at = $2 where force_id = $1 and kind = 'message' and done_at is null returning 1"
            assert await world.ask(slug, moved, at(LAST, days))

    await write_and_move(None)
    async with door.open(olive) as tx:
        await messages.reply(tx, case, "There is.", to=person)
    await write_and_move(1.5)  # waits since the last month
    await write_and_move(None)  # waits since a moment ago: it may still be answered in time
    counted = {(row[0], row[2]): row[3] for row in await recount(world, slug) if row[1] == "Moor"}
    assert {key: number for key, number in counted.items() if not str(key[1]).startswith(("told", "registered"))} == {
        (THIS, "answered.0"): 1,
        (THIS, "reply.kept"): 1,
        (THIS, "waiting.0"): 1,
        (LAST, "reply.missed"): 1,
        (LAST, f"waiting.{min(21, worked_since(LAST))}"): 1,
    }
    async with door.open(olive) as tx:
        await messages.reply(tx, case, "There is more.", to=person)
    again = {(row[0], row[2]): row[3] for row in await recount(world, slug) if row[1] == "Moor"}
    assert again[LAST, "reply.missed"] == 1, "a late reply is late"
    assert again[THIS, "reply.kept"] == 2


def worked_since(month: date) -> int:
    return working_days.between((at(month, 1.5)).date(), today())


async def test_a_notice_counts_when_its_end_is_known(world: World) -> None:
    slug, _ = await force_with(world, "Ada Ash")
    await case_of(world, slug, now() - timedelta(days=3))
    ended = (
        ("email", "sent", ""),
        ("email", "dead", "refused"),
        ("text", "dropped", "no_address"),
        ("text", "leased", ""),
    )
    for channel, state, why in ended:
        assert await world.ask(
            slug,
            """insert into app.notification (force_id, id, kind, channel, person_id, state, attempts, not_before, why, made_at)
               select $1, $2, 'news', $3, id, $4, 1, now(), $5, $6 from app.person where force_id = $1 returning 1""",
            *(ids.new(), channel, state, why, at(LAST, 4)),
        )
    counted = {row[2]: row[3] for row in await recount(world, slug) if row[0] == LAST and "notice" in str(row[2])}
    assert counted == {"notice.email.sent": 1, "notice.email.failed": 1, "notice.text.no_address": 1}


async def test_many_units_are_all_in_the_table_and_the_worst_are_drawn(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await write(world, slug, [count for number in range(14) for count in told(f"Unit {number:02d}", 50, 20 - number)])
    page = (await ada.get(FIGURES)).text
    assert "The first 12 of 14 are drawn" in page
    assert page.count('<tr><th scope="row">Unit') == 12
    assert [row[0] for row in await table(ada, "Updates in time: By unit")] == [f"Unit {n:02d}" for n in range(14)]
