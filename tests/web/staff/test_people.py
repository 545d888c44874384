"""Whether, how and when somebody is invited and told: only as staff recorded that it is safe, and never beside it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import HANNAH, OSMAN, Browser, crime, event, invite_token
from tests.domain.test_notifications import Message, drained
from tests.web.staff.conftest import HUGO, PRIYA, Crimes, Told, refuse_strangers, signed_in, without_token
from trackmycrime.domain.cases import assessments, registration
from trackmycrime.domain.cases.registration import WrongSignIn
from trackmycrime.domain.people import SafeChannel, SafeContact
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.text import Text
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")

ALWAYS = {f"day_{day}": "yes" for day in range(7)} | {"begins": "0", "ends": "24"}
RISK: dict[str, Any] = {"safety": ["domestic_abuse"]}
MONDAY = datetime(2026, 11, 30, 10, tzinfo=UTC)


def found(channel: str = "email", **changes: str) -> dict[str, str]:
    """Return what an officer found of somebody at risk."""
    return {"suits": "suitable", "risk_domestic_abuse": "yes", "channel": channel, **ALWAYS, **changes}


async def person_of(told: Told, number: int = 0) -> UUID:
    sql = "select id from app.person where force_id = $1 and source_id = $2"
    ((person_id,),) = await told.world.ask("avonside", sql, told.victims[number].person)
    return person_id


async def page_of(told: Told) -> str:
    return f"{told.path}/people/{await person_of(told)}"


async def officer(told: Told) -> Browser:
    return await signed_in(told.world, OSMAN)


async def invites(told: Told) -> int:
    person = await person_of(told)
    rows = await told.world.ask("avonside", "select id from app.invite where force_id = $1 and person_id = $2", person)
    return len(rows)


async def waiting(told: Told, kind: str) -> list[list[str]]:
    sql = "select why from app.task where force_id = $1 and person_id = $2 and kind = $3 and done_at is null"
    return [why for (why,) in await told.world.ask("avonside", sql, await person_of(told), kind)]


async def link(told: Told) -> str:
    async with told.world.registry.door(await told.world.force("avonside")).open(service("test")) as tx:
        return await invite_token(tx, told.victims[0])


async def sent_to(told: Told, number: str = "") -> list[Message]:
    """Send what waits, and return what went to the first victim."""
    provider = await drained(told.world, "avonside")
    return [message for message in provider.sent if message.to in {told.victims[0].email, number}]


async def invited_at_risk(crimes: Crimes, channel: str = "email", **more: Any) -> tuple[Told, str, str]:
    """Return a crime whose victim at risk was assessed and invited, her link's token and her code."""
    told = await crimes.make("Rosa", registered=False, **RISK, **more)
    path = await page_of(told)
    browser = await officer(told)
    assert (await browser.submit(f"{path}/assessments", **found(channel))).status_code == 303
    shown = await browser.submit(f"{path}/invites")
    code = re.search(r"[A-Z0-9]{4} [A-Z0-9]{4}", shown.text)
    assert code, shown.text
    return told, await link(told), code[0]


