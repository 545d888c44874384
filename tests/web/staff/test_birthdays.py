"""A victim's corrected date of birth moves the last day of whoever acts for them, and ends it for a victim of 18 already."""

from datetime import date, timedelta

import pytest

from tests.cast import OSMAN, event
from tests.web.staff.conftest import Crimes, browser_on, signed_in
from tests.web.staff.test_proxies import CHECK, Family, family, registered, years_ago
from trackmycrime.kit.time import birthday, today

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def corrected(found: Family, born: date | None) -> None:
    child = found.child.as_event(date_of_birth=born.isoformat() if born else None)
    await found.world.push("avonside", [event("victim.changed", found.child.reference, victim=child)])


async def moved(found: Family) -> list[str]:
    sql = "select detail from app.audit where force_id = $1 and case_id = $2 and what = 'proxy.moved' order by at"
    return [detail["until"] for (detail,) in await found.world.ask("avonside", sql, found.case_id)]


async def checked(crimes: Crimes, born: date, **changes: str) -> Family:
    found = await family(crimes.world, born=born)
    browser = await signed_in(crimes.world, OSMAN)
    assert (await browser.submit(f"{found.path}/checks", **{**CHECK, **changes})).status_code == 303
    return found


async def test_an_older_child_ends_it_sooner_and_a_younger_one_later(crimes: Crimes) -> None:
    found = await checked(crimes, years_ago(17, days=0))
    born = years_ago(18, days=-30)
    await corrected(found, born)
    assert await found.until() == birthday(born, 18) - timedelta(days=1) == today() + timedelta(days=29)
    await corrected(found, years_ago(18, days=-60))
    assert await found.until() == today() + timedelta(days=59)
    await corrected(found, years_ago(12))
    assert await found.until() == today() + timedelta(days=365), "no longer than staff let them"
    await corrected(found, None)
    assert await found.until() == today() + timedelta(days=365), "nobody knows better now"
    assert len(await moved(found)) == 3


async def test_a_child_who_turns_out_to_be_grown_up_is_asked_first(crimes: Crimes) -> None:
    found = await family(crimes.world, born=years_ago(12))
    officer = await signed_in(crimes.world, OSMAN)
    parent = await registered(found, officer)
    news = {"text": "A window was measured.", "to": [found.child.person]}
    await found.world.push("avonside", [event("update.published", found.parent.reference, **news)])
    assert "A window was measured." in (await parent.get("/messages")).text
    await corrected(found, years_ago(18))
    assert await found.until() == today() - timedelta(days=1)
    assert "A window was measured." not in (await parent.follow("/messages")).text
    assert (await parent.get("/cases")).status_code == 404
    assert (await browser_on(found.world, "192.0.2.61").sign_in(found.parent)).status_code == 422
    await found.sent()
    await found.world.push("avonside", [event("update.published", found.parent.reference, **news)])
    assert await found.sent() <= 1, "the parent is told nothing"
    task = "select why from app.task where force_id = $1 and case_id = $2 and kind = 'check_proxy' and done_at is null"
    assert await found.world.ask("avonside", task, found.case_id) == [(["birthday"],)]
    page = (await officer.get(found.path.partition("/people/")[0])).text
    assert "Check whether somebody may act for a victim" in page
    again = await officer.submit(f"{found.path}/checks", **{**CHECK, "kind": "spokesperson"})
    assert again.status_code == 303
    assert await found.world.ask("avonside", task, found.case_id) == []


async def test_whoever_speaks_for_an_adult_does_so_whatever_their_birthday(crimes: Crimes) -> None:
    found = await checked(crimes, date(1980, 5, 1), kind="spokesperson")
    await corrected(found, date(1981, 5, 1))
    assert (await found.until(), await moved(found)) == (today() + timedelta(days=365), [])


async def test_a_spokesperson_of_a_child_who_turns_out_to_be_grown_up_ends_too(crimes: Crimes) -> None:
    found = await checked(crimes, years_ago(12), kind="spokesperson")
    await corrected(found, years_ago(30))
    assert await found.until() == today() - timedelta(days=1)


async def test_another_change_of_a_victim_moves_nothing(crimes: Crimes) -> None:
    found = await checked(crimes, years_ago(12), lasts="90")
    child = found.child.as_event(given_names="Carla")
    await found.world.push("avonside", [event("victim.changed", found.child.reference, victim=child)])
    assert (await found.until(), await moved(found)) == (today() + timedelta(days=90), [])
