"""A sign-in on a new device is told by the safe channel, says nothing there, and is never told where that might endanger."""

import pytest

from tests.cast import Browser, Victim, World
from tests.domain.test_notifications import drained, to
from tests.web.staff.assessed import invited_at_risk
from tests.web.staff.assessed import link as invitation
from tests.web.staff.conftest import Crimes
from tests.web.victim.test_account import signed_in
from tests.web.victim.test_devices import at_home
from tests.web.victim.test_resets import fresh, put_at_risk, registered, tasks_about, town
from trackmycrime.gateways.text import Text

pytestmark = pytest.mark.asyncio(loop_scope="session")
SAID = "Your account was opened on a new device"


async def notices(world: World, slug: str, victim: Victim) -> int:
    sql = """select count(*) from app.timeline_entry t join app.person p on p.force_id = $1 and t.persons = array[p.id]
             where t.force_id = $1 and t.topic = 'new_device' and p.source_id = $2"""
    ((found,),) = await world.ask(slug, sql, victim.person)
    return found


async def back(browser: Browser, victim: Victim, **more: str) -> None:
    signed = await browser.submit("/sign-in", **victim.typed(), password=victim.password, **more)
    assert signed.status_code == 303


async def test_a_new_device_is_told_once_and_the_message_says_nothing_of_it(world: World) -> None:
    slug = await town(world)
    vera, walter = await registered(world, slug), await registered(world, slug)
    home = fresh(world, slug)
    page = await home.sign_in(vera)
    assert page.text.count(SAID) == 1
    (email,) = to(await drained(world, slug), vera)
    assert email.subject == "You have a new message"
    for told in (email.subject, email.text, email.html):
        for word in ("device", "signed in", "password was", vera.reference, vera.name):
            assert word not in told
    await home.get("/sign-out")
    await back(home, vera)
    await home.get("/sign-out")
    assert (await home.submit("/sign-in", password=vera.password)).status_code == 303
    assert to(await drained(world, slug), vera) == [], "a device that is known"
    await back(fresh(world, slug), vera)
    assert len(to(await drained(world, slug), vera)) == 1
    assert await notices(world, slug, vera) == 2
    assert SAID not in (await (await at_home(world, slug, walter)).get("/messages")).text
    his = await signed_in(world, slug, walter)
    assert SAID in (await his.get("/messages")).text
    assert await notices(world, slug, vera) == 2, "each in their own account alone"


async def test_registering_is_no_new_device_and_a_shared_one_is_always_new(world: World) -> None:
    told = await Crimes(world).make("Vera", registered=False)
    vera = told.victims[0]
    browser = world.browser("avonside")
    await drained(world, "avonside")
    done = await browser.submit(f"/register/{await invitation(told)}", **vera.with_password())
    assert done.headers["location"] == "/messages"
    await browser.get("/sign-out")
    await back(browser, vera)
    assert to(await drained(world, "avonside"), vera) == []
    assert await notices(world, "avonside", vera) == 0
    shared = fresh(world, "avonside")
    for number in (1, 2):  # somebody else who ticks the box must not stay unseen
        await back(shared, vera, shared="yes")
        assert len(to(await drained(world, "avonside"), vera)) == 1
        assert await notices(world, "avonside", vera) == number
        await shared.get("/sign-out")


async def test_a_wrong_password_on_a_new_device_tells_nobody(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    wrong = Victim(vera.name, vera.last_name, vera.reference, vera.email, password="not her password at all")
    assert (await fresh(world, slug).sign_in(wrong)).status_code == 422
    assert to(await drained(world, slug), vera) == []
    assert await notices(world, slug, vera) == 0


async def test_whom_we_never_tell_by_ourselves_is_not_told_and_sees_where_she_is_signed_in(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    await put_at_risk(world, slug, vera)
    home = await signed_in(world, slug, vera)
    assert SAID not in (await home.get("/messages")).text
    assert to(await drained(world, slug), vera) == []
    assert await notices(world, slug, vera) == 0
    assert await tasks_about(world, slug, vera, "tell_in_person") == []
    assert "You are using it now" in (await home.get("/settings/sessions")).text


async def test_who_is_put_at_risk_before_it_leaves_is_not_told_and_no_person_has_to(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    await signed_in(world, slug, vera)
    await put_at_risk(world, slug, vera)
    assert to(await drained(world, slug), vera) == []
    assert await tasks_about(world, slug, vera, "tell_in_person") == []


async def test_at_risk_it_goes_by_the_safe_channel_alone(world: World) -> None:
    told, token, code = await invited_at_risk(Crimes(world), "text", mobile="+447700900233")
    await drained(world, "avonside")
    vera = told.victims[0]
    await world.browser("avonside").submit(f"/register/{token}", **vera.with_password(code=code))
    await drained(world, "avonside")
    await back(fresh(world, "avonside"), vera)
    mine = {vera.email, "+447700900233"}
    (text,) = [message for message in (await drained(world, "avonside")).sent if message.to in mine]
    assert isinstance(text, Text)
    assert (text.to, "http" in text.body, "avonside" in text.body) == ("+447700900233", False, False)
