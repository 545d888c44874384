"""A new number for texts is used by nobody until the code that went to it is typed; whoever guesses gets nowhere."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.cast import CAROL, Browser, Victim, World, event
from tests.domain.test_notifications import Provider, drained
from tests.web.staff.assessed import invited_at_risk
from tests.web.staff.conftest import Crimes
from tests.web.victim.test_account import refuse_strangers, signed_in
from tests.web.victim.test_resets import NEW, choose, link, put_at_risk, registered, town
from trackmycrime.gateways.text import Text
from trackmycrime.kit.time import now

pytestmark = pytest.mark.asyncio(loop_scope="session")
PATH = "/settings/number"
FIRST, SECOND = "07700 900201", "07700 900202"


def texts(provider: Provider) -> list[Text]:
    return [message for message in provider.sent if isinstance(message, Text)]


async def code_sent(world: World, slug: str, to: str) -> str:
    """Return the code that goes out to a number now, and look at how it is said."""
    (text,) = texts(await drained(world, slug))
    assert text.to == "+44" + to.replace(" ", "")[1:]
    found = re.fullmatch(r"(\d{6}) is your code\. Nobody will ever ask you for it\.", text.body)
    assert found, text.body
    return found[1]


async def confirm(world: World, slug: str, browser: Browser, number: str) -> None:
    """Give a number, and type the code that comes to it."""
    await browser.get("/settings")
    asked = await browser.submit("/settings", email_on="yes", text_on="yes", mobile=number)
    assert asked.headers["location"] == PATH
    await browser.get(PATH)
    done = await browser.submit_and_follow(PATH, code=await code_sent(world, slug, number))
    assert "We now use your new number" in done.text


async def told_by_text(world: World, slug: str, victim: Victim) -> list[str]:
    await world.push(slug, [event("update.published", victim.reference, text="News.")])
    return [text.to for text in texts(await drained(world, slug))]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


async def test_a_number_is_used_once_its_code_is_typed_and_the_old_one_until_then(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    assert (await home.get(PATH)).headers["location"] == "/settings", "nothing waits"
    await home.get("/settings")
    assert (await home.submit("/settings", text_on="yes", mobile=FIRST)).headers["location"] == PATH
    page = (await home.get(PATH)).text
    assert "07700 900201" in page
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    first = await code_sent(world, slug, FIRST)
    assert await told_by_text(world, slug, vera) == []
    for typed, said in (
        (wrong(first), "This is not the code that we sent"),
        ("12345", "Enter the 6 figures"),
        ("", "Enter the 6"),
    ):
        refused = await home.submit(PATH, code=typed)
        assert (refused.status_code, said in refused.text) == (422, True)
        assert f'value="{typed}"' in refused.text or not typed
    assert await told_by_text(world, slug, vera) == []
    done = await home.submit_and_follow(PATH, code=f" {first[:3]} {first[3:]} ")
    assert "We now use your new number" in done.text
    assert await told_by_text(world, slug, vera) == ["+447700900201"]
    assert (await home.submit(PATH, code=first)).headers["location"] == "/settings", "a code works once"

    await home.get("/settings")
    assert (await home.submit("/settings", text_on="yes", mobile=SECOND)).headers["location"] == PATH
    second = await code_sent(world, slug, SECOND)
    assert await told_by_text(world, slug, vera) == ["+447700900201"], "the old number stays in use"
    settings = (await home.get("/settings")).text
    assert "We have sent a code to 07700 900202" in settings
    assert 'value="07700 900201"' in settings
    same = await home.submit_and_follow("/settings", text_on="yes", mobile=FIRST)
    assert "Your settings have been saved" in same.text
    assert (await home.submit(PATH, code=second)).headers["location"] == "/settings?done=number"
    assert await told_by_text(world, slug, vera) == ["+447700900202"]
    await refuse_strangers(world, PATH, code=second)
    for stranger, led in ((world.browser(slug), 303), (await signed_in(world, "brackenshire", CAROL), 404)):
        assert (await stranger.submit(PATH + "/codes")).status_code == led
    assert texts(await drained(world, "brackenshire")) == []


async def test_a_code_is_its_owners_alone_and_the_newest_one_alone(world: World) -> None:
    slug = await town(world)
    vera, walter = await registered(world, slug), await registered(world, slug)
    hers, his = await signed_in(world, slug, vera), await signed_in(world, slug, walter)
    await hers.submit("/settings", text_on="yes", mobile="07700 900203")
    veras = await code_sent(world, slug, "07700 900203")
    await his.submit("/settings", text_on="yes", mobile="07700 900204")
    walters = await code_sent(world, slug, "07700 900204")
    assert veras != walters
    assert (await his.submit(PATH, code=veras)).status_code == 422
    assert "We have sent another code" in (await hers.submit_and_follow(PATH + "/codes")).text
    newer = await code_sent(world, slug, "07700 900203")
    if newer != veras:
        assert (await hers.submit(PATH, code=veras)).status_code == 422
    assert (await hers.submit(PATH, code=newer)).status_code == 303
    assert await told_by_text(world, slug, walter) == []
    rows = await world.ask(slug, "select t::text from app.text_code t where force_id = $1")
    assert rows
    for (row,) in rows:
        for secret in (veras, walters, newer, "900203", "900204"):
            assert secret not in row, "neither codes nor numbers can be read in the table"
    stored = await world.ask(slug, "select detail::text from app.audit where force_id = $1 and what like 'code.%'")
    assert stored
    assert not any(secret in row for (row,) in stored for secret in (veras, "900203"))


async def test_after_five_wrong_codes_the_right_one_is_refused_too(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    await home.submit("/settings", text_on="yes", mobile="07700 900205")
    code = await code_sent(world, slug, "07700 900205")
    assert [(await home.submit(PATH, code=wrong(code))).status_code for _ in range(5)] == [422] * 5
    late = await home.submit(PATH, code=code)
    assert (late.status_code, "does not work any more" in late.text) == (409, True)
    assert 'name="code"' not in late.text
    assert "Send another code" in late.text
    assert await told_by_text(world, slug, vera) == []


@pytest.mark.parametrize(("minutes", "status"), [(9, 303), (11, 409)])
async def test_a_code_works_for_ten_minutes(world: World, minutes: int, status: int) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    number = f"07700 9002{minutes + 20}"
    await home.submit("/settings", text_on="yes", mobile=number)
    code = await code_sent(world, slug, number)
    past = f"update app.text_code set expires_at = expires_at - interval '{minutes} minutes' where force_id = $1 and state = 'open' returning 1"
    await world.ask(slug, past)
    assert (await home.submit(PATH, code=code)).status_code == status


async def test_no_more_than_three_codes_an_hour_go_to_a_person_or_to_a_number(world: World) -> None:
    slug = await town(world)
    vera, walter = await registered(world, slug), await registered(world, slug)
    hers, his = await signed_in(world, slug, vera), await signed_in(world, slug, walter)
    with time_machine.travel((now() + timedelta(hours=1)).replace(minute=5), tick=True):
        for number in ("07700 900207", "07700 900208", "07700 900206"):
            await hers.submit("/settings", text_on="yes", mobile=number)
            await code_sent(world, slug, number)
        await his.submit("/settings", text_on="yes", mobile="07700 900206")
        await code_sent(world, slug, "07700 900206")
        slow = await hers.submit("/settings", email_on="yes", no_link="yes", mobile="07700 900209")
        assert (slow.status_code, "There have been too many tries" in slow.text) == (429, True)
        assert int(slow.headers["retry-after"]) > 0
        assert 'value="07700 900209"' in slow.text
        assert (await hers.submit(PATH + "/codes")).status_code == 429
        assert (await his.submit(PATH + "/codes")).status_code == 303
        await code_sent(world, slug, "07700 900206")
        full = await his.submit(PATH + "/codes")
        assert full.status_code == 429, "the number has had its three, whoever asked for them"
        assert texts(await drained(world, slug)) == []


async def test_nobody_at_risk_is_sent_a_code_nor_uses_a_number_of_their_own(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    await home.submit("/settings", text_on="yes", mobile="07700 900210")
    await put_at_risk(world, slug, vera)
    assert texts(await drained(world, slug)) == [], "what waits to be sent is asked about again"
    page = (await home.get("/settings")).text
    assert "What you agreed with the police comes first" in page
    assert 'name="mobile"' not in page
    for path, form in ((PATH, {"code": "123456"}), (PATH + "/codes", {})):
        refused = await home.submit(path, **form)
        assert (refused.status_code, "Only the police can change the number" in refused.text) == (409, True)
    saved = await home.submit("/settings", email_on="yes", mobile="07700 900211")
    assert saved.headers["location"] == "/settings?done=saved"
    assert texts(await drained(world, slug)) == []


async def test_the_way_that_staff_recorded_wins_over_a_number_that_is_typed(world: World) -> None:
    told, token, code = await invited_at_risk(Crimes(world), "text", mobile="+447700900212")
    await drained(world, "avonside")
    vera = told.victims[0]
    browser = world.browser("avonside")
    await browser.submit(f"/register/{token}", **vera.with_password(code=code))
    page = (await browser.get("/settings")).text
    assert "07700 900212" in page
    assert 'name="mobile"' not in page
    await browser.submit("/settings", email_on="yes", text_on="yes", mobile="07700 900213")
    assert await told_by_text(world, "avonside", vera) == ["+447700900212"]


async def test_what_was_typed_is_kept_beside_a_wrong_number(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    wrong_number = await home.submit("/settings", text_on="yes", no_link="yes", mobile="0770 sofa")
    assert wrong_number.status_code == 422
    assert "Enter a mobile number, like 07700 900982" in wrong_number.text
    assert 'value="0770 sofa"' in wrong_number.text
    ticked = {
        name: " checked" in wrong_number.text.split(f'name="{name}"', 1)[1].split(">", 1)[0]
        for name in ("email_on", "text_on", "no_link")
    }
    assert ticked == {"email_on": False, "text_on": True, "no_link": True}
    kept = (await home.get("/settings")).text
    assert " checked" in kept.split('name="email_on"', 1)[1].split(">", 1)[0], "nothing of it was saved"


async def test_after_a_reset_by_a_link_the_number_is_frozen_for_72_hours(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    await home.submit("/settings", text_on="yes", mobile="07700 900214")
    await drained(world, slug)
    assert (await choose(world, slug, await link(world, slug, vera))).status_code == 303
    vera.password = NEW
    again = await signed_in(world, slug, vera)
    frozen = await again.submit("/settings", text_on="yes", no_link="yes", mobile="07700 900215")
    assert (frozen.status_code, "For 3 days after that nobody can change the number" in frozen.text) == (409, True)
    assert 'value="07700 900215"' in frozen.text
    for path, form in ((PATH, {"code": "123456"}), (PATH + "/codes", {})):
        assert (await again.submit(path, **form)).status_code == 409
    assert texts(await drained(world, slug)) == []
    assert (await again.submit("/settings", email_on="yes", mobile="")).headers["location"] == "/settings?done=saved"
    past = "update app.reset set expires_at = expires_at - interval '73 hours' where force_id = $1 and state = 'used' returning 1"
    await world.ask(slug, past)
    assert (await again.submit("/settings", text_on="yes", mobile="07700 900215")).headers["location"] == PATH
