"""An authenticator app: a second step on devices that are not known, where each code is good once and guessing is slow."""

import html
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
import time_machine
from pyotp.totp import TOTP

from tests.cast import Browser, Victim, World
from tests.domain.test_notifications import drained
from tests.drill.people import new_force
from tests.web.victim.test_account import refuse_strangers, signed_in
from tests.web.victim.test_card import card_of, come
from tests.web.victim.test_devices import at_home
from tests.web.victim.test_resets import choose, fresh, link, registered
from trackmycrime.web.common.visit import DEVICE_COOKIE, HALFWAY_COOKIE, SESSION_COOKIE

pytestmark = pytest.mark.asyncio(loop_scope="session")
SET_UP, CONFIRM = "/settings/sign-in/app", "/settings/sign-in/app/confirmation"


def later(minutes: float) -> time_machine.travel:
    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes), tick=False)


def key_in(page: str) -> str:
    (key,) = re.findall(r'class="tmc-key">([A-Z2-7 ]+)</code>', page)
    return key.replace(" ", "")


def code(secret: str, *, steps: int = 0) -> str:
    return TOTP(secret).generate_otp(int(datetime.now(UTC).timestamp()) // 30 + steps)


async def with_app(world: World, slug: str) -> tuple[Victim, Browser, str]:
    """Return somebody who has an app, where she set it up, and the app's secret."""
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    await home.get(SET_UP)
    page = await home.submit_and_follow(SET_UP, password=vera.password)
    secret = key_in(page.text)
    done = await home.submit_and_follow(CONFIRM, code=code(secret))
    assert "Your app has been set up" in done.text
    await drained(world, slug)
    return vera, home, secret


async def half_way(world: World, slug: str, victim: Victim, **more: str) -> Browser:
    """Return a browser that nobody knows, after the right password."""
    browser = fresh(world, slug)
    answer = await browser.submit("/sign-in", **victim.typed(password=victim.password, **more))
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in/code")
    assert SESSION_COOKIE not in browser.http.cookies
    return browser


async def give(browser: Browser, typed: str) -> httpx.Response:
    return await browser.submit("/sign-in/code", code=typed)


async def test_on_an_unknown_device_the_password_opens_nothing_until_the_app_s_code_comes(world: World) -> None:
    slug = await new_force(world)
    vera, _home, secret = await with_app(world, slug)
    browser = await half_way(world, slug, vera, next="/settings")
    for path in ("/messages", "/settings", "/settings/sign-in", "/progress", "/my-case"):
        assert (await browser.get(path)).headers["location"].startswith("/sign-in"), path
    assert (await browser.get("/signed-in")).status_code == 303
    page = await browser.get("/sign-in/code?next=/settings")
    assert "Enter your code" in page.text
    for secret_thing in (vera.reference, vera.last_name, vera.name):
        assert secret_thing not in page.text
    with later(1):
        wrong = await give(browser, "000000")
        assert (wrong.status_code, "This code does not work" in wrong.text) == (422, True)
        right = await browser.submit("/sign-in/code", code=code(secret), next="/settings")
        assert (right.status_code, right.headers["location"]) == (303, "/settings")
    assert SESSION_COOKIE in browser.http.cookies
    assert DEVICE_COOKIE in browser.http.cookies
    assert HALFWAY_COOKIE not in browser.http.cookies
    assert vera.email in (await browser.get("/settings")).text


async def test_on_her_own_device_the_password_alone_stays_enough(world: World) -> None:
    slug = await new_force(world)
    vera, home, secret = await with_app(world, slug)
    await home.get("/sign-out")
    assert (await home.submit("/sign-in", password=vera.password)).headers["location"] == "/messages"
    await home.get("/sign-out")
    by_facts = await home.submit("/sign-in", **vera.typed(password=vera.password))
    assert by_facts.headers["location"] == "/messages"
    walter = await registered(world, slug)
    his = await at_home(world, slug, walter)
    elsewhere = await his.submit("/sign-in", **vera.typed(password=vera.password))
    assert elsewhere.headers["location"] == "/sign-in/code", "a device that knows somebody else does not know her"
    with later(1):
        assert (await give(his, code(secret))).status_code == 303


async def test_to_who_does_not_know_the_password_it_looks_as_if_there_were_no_app(world: World) -> None:
    slug = await new_force(world)
    vera, _home, _secret = await with_app(world, slug)
    walter = await registered(world, slug)
    wrong = {"password": "a wrong guess of some length"}
    tries = [await fresh(world, slug).submit("/sign-in", **who.typed(**wrong)) for who in (vera, walter)]
    texts = [answer.text.replace(who.reference, "REF") for answer, who in zip(tries, (vera, walter), strict=True)]
    assert texts[0] == texts[1]
    assert [answer.status_code for answer in tries] == [422, 422]
    assert tries[0].headers.keys() == tries[1].headers.keys()


async def test_a_code_is_good_once_and_no_older_one_after_it(world: World) -> None:
    slug = await new_force(world)
    vera, _home, secret = await with_app(world, slug)
    just_confirmed = code(secret)
    assert (await give(await half_way(world, slug, vera), just_confirmed)).status_code == 422, "that was the first use"
    with later(2):
        used = code(secret)
        assert (await give(await half_way(world, slug, vera), used)).status_code == 303
        replayed = await half_way(world, slug, vera)
        assert (await give(replayed, used)).status_code == 422
        assert (await give(replayed, code(secret, steps=-1))).status_code == 422
        assert (await give(replayed, code(secret, steps=2))).status_code == 422, "two steps off"
        assert (await give(replayed, code(secret, steps=1))).status_code == 303, "a clock may be a step off"


async def test_after_five_wrong_codes_one_begins_again(world: World) -> None:
    slug = await new_force(world)
    vera, _home, secret = await with_app(world, slug)
    with later(1):
        browser = await half_way(world, slug, vera)
        statuses = [(await give(browser, f"00000{n}")).status_code for n in range(5)]
        assert statuses == [422] * 4 + [404]
        gone = await give(browser, code(secret))
        assert (gone.status_code, "Start again" in gone.text, 'name="crime_reference"' in gone.text) == (
            404,
            True,
            True,
        )
        assert (await browser.get("/sign-in/code")).headers["location"] == "/sign-in"


async def test_who_knows_the_password_guesses_few_codes_and_keeps_nobody_out(world: World) -> None:
    slug = await new_force(world)
    vera, home, secret = await with_app(world, slug)
    (first, *_rest) = await card_of(home, vera)
    with later(1):
        heard = 0
        for _round in range(6):
            guesser = await half_way(world, slug, vera)
            for n in range(5):
                answer = await give(guesser, f"00000{n}")
                heard += answer.status_code != 429
        assert heard <= 10
        hers = await half_way(world, slug, vera)
        assert (await give(hers, code(secret))).status_code == 429
        assert (await give(hers, first)).status_code == 303, "a code from the card always works"
        await home.get("/sign-out")
        assert (await home.submit("/sign-in", password=vera.password)).status_code == 303, "and so does her own device"


async def test_the_card_s_code_takes_the_place_of_the_second_step(world: World) -> None:
    slug = await new_force(world)
    vera, home, _secret = await with_app(world, slug)
    codes = await card_of(home, vera)
    assert (await come(world, slug, vera, codes[0])).headers["location"] == "/messages"
    browser = await half_way(world, slug, vera)
    assert (await give(browser, codes[0])).status_code == 422, "it was used"
    assert (await give(browser, codes[1])).status_code == 303


async def test_half_way_is_one_browser_for_ten_minutes_and_ends_with_the_password(world: World) -> None:
    slug = await new_force(world)
    vera, home, secret = await with_app(world, slug)
    walter, _his, his_secret = await with_app(world, slug)
    hers, his, nobody = await half_way(world, slug, vera), await half_way(world, slug, walter), fresh(world, slug)
    elsewhere, late = fresh(world, "brackenshire"), await half_way(world, slug, vera)
    elsewhere.http.cookies.set(HALFWAY_COOKIE, hers.http.cookies[HALFWAY_COOKIE])
    nobody.http.cookies.set(HALFWAY_COOKIE, uuid4().hex)
    await world.ask(
        slug, "update app.halfway set made_at = made_at - interval '11 minutes' where force_id = $1 returning 1"
    )
    assert (await late.get("/sign-in/code")).headers["location"] == "/sign-in"
    hers, his = await half_way(world, slug, vera), await half_way(world, slug, walter)
    with later(1):
        for browser, typed in ((late, secret), (elsewhere, secret), (nobody, secret)):
            assert (await give(browser, code(typed))).status_code == 404
        assert (await give(his, code(secret))).status_code == 422, "her code is not his"
        assert (await give(hers, code(his_secret))).status_code == 422
        await home.get("/settings/password")
        new = "seven green kettles on a wall"
        changed = {"current_password": vera.password, "password": new, "repeat_password": new}
        assert (await home.submit("/settings/password", **changed)).status_code == 303
        assert (await give(hers, code(secret))).status_code == 404, "the password is another by now"


async def test_a_locked_account_is_not_finished_either(world: World) -> None:
    slug = await new_force(world)
    vera, home, secret = await with_app(world, slug)
    browser = await half_way(world, slug, vera)
    await home.get("/settings/lock")
    await home.submit("/settings/lock")
    with later(1):
        assert (await give(browser, code(secret))).status_code == 404
    assert SESSION_COOKIE not in browser.http.cookies


async def test_on_a_shared_device_nothing_is_remembered_after_the_code(world: World) -> None:
    slug = await new_force(world)
    vera, _home, secret = await with_app(world, slug)
    browser = await half_way(world, slug, vera, shared="yes")
    with later(1):
        assert (await give(browser, code(secret))).status_code == 303
    assert DEVICE_COOKIE not in browser.http.cookies
    assert "when you do nothing for 5 minutes" in (await browser.get("/messages")).text


async def test_an_app_is_set_up_by_who_knows_the_password_in_one_session(world: World) -> None:
    slug = await new_force(world)
    vera = await registered(world, slug)
    home, other = await signed_in(world, slug, vera), await signed_in(world, slug, vera)
    await home.get(SET_UP)
    assert (await home.submit(SET_UP, password="not her password at all")).status_code == 422
    assert (await home.get(CONFIRM)).headers["location"] == "/settings/sign-in", "nothing was begun"
    page = (await home.submit_and_follow(SET_UP, password=vera.password)).text
    secret = key_in(page)
    assert "<svg" in page
    link_of_app = html.unescape(page.split('href="otpauth:', 1)[1].split('"', 1)[0])
    assert "Online%20account" in link_of_app
    for name in (slug, "olice", vera.name, vera.reference):
        assert name not in link_of_app, "what the app's list shows names nobody and no police"
    assert (await other.get(CONFIRM)).headers["location"] == "/settings/sign-in", "another session of hers sees no key"
    wrong = await home.submit(CONFIRM, code="000000")
    assert (wrong.status_code, key_in(wrong.text)) == (422, secret)
    assert (await fresh(world, slug).sign_in(vera)).status_code == 200, "until it is confirmed nothing changes"
    assert "has been set up" in (await home.submit_and_follow(CONFIRM, code=code(secret))).text
    assert (await other.get("/messages")).status_code == 303, "everybody else is signed out"
    assert 'name="crime_reference"' in (await other.get("/sign-in")).text, "and no other device is known any more"
    assert (await home.get(CONFIRM)).headers["location"] == "/settings/sign-in"
    again = await home.submit(SET_UP, password=vera.password)
    assert (again.status_code, "Remove the old one first" in again.text) == (409, True)
    assert "An app for codes was added to your account." in (await home.get("/messages")).text
    stored = await world.ask(slug, "select encode(content, 'escape') from app.factor where force_id = $1")
    assert all(secret not in content for (content,) in stored)
    await refuse_strangers(world, SET_UP, password="x")
    await refuse_strangers(world, CONFIRM, code="000000")


async def test_with_an_app_eight_characters_are_enough_and_never_without_one(world: World) -> None:
    slug = await new_force(world)
    vera, home, secret = await with_app(world, slug)
    assert "8 characters or more" in (await home.get("/settings/password")).text
    short = "kx4!tulip"
    for new, status in (("kx4!tul", 422), (short, 303)):
        changed = {"current_password": vera.password, "password": new, "repeat_password": new}
        assert (await home.submit("/settings/password", **changed)).status_code == status
    vera.password = short
    with later(1):
        assert (await give(await half_way(world, slug, vera), code(secret))).status_code == 303
    ways = (await home.get("/settings/sign-in")).text
    (remove,) = re.findall(r'href="(/settings/sign-in/factors/[^"]+)"', ways)
    await home.get(remove)
    kept = await home.submit(remove, password=short)
    assert (kept.status_code, "Your password is short" in kept.text) == (422, True)
    gone = "delete from app.factor where force_id = $1 and kind = 'authenticator' returning 1"
    await world.ask(slug, gone)
    assert (await fresh(world, slug).sign_in(vera)).status_code == 422, "it cannot stand alone"
    reset = await link(world, slug, vera)
    assert (await choose(world, slug, reset, "another8")).status_code == 422


async def test_a_new_password_by_a_link_does_not_take_the_second_step_away(world: World) -> None:
    slug = await new_force(world)
    vera, _home, secret = await with_app(world, slug)
    new = "seven green kettles on a wall"
    assert (await choose(world, slug, await link(world, slug, vera), new)).status_code == 303
    vera.password = new
    browser = await half_way(world, slug, vera)
    with later(1):
        assert (await give(browser, code(secret))).status_code == 303
