"""News goes to somebody at risk by the recorded safe way alone, in its hours, and only while the record holds."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import crime, event
from tests.domain.test_notifications import drained
from tests.web.staff.assessed import MONDAY, RISK, found, invited_at_risk, officer, page_of, person_of, sent_to, waiting
from tests.web.staff.conftest import Crimes
from trackmycrime.domain.cases import assessments
from trackmycrime.domain.people import SafeChannel, SafeContact
from trackmycrime.gateways.text import Text
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_news_goes_by_the_safe_way_alone_and_in_its_hours(crimes: Crimes) -> None:
    told, token, code = await invited_at_risk(crimes, "text", mobile="+447700900321")
    (text,) = await sent_to(told, "+447700900321")
    assert isinstance(text, Text)
    assert "avonside" not in text.body
    vera = told.victims[0]
    browser = told.world.browser("avonside")
    await browser.submit(f"/register/{token}", **vera.with_password(code=code))
    await told.world.push("avonside", [event("update.published", told.reference, text="News.")])
    (news,) = await sent_to(told, "+447700900321")
    assert isinstance(news, Text)
    assert news.to == "+447700900321"
    assert "http" not in news.body
    # Whoever has her session cannot turn it to another number, nor to her email.
    await browser.get("/settings")
    await browser.submit("/settings", email_on="yes", text_on="yes", mobile="07700 900999")
    await told.world.push("avonside", [event("update.published", told.reference, text="More.")])
    provider = await drained(told.world, "avonside")
    assert {m.to for m in provider.sent} & {vera.email, "+447700900999", "+447700900321"} == {"+447700900321"}


async def test_outside_the_safe_hours_nothing_leaves(crimes: Crimes) -> None:
    told, token, code = await invited_at_risk(crimes)
    await sent_to(told)
    vera = told.victims[0]
    await told.world.browser("avonside").submit(f"/register/{token}", **vera.with_password(code=code))
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    staff = await officer(told)
    other_day = {f"day_{(tomorrow + timedelta(days=1)).weekday()}": "yes", "begins": "9", "ends": "10"}
    narrow = {"suits": "suitable", "risk_domestic_abuse": "yes", "channel": "email", **other_day}
    assert (await staff.submit(f"{await page_of(told)}/assessments", **narrow)).status_code == 303
    await told.world.push("avonside", [event("update.published", told.reference, text="News.")])
    assert await sent_to(told) == []
    await told.world.ask(
        "avonside",
        "update app.notification set not_before = now() where force_id = $1 and person_id = $2 and state = 'queued' returning 1",
        await person_of(told),
    )
    assert await sent_to(told) == []  # asked again at sending
    assert (await staff.submit(f"{await page_of(told)}/assessments", **found())).status_code == 303
    await told.world.ask(
        "avonside",
        "update app.notification set not_before = now() where force_id = $1 and person_id = $2 and state = 'leased' returning 1",
        await person_of(told),
    )
    assert len(await sent_to(told)) == 1


@pytest.mark.parametrize("what", ["another risk", "another case", "90 days", "a call"])
async def test_a_record_that_holds_no_more_tells_nobody(crimes: Crimes, what: str) -> None:
    told, token, code = await invited_at_risk(crimes)
    await sent_to(told)
    vera = told.victims[0]
    await told.world.browser("avonside").submit(f"/register/{token}", **vera.with_password(code=code))
    if what == "another risk":
        changed = vera.as_event(safety=["stalking"])
        await told.world.push("avonside", [event("victim.changed", told.reference, victim=changed)])
    elif what == "another case":
        await told.world.push("avonside", [crime(told.reference + "B", [vera.as_event(**RISK)])])
    elif what == "a call":
        staff = await officer(told)
        assert (await staff.submit(f"{await page_of(told)}/assessments", **found("call"))).status_code == 303
    else:
        await told.world.ask(
            "avonside",
            "update app.person set safe_contact_at = now() - interval '91 days' where force_id = $1 and id = $2 returning 1",
            await person_of(told),
        )
    await told.world.push("avonside", [event("update.published", told.reference, text="News.")])
    assert await sent_to(told) == []
    why = {
        "another risk": "safe_new_risk",
        "another case": "safe_new_risk",
        "90 days": "safe_too_old",
        "a call": "safe_call",
    }
    assert [why[what]] in await waiting(told, "tell_in_person")


async def test_after_83_days_somebody_is_asked_to_ask_again(crimes: Crimes) -> None:
    told, _token, _code = await invited_at_risk(crimes)
    door = told.world.registry.door(await told.world.force("avonside"))
    old = (
        "update app.person set safe_contact_at = now() - interval '84 days' where force_id = $1 and id = $2 returning 1"
    )
    async with door.open(service("clock")) as tx:
        await assessments.ask_again(tx)
    assert await waiting(told, "safe_contact_old") == []
    await told.world.ask("avonside", old, await person_of(told))
    for _ in range(2):
        async with door.open(service("clock")) as tx:
            await assessments.ask_again(tx)
    assert await waiting(told, "safe_contact_old") == [[]]
    browser = await officer(told)
    await browser.submit(f"{await page_of(told)}/assessments", **found())
    assert await waiting(told, "safe_contact_old") == []


async def test_safe_hours_are_those_of_london() -> None:
    safe = SafeContact(SafeChannel.EMAIL, (0, 2), 9, 17)
    assert safe.next_moment(MONDAY) == MONDAY
    assert safe.next_moment(MONDAY.replace(hour=5)) == MONDAY.replace(hour=9)
    assert safe.next_moment(MONDAY.replace(hour=16, minute=55)) == datetime(2026, 12, 2, 9, tzinfo=UTC)
    summer = datetime(2026, 7, 6, 7, 30, tzinfo=UTC)
    assert safe.next_moment(summer) == datetime(2026, 7, 6, 8, tzinfo=UTC)
    only = SafeContact(SafeChannel.EMAIL, (0,), 9, 10)
    assert only.next_moment(MONDAY) == datetime(2026, 12, 7, 9, tzinfo=UTC)
