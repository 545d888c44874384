"""A link to a new password for somebody at risk: only once staff have spoken with them, by the safe way and in its hours."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import PASSWORD, Victim
from tests.domain.test_notifications import drained
from tests.web.staff.assessed import found, invited_at_risk, officer, page_of, person_of, sent_to, waiting
from tests.web.staff.conftest import Crimes, Told
from trackmycrime.gateways.text import Text

pytestmark = pytest.mark.asyncio(loop_scope="session")
MOBILE = "+447700900322"
REASON = {"reset_reason": "Called back on the number in the record"}


async def registered(crimes: Crimes, channel: str = "text") -> Told:
    """Return a crime whose victim at risk has registered and is reached by one safe way."""
    told, token, code = await invited_at_risk(crimes, channel, mobile=MOBILE)
    done = await told.world.browser("avonside").submit(f"/register/{token}", **told.victims[0].with_password(code=code))
    assert done.status_code == 303
    await drained(told.world, "avonside")
    return told


async def ask(told: Told, victim: Victim) -> None:
    said = victim.typed()
    assert (await told.world.browser("avonside").submit("/reset-password", **said)).status_code == 303


async def test_a_safe_way_on_record_lets_nobody_ask_for_themselves(crimes: Crimes) -> None:
    told = await registered(crimes)
    await ask(told, told.victims[0])
    assert await sent_to(told, MOBILE) == []
    assert await waiting(told, "password_help") == [["at_risk"]]


async def test_staff_send_it_by_the_safe_way_alone_and_it_names_no_force(crimes: Crimes) -> None:
    told = await registered(crimes)
    path, staff = f"{await page_of(told)}/reset", await officer(told)
    shown = (await staff.get(path)).text
    assert MOBILE in shown
    assert told.victims[0].email not in shown
    assert (await staff.submit(path, **REASON)).status_code == 303
    (text,) = await sent_to(told, MOBILE)
    assert isinstance(text, Text)
    assert "avonside" not in text.body
    way = re.search(r"https://localhost:8000(/resets/\S+)", text.body)
    assert way
    apex = told.world.browser("")
    led = await apex.get(way[1])
    reset = led.headers["location"].removeprefix("https://avonside.localhost:8000")
    assert reset.startswith("/reset-password/")
    assert (await apex.get(way[1][:-4] + "AAAA")).status_code == 404
    passwords = {"password": f"{PASSWORD} anew", "repeat_password": f"{PASSWORD} anew"}
    assert (await told.world.browser("avonside").submit(reset, **passwords)).status_code == 303


async def test_a_safe_way_that_changed_before_it_is_sent_is_not_gone_round(crimes: Crimes) -> None:
    told = await registered(crimes)
    staff = await officer(told)
    assert (await staff.submit(f"{await page_of(told)}/reset", **REASON)).status_code == 303
    assert (await staff.submit(f"{await page_of(told)}/assessments", **found("email"))).status_code == 303
    assert await sent_to(told, MOBILE) == []
    assert await waiting(told, "password_help") == [["other_channel"]]


async def test_it_waits_for_the_safe_hours_and_is_good_for_thirty_minutes_then(crimes: Crimes) -> None:
    told = await registered(crimes, "email")
    staff, page = await officer(told), await page_of(told)
    day = (datetime.now(UTC) + timedelta(days=2)).weekday()
    narrow = found() | {f"day_{each}": "" for each in range(7)} | {f"day_{day}": "yes", "begins": "9", "ends": "10"}
    narrow = {name: text for name, text in narrow.items() if text}
    assert (await staff.submit(f"{page}/assessments", **narrow)).status_code == 303
    assert (await staff.submit(f"{page}/reset", **REASON)).status_code == 303
    assert await sent_to(told) == []
    sql = """select r.expires_at - n.not_before from app.reset r
             join app.notification n on n.force_id = $1 and n.person_id = r.person_id and n.kind = 'reset'
             where r.force_id = $1 and r.person_id = $2 and r.state = 'open' and n.not_before > now() + interval '1 hour'"""
    assert await told.world.ask("avonside", sql, await person_of(told)) == [(timedelta(minutes=30),)]
    assert (await staff.submit(f"{page}/assessments", **found())).status_code == 303
    again = "update app.notification set not_before = now() where force_id = $1 and person_id = $2 returning 1"
    await told.world.ask("avonside", again, await person_of(told))
    assert len(await sent_to(told)) == 1
