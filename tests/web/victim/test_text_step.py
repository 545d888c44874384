"""Codes by text: a second step on devices that are not known, to the one number that its owner has confirmed."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.cast import Browser, Victim, World
from tests.domain.test_notifications import drained
from tests.drill.people import new_force
from tests.web.victim.test_account import refuse_strangers, signed_in
from tests.web.victim.test_authenticator import give, half_way
from tests.web.victim.test_card import card_of, come
from tests.web.victim.test_numbers import FIRST, SECOND, code_sent, confirm, texts, wrong
from tests.web.victim.test_resets import fresh, put_at_risk, registered
from trackmycrime.kit.time import now
from trackmycrime.web.common.visit import SESSION_COOKIE

pytestmark = pytest.mark.asyncio(loop_scope="session")
SET_UP, AGAIN = "/settings/sign-in/text", "/sign-in/code/texts"


async def with_texts(world: World, slug: str) -> tuple[Victim, Browser]:
    """Return somebody who has turned codes by text on, and where she did."""
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    await confirm(world, slug, home, FIRST)
    assert "to 07700 900201" in (await home.get(SET_UP)).text
    done = await home.submit_and_follow(SET_UP, password=vera.password)
    assert "Codes by text have been turned on" in done.text
    await drained(world, slug)
    return vera, home


async def codes_sent(world: World, slug: str) -> list[str]:
    """Return the codes that go out now, each to the one number; word of something new may go out as well."""
    sent = texts(await drained(world, slug))
    assert {text.to for text in sent} <= {"+447700900201"}
    return [found[1] for text in sent if (found := re.match(r"(\d{6}) is your code", text.body))]


async def test_on_an_unknown_device_the_password_opens_nothing_until_the_code_that_was_sent_comes(world: World) -> None:
    slug = await new_force(world)
    vera, _home = await with_texts(world, slug)
    stranger = fresh(world, slug)
    assert (await stranger.submit("/sign-in", **vera.typed(password="a wrong guess of some length"))).status_code == 422
    assert await codes_sent(world, slug) == [], "nobody without the password has a text sent"
    browser = await half_way(world, slug, vera, next="/settings")
    assert (await browser.get("/messages")).headers["location"].startswith("/sign-in")
    page = (await browser.get("/sign-in/code?next=/settings")).text
    assert "ends in 201" in page
    assert "07700" not in page
    (code,) = await codes_sent(world, slug)
    refused = await give(browser, wrong(code))
    assert (refused.status_code, "This code does not work" in refused.text) == (422, True)
    right = await browser.submit("/sign-in/code", code=f"{code[:3]} {code[3:]}", next="/settings")
    assert (right.status_code, right.headers["location"]) == (303, "/settings")
    assert SESSION_COOKIE in browser.http.cookies
    replayed = await half_way(world, slug, vera)
    assert (await give(replayed, code)).status_code == 422, "a code works once"


async def test_on_her_own_device_the_password_alone_stays_enough_and_no_text_is_sent(world: World) -> None:
    slug = await new_force(world)
    vera, home = await with_texts(world, slug)
    await home.get("/sign-out")
    assert (await home.submit("/sign-in", password=vera.password)).headers["location"] == "/messages"
    assert await codes_sent(world, slug) == []


async def test_turning_them_on_signs_everybody_else_out(world: World) -> None:
    slug = await new_force(world)
    vera = await registered(world, slug)
    other, home = await signed_in(world, slug, vera), await signed_in(world, slug, vera)
    await confirm(world, slug, home, FIRST)
    await home.get(SET_UP)
    wrong_one = await home.submit(SET_UP, password="not her password at all")
    assert (wrong_one.status_code, "This is not your password" in wrong_one.text) == (422, True)
    assert (await other.get("/messages")).status_code == 200
    await home.submit(SET_UP, password=vera.password)
    assert (await other.get("/messages")).status_code == 303
    assert (await home.get("/messages")).status_code == 200
    assert "Codes by text were turned on" in (await home.get("/messages")).text
    assert (await home.submit(SET_UP, password=vera.password)).status_code == 409, "there is one at most"


async def test_the_newest_code_counts_and_the_card_is_heard_when_no_more_are_sent(world: World) -> None:
    slug = await new_force(world)
    vera, home = await with_texts(world, slug)
    codes = await card_of(home, vera)
    with time_machine.travel(now() + timedelta(hours=1, minutes=1)):
        browser = await half_way(world, slug, vera)
        (first,) = await codes_sent(world, slug)
        await browser.get("/sign-in/code")
        again = await browser.submit_and_follow(AGAIN)
        assert "We have sent another code" in again.text
        (second,) = await codes_sent(world, slug)
        assert (await give(browser, first)).status_code == (422 if first != second else 303)
        assert (await browser.submit(AGAIN)).status_code == 303
        slower = await browser.submit(AGAIN)
        assert slower.status_code == 429
        assert 'name="code"' in slower.text, "what can still be done is there"
        assert (await give(browser, codes[0])).status_code == 303
    assert (await come(world, slug, vera, codes[1])).status_code == 303, "the card needs no text"


async def test_a_code_for_a_number_is_none_for_signing_in(world: World) -> None:
    slug = await new_force(world)
    vera, home = await with_texts(world, slug)
    await home.get("/settings")
    for chosen in ({"text_on": "yes", "mobile": SECOND}, {"mobile": ""}):
        changed = await home.submit("/settings", **chosen)
        assert (changed.status_code, "First turn them off" in changed.text) == (422, True)
    assert await codes_sent(world, slug) == [], "whoever holds her session alone moves the codes nowhere"
    walter = await registered(world, slug)
    his = await signed_in(world, slug, walter)
    await his.get("/settings")
    await his.submit("/settings", text_on="yes", mobile=SECOND)
    for_number = await code_sent(world, slug, SECOND)
    browser = await half_way(world, slug, vera)
    assert (await give(browser, for_number)).status_code == 422


async def test_where_staff_say_how_she_is_reached_no_code_goes_out_and_none_is_asked_for(world: World) -> None:
    slug = await new_force(world)
    vera, _home = await with_texts(world, slug)
    begun = await half_way(world, slug, vera)
    assert len(await codes_sent(world, slug)) == 1
    await put_at_risk(world, slug, vera)
    assert (await begun.submit(AGAIN)).status_code == 409
    answer = await fresh(world, slug).submit("/sign-in", **vera.typed(password=vera.password))
    assert (answer.status_code, answer.headers["location"]) == (303, "/messages")
    assert await codes_sent(world, slug) == []


async def test_turned_off_with_the_password_the_password_is_enough_again(world: World) -> None:
    slug = await new_force(world)
    vera, home = await with_texts(world, slug)
    (removal,) = re.findall(
        r'href="(/settings/sign-in/factors/[^"]+/removal)"', (await home.get("/settings/sign-in")).text
    )
    await home.get(removal)
    assert (await home.submit(removal, password=vera.password)).status_code == 303
    assert "Codes by text were turned off" in (await home.get("/messages")).text
    answer = await fresh(world, slug).submit("/sign-in", **vera.typed(password=vera.password))
    assert answer.headers["location"] == "/messages"
    assert await codes_sent(world, slug) == []


async def test_without_a_number_or_in_a_force_without_texts_there_is_nothing_to_turn_on(world: World) -> None:
    slug = await new_force(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    page = (await home.get(SET_UP)).text
    assert "There is no number yet" in page
    assert 'name="password"' not in page
    assert (await home.submit(SET_UP, password=vera.password)).status_code == 409
    assert (await fresh(world, slug).submit(AGAIN)).status_code == 404, "nobody is half way in"
    await refuse_strangers(world, SET_UP, password=vera.password)