async def test_nobody_at_risk_hears_anything_before_it_is_recorded_how_it_is_safe(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    path = await page_of(told)
    browser = await officer(told)
    assert "Record first that this service suits them" not in (await browser.get(path)).text
    assert f'href="{path}"' in (await browser.get(told.path)).text
    refused = await browser.submit(f"{path}/invites")
    assert refused.status_code == 409
    assert "Record first how it is safe to reach them" in refused.text
    without = await browser.submit(f"{path}/assessments", **found("any"))
    assert without.status_code == 422
    assert "They are at risk. Choose how it is safe to reach them" in without.text
    assert (await invites(told), await sent_to(told)) == (0, [])
    recorded = await browser.submit_and_follow(f"{path}/assessments", **found())
    assert "What you found has been recorded" in recorded.text
    # Even now nobody is invited by the service itself: an officer gives the code.
    await told.world.push("avonside", [event("update.published", told.reference, text="News.")])
    assert (await invites(told), await sent_to(told)) == (0, [])
    assert await waiting(told, "assess_suitability") == []
    assert await waiting(told, "invite_with_code") == [[]]


async def test_an_invitation_at_risk_names_no_force_and_opens_only_with_the_code(crimes: Crimes) -> None:
    told, token, code = await invited_at_risk(crimes)
    assert await waiting(told, "invite_with_code") == []
    (email,) = await sent_to(told)
    assert isinstance(email, Email)
    whole = f"{email.subject} {email.text} {email.html} {email.from_name} {email.from_address} {email.message_id}"
    for secret in ("avonside", "police", told.reference, "Rosa", code, code.replace(" ", "")):
        assert secret.lower() not in f"{whole} {email.unsubscribe_url}".lower(), secret
    apex = told.world.browser("")
    way = re.search(r"https://localhost:8000(/invitations/\S+)", email.text)
    assert way
    led = await apex.get(way[1])
    assert led.headers["location"] == f"https://avonside.localhost:8000/register/{token}"
    vera = told.victims[0]
    browser = told.world.browser("avonside")
    assert 'name="code"' in (await browser.get(f"/register/{token}")).text
    for wrong in ("BCDF 3467", "", "x" * 5000):
        assert (await browser.submit(f"/register/{token}", **vera.with_password(code=wrong))).status_code == 422
    written = code.lower().replace(" ", "-")
    done = await browser.submit(f"/register/{token}", **vera.with_password(code=written))
    assert (done.status_code, done.headers["location"]) == (303, "/messages")
    assert email.unsubscribe_url is not None
    stop = email.unsubscribe_url.removeprefix("https://localhost:8000")
    assert "Stop these emails" in (await apex.get(stop)).text
    stopped = await apex.http.post(stop, data={"List-Unsubscribe": "One-Click"})
    assert (stopped.status_code, "We have stopped these emails" in stopped.text) == (200, True)
    assert (await apex.get(stop[:-4] + "AAAA")).status_code == 404
    assert (await apex.get(way[1][:-4] + "AAAA")).status_code == 404


async def test_wrong_codes_count_like_wrong_facts(crimes: Crimes) -> None:
    told, token, code = await invited_at_risk(crimes)
    door = told.world.registry.door(await told.world.force("avonside"))
    vera = told.victims[0]
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            await registration.register(door, token, vera.facts, vera.password, vera.password, code="BBBB BBBB")
    assert (
        await told.world.browser("avonside").submit(f"/register/{token}", **vera.with_password(code=code))
    ).status_code == 404
    assert await waiting(told, "invite_ended") == [["wrong_facts"]]
    (stored,) = await told.world.ask(
        "avonside", "select code_hash from app.invite where force_id = $1 and person_id = $2", await person_of(told)
    )
    assert code.replace(" ", "").encode() not in stored[0]


async def test_a_code_belongs_to_one_invitation(crimes: Crimes) -> None:
    told, token, code = await invited_at_risk(crimes)
    browser = await officer(told)
    again = await browser.submit(f"{await page_of(told)}/invites")
    assert again.status_code == 200
    vera = told.victims[0]
    visitor = told.world.browser("avonside")
    assert (await visitor.get(f"/register/{token}")).status_code == 404
    assert (await visitor.submit(f"/register/{await link(told)}", **vera.with_password(code=code))).status_code == 422
    assert [m.to for m in await sent_to(told)] == [vera.email]  # one email, for the newest


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


async def test_a_new_risk_ends_an_invitation_with_a_code_too(crimes: Crimes) -> None:
    told, token, _code = await invited_at_risk(crimes)
    changed = told.victims[0].as_event(safety=["stalking"])
    await told.world.push("avonside", [event("victim.changed", told.reference, victim=changed)])
    assert (await told.world.browser("avonside").get(f"/register/{token}")).status_code == 404
    assert await sent_to(told) == []
    assert await waiting(told, "assess_suitability") == [["safe_new_risk"]]


async def test_asked_and_no_risk_invites_at_once_without_a_code(crimes: Crimes) -> None:
    assault = {"offence": {"title": "Assault a person thereby occasioning them actual bodily harm"}}
    told = await crimes.make("Vera", registered=False, suitability="not_assessed", safety=None)
    changed = crime(told.reference, [told.victims[0].as_event(suitability="not_assessed", safety=None)], **assault)
    await told.world.push("avonside", [changed])
    path, browser = await page_of(told), await officer(told)
    none = {"suits": "suitable", "asked_none": "yes", "channel": "any", **ALWAYS}
    assert (await browser.submit(f"{path}/assessments", **none)).status_code == 303
    (email,) = await sent_to(told)
    assert isinstance(email, Email)
    assert "avonside" in email.text
    assert 'name="code"' not in (await told.world.browser("avonside").get(f"/register/{await link(told)}")).text
    assert await waiting(told, "assess_suitability") == []
    await told.world.push("avonside", [changed | {"id": "again " + told.reference, "version": 7}])
    (row,) = await told.world.ask(
        "avonside",
        "select suitability, safety from app.case_person where force_id = $1 and person_id = $2",
        await person_of(told),
    )
    assert row == ("suitable", [])


async def test_nobody_under_18_is_invited_whatever_is_recorded(crimes: Crimes) -> None:
    told = await crimes.make("Young", registered=False, date_of_birth="2012-05-01")
    path, browser = await page_of(told), await officer(told)
    for channel in ("email", "any"):
        form = {"suits": "suitable", "asked_none": "yes", "channel": channel, **ALWAYS}
        assert (await browser.submit(f"{path}/assessments", **form)).status_code == 303
        refused = await browser.submit(f"{path}/invites")
        assert refused.status_code == 409
        assert "They are under 18" in refused.text
    assert (await invites(told), await sent_to(told)) == (0, [])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"suits": ""}, "Say whether this service suits them"),
        ({"channel": "pigeon"}, "Choose how it is safe to reach them"),
        ({"asked_none": "yes"}, "Choose the risks to them, or that you asked and there are none"),
        ({"begins": "12", "ends": "9"}, "The start must be before the end"),
        ({"begins": "²"}, "Choose a time"),
        ({"begins": "9" * 5000}, "Choose a time"),
        ({"channel": "text"}, "No mobile number is recorded"),
        ({"note": "x" * 301}, "This must be 300 characters or fewer"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    crimes: Crimes, changes: dict[str, str], message: str
) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    browser = await officer(told)
    answer = await browser.submit(f"{await page_of(told)}/assessments", **{**found(note="Ask for Rosa"), **changes})
    assert answer.status_code == 422
    assert answer.text.count(message) >= 2
    assert ("Ask for Rosa" in answer.text) or "note" in changes
    nothing = await told.world.ask(
        "avonside",
        "select 1 from app.person where force_id = $1 and id = $2 and safe_contact is null",
        await person_of(told),
    )
    assert nothing == [(1,)]


async def test_no_day_is_no_safe_time(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    browser = await officer(told)
    form = {name: value for name, value in found().items() if not name.startswith("day_")}
    answer = await browser.submit(f"{await page_of(told)}/assessments", **form)
    assert "Choose at least one day" in answer.text


async def test_an_address_changes_by_one_person_and_at_risk_by_two(crimes: Crimes) -> None:
    told = await crimes.make()
    path, browser = await page_of(told), await officer(told)
    for email, mobile, message in (
        ("not an address", "", "Enter an email address in the correct format"),
        ("", "12", "Enter a mobile number, like 07700 900982"),
        ("", "", "Enter an email address, a mobile number, or both"),
        (told.victims[0].email, "", "This is what we have already"),
    ):
        wrong = await browser.submit(f"{path}/contacts", email=email, mobile=mobile)
        assert (wrong.status_code, message in wrong.text) == (422, True), message
    changed = await browser.submit_and_follow(f"{path}/contacts", email="new@example.org", mobile="07700 900111")
    assert "The contact details have been changed" in changed.text
    assert "+447700900111" in changed.text
    assert (await told.audit("contact.changed")) == [{"email": True, "mobile": True}]
    feed = await told.world.ask(
        "avonside", "select type from app.feed_entry where force_id = $1 and case_id = $2", told.id
    )
    assert ("contact.changed",) in feed

    same = await browser.submit(f"{path}/contacts", email="NEW@example.org ", mobile="07700 900 111")
    assert (same.status_code, "This is what we have already" in same.text) == (422, True)

    risky = await crimes.at_risk()
    path = await page_of(risky)
    asked = await browser.submit_and_follow(f"{path}/contacts", email="other@example.org", mobile="")
    assert "A second person has to confirm it" in asked.text
    assert "Use the new ones" not in asked.text
    assert await waiting(risky, "confirm_address") == [["second_person"]]
    own = await browser.submit(f"{path}/confirmations", seen=await seen(risky, HUGO))
    assert (own.status_code, "Somebody else has to confirm this" in own.text) == (409, True)
    second = await opened(risky, HUGO)
    assert "Use the new ones" in (await second.get(path)).text
    unseen = await second.submit(f"{path}/confirmations", seen="0" * 32)
    assert unseen.status_code == 409
    done = await second.submit_and_follow(f"{path}/confirmations", seen=await seen(risky, HUGO))
    assert "The contact details have been changed" in done.text
    assert await waiting(risky, "confirm_address") == []


async def opened(told: Told, employee: Any) -> Browser:
    browser = await signed_in(told.world, employee)
    await browser.submit(f"{told.path}/openings", reason="To confirm a change")
    return browser


async def seen(told: Told, employee: Any) -> str:
    browser = await opened(told, employee)
    text = (await browser.get(await page_of(told))).text
    return text.split('name="seen" value="', 1)[1].split('"', 1)[0]


async def test_a_new_address_from_the_feed_is_answered_here(crimes: Crimes) -> None:
    told = await crimes.make()
    vera = told.victims[0]
    changed = vera.as_event(email="feed@example.org")
    await told.world.push("avonside", [event("victim.changed", told.reference, victim=changed)])
    path, browser = await page_of(told), await officer(told)
    shown = await browser.get(path)
    assert "feed@example.org" in shown.text
    mark = shown.text.split('name="seen" value="', 1)[1].split('"', 1)[0]
    kept = await browser.submit_and_follow(f"{path}/rejections", seen=mark)
    assert "The contact details stay as they are" in kept.text
    assert await waiting(told, "confirm_address") == []
    assert (await browser.submit(f"{path}/confirmations", seen=mark)).status_code == 409

    risky = await crimes.at_risk()
    changed = risky.victims[0].as_event(email="feed@example.org")
    later = event("victim.changed", risky.reference, victim=changed)
    await risky.world.push("avonside", [later])
    path = await page_of(risky)
    first = await browser.submit_and_follow(f"{path}/confirmations", seen=await seen(risky, HUGO))
    assert "A second person has to confirm it" in first.text
    # The feed puts something else in its place: nobody has put that forward, so it takes two again.
    changed = risky.victims[0].as_event(email="third@example.org")
    await risky.world.push("avonside", [event("victim.changed", risky.reference, victim=changed)])
    second = await opened(risky, HUGO)
    assert "third@example.org" in (await second.get(path)).text
    again = await second.submit_and_follow(f"{path}/confirmations", seen=await seen(risky, HUGO))
    assert "A second person has to confirm it" in again.text


async def test_what_staff_recorded_wins_over_the_feed(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    browser = await officer(told)
    await browser.submit(f"{await page_of(told)}/assessments", **found())
    other = told.victims[0].as_event(email="his@example.org", suitability="unsuitable", safety=[])
    await told.world.push("avonside", [event("victim.changed", told.reference, victim=other)])
    shown = (await browser.get(await page_of(told))).text
    assert told.victims[0].email in shown
    assert "his@example.org" not in shown
    await browser.submit(f"{await page_of(told)}/invites")
    provider = await drained(told.world, "avonside")
    assert "his@example.org" not in {message.to for message in provider.sent}
    assert await invites(told) == 1


async def test_an_unsuitable_service_ends_the_invitation(crimes: Crimes) -> None:
    told = await crimes.make("Vera", registered=False)
    token = await link(told)
    browser = await officer(told)
    form = {"suits": "unsuitable", "asked_none": "yes", "channel": "call", **ALWAYS}
    assert (await browser.submit(f"{await page_of(told)}/assessments", **form)).status_code == 303
    assert (await told.world.browser("avonside").get(f"/register/{token}")).status_code == 404
    assert await sent_to(told) == []


async def test_nobody_whom_the_service_does_not_suit_is_told_by_ourselves(crimes: Crimes) -> None:
    told = await crimes.make("Vera", safety=[])
    browser = await officer(told)
    form = {"suits": "unsuitable", "asked_none": "yes", "channel": "email", **ALWAYS}
    assert (await browser.submit(f"{await page_of(told)}/assessments", **form)).status_code == 303
    await sent_to(told)
    await told.world.push("avonside", [event("update.published", told.reference, text="News.")])
    assert await sent_to(told) == []
    assert ["unsuitable"] in await waiting(told, "tell_in_person")
    inbox = [(await browser.get(f"/staff/inbox?page={number}")).text for number in range(1, 9)]
    assert any("this service does not suit them" in page for page in inbox), "on whichever page, after others' tasks"


async def test_staff_invite_again_and_the_old_link_is_dead(crimes: Crimes) -> None:
    told = await crimes.make("Vera", registered=False)
    old = await link(told)
    browser = await officer(told)
    sent = await browser.submit_and_follow(f"{await page_of(told)}/invites")
    assert "An invitation is on its way" in sent.text
    visitor = told.world.browser("avonside")
    assert (await visitor.get(f"/register/{old}")).status_code == 404
    assert (await visitor.get(f"/register/{await link(told)}")).status_code == 200
    await told.world.register("avonside", told.victims[0])
    assert "They have registered already" in (await browser.get(await page_of(told))).text
    assert (await browser.submit(f"{await page_of(told)}/invites")).status_code == 409


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


async def test_strangers_are_refused(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    other = await crimes.make("Otto", registered=False)
    path = await page_of(told)
    for what in ("assessments", "contacts", "confirmations", "rejections", "invites"):
        await refuse_strangers(told.world, f"{path}/{what}", **found())
        browser = await officer(told)
        assert (await without_token(browser, f"{path}/{what}", **found())).status_code == 403
        # Somebody who is not on the case, and an officer who has not opened it.
        elsewhere = f"{told.path}/people/{await person_of(other)}/{what}"
        assert (await browser.submit(elsewhere, **found(), email="a@example.org", seen="x")).status_code == 404
        priya = await signed_in(told.world, PRIYA)
        assert (await priya.submit(f"{path}/{what}", **found(), email="a@example.org")).status_code == 404
    assert (await (await officer(told)).get(f"{told.path}/people/{await person_of(other)}")).status_code == 404
    hannah = await signed_in(told.world, HANNAH)
    assert (await hannah.get(path)).headers["location"] == told.path
    assert (await invites(told), await sent_to(told)) == (0, [])


async def test_looking_at_somebody_is_recorded(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    browser = await officer(told)
    before = len(await told.audit("case.read"))
    page = (await browser.get(await page_of(told))).text
    assert told.reference not in page
    assert len(await told.audit("case.read")) == before + 1


async def test_safe_hours_are_those_of_london() -> None:
    safe = SafeContact(SafeChannel.EMAIL, (0, 2), 9, 17)
    assert safe.next_moment(MONDAY) == MONDAY
    assert safe.next_moment(MONDAY.replace(hour=5)) == MONDAY.replace(hour=9)
    assert safe.next_moment(MONDAY.replace(hour=16, minute=55)) == datetime(2026, 12, 2, 9, tzinfo=UTC)
    summer = datetime(2026, 7, 6, 7, 30, tzinfo=UTC)
    assert safe.next_moment(summer) == datetime(2026, 7, 6, 8, tzinfo=UTC)
    only = SafeContact(SafeChannel.EMAIL, (0,), 9, 10)
    assert only.next_moment(MONDAY) == datetime(2026, 12, 7, 9, tzinfo=UTC)
