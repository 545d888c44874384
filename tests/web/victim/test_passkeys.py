"""Passkeys: nothing is typed and nothing can be guessed; a replayed, borrowed or foreign answer opens nothing."""

import asyncio
import html
import json
import re
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.cast import Browser, Victim, World, event
from tests.domain.test_notifications import drained
from tests.drill.people import new_force
from tests.software_passkey import Authenticator
from tests.web.victim.test_account import refuse_strangers, signed_in
from tests.web.victim.test_authenticator import with_app
from tests.web.victim.test_card import fill_the_throttle
from tests.web.victim.test_resets import choose, fresh, link, registered
from trackmycrime.web.common.visit import DEVICE_COOKIE, PASSKEY_COOKIE, SESSION_COOKIE

pytestmark = pytest.mark.asyncio(loop_scope="session")
NEW, MAKE = "/settings/sign-in/passkey", "/settings/sign-in/passkey/confirmation"


def device(slug: str, **changes: Any) -> Authenticator:
    return replace(Authenticator(f"https://{slug}.localhost:8000", f"{slug}.localhost"), **changes)


async def offered(home: Browser, password: str) -> dict[str, Any]:
    """Begin to make a passkey, and return what the page gives the browser."""
    await home.get(NEW)
    page = await home.submit_and_follow(NEW, password=password)
    (options,) = re.findall(r'data-create="([^"]+)"', page.text)
    return json.loads(html.unescape(options))


async def with_passkey(world: World, slug: str, **changes: Any) -> tuple[Victim, Browser, Authenticator]:
    """Return somebody who has a passkey, and where she made it."""
    vera = await registered(world, slug)
    home, phone = await signed_in(world, slug, vera), device(slug, **changes)
    made = await home.submit_and_follow(MAKE, credential=phone.create(await offered(home, vera.password)), name="Phone")
    assert "Your passkey has been added" in made.text
    await drained(world, slug)
    return vera, home, phone


async def asked(browser: Browser) -> dict[str, Any]:
    """Ask for a challenge as the button does."""
    answer = await browser.submit("/sign-in/passkey/challenges")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    return json.loads(answer.text)


async def use(browser: Browser, phone: Authenticator, **more: str) -> httpx.Response:
    return await browser.submit("/sign-in/passkey", credential=phone.get(await asked(browser)), **more)


async def refused(browser: Browser, answer: httpx.Response) -> None:
    assert (answer.status_code, "The details you entered do not match" in answer.text) == (422, True)
    assert SESSION_COOKIE not in browser.http.cookies


async def test_a_passkey_signs_in_by_itself_whatever_others_failed_at(world: World) -> None:
    slug = await new_force(world)
    vera, _home, phone = await with_passkey(world, slug)
    await fill_the_throttle(world, slug, vera)
    browser = fresh(world, slug)
    answer = await use(browser, phone, next="/settings")
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings")
    assert DEVICE_COOKIE in browser.http.cookies
    assert PASSKEY_COOKIE not in browser.http.cookies
    assert vera.email in (await browser.get("/settings")).text
    ways = (await browser.get("/settings/sign-in")).text
    assert ("Phone" in ways, "Not used yet" in ways) == (True, False)

    shared = fresh(world, slug)
    assert (await use(shared, phone, shared="yes")).status_code == 303
    assert DEVICE_COOKIE not in shared.http.cookies
    assert "when you do nothing for 5 minutes" in (await shared.get("/messages")).text
    walter = await registered(world, slug)
    await refused(stranger := fresh(world, slug), await use(stranger, device(slug)))
    assert walter.reference not in (await browser.get("/messages")).text


async def test_what_is_kept_of_her_in_the_passkey_names_nobody(world: World) -> None:
    slug = await new_force(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    options = await offered(home, vera.password)
    assert options["rp"] == {"name": f"{slug}.localhost", "id": f"{slug}.localhost"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"
    for told in (vera.name, vera.last_name, vera.reference, vera.person, "olice"):
        assert told not in json.dumps(options)
    use_options = await asked(fresh(world, slug))
    assert (use_options["rpId"], use_options["userVerification"]) == (f"{slug}.localhost", "required")
    assert use_options.get("allowCredentials", []) == []


async def test_an_answer_counts_once_in_the_browser_that_was_asked(world: World) -> None:
    slug = await new_force(world)
    _vera, _home, phone = await with_passkey(world, slug)
    browser = fresh(world, slug)
    options = await asked(browser)
    cookie, answer = browser.http.cookies[PASSKEY_COOKIE], phone.get(options)
    thief, nobody = fresh(world, slug), fresh(world, slug)
    await asked(thief)
    await refused(thief, await thief.submit("/sign-in/passkey", credential=answer))
    await refused(nobody, await nobody.submit("/sign-in/passkey", credential=answer))
    assert (await browser.submit("/sign-in/passkey", credential=answer)).status_code == 303
    for again in (fresh(world, slug), thief):
        again.http.cookies.set(PASSKEY_COOKIE, cookie)
        await refused(again, await again.submit("/sign-in/passkey", credential=answer))
    late = fresh(world, slug)
    options = await asked(late)
    old = "update app.challenge set made_at = made_at - interval '6 minutes' where force_id = $1 returning 1"
    await world.ask(slug, old)
    await refused(late, await late.submit("/sign-in/passkey", credential=phone.get(options)))


async def test_the_same_answer_at_once_lets_one_in(world: World) -> None:
    slug = await new_force(world)
    _vera, _home, phone = await with_passkey(world, slug, counts=False)
    browser = fresh(world, slug)
    answer, cookie = phone.get(await asked(browser)), browser.http.cookies[PASSKEY_COOKIE]
    many = [fresh(world, slug) for _ in range(4)]
    for each in many:
        each.http.cookies.set(PASSKEY_COOKIE, cookie)
    statuses = await asyncio.gather(*(each.submit("/sign-in/passkey", credential=answer) for each in many))
    assert sorted(each.status_code for each in statuses) == [303, 422, 422, 422]


async def test_what_is_wrong_in_an_answer_opens_nothing(world: World) -> None:
    slug = await new_force(world)
    _vera, _home, phone = await with_passkey(world, slug)
    _walter, _his, his_phone = await with_passkey(world, slug)

    def altered(**changes: Any) -> Authenticator:
        return replace(phone, count=phone.count + 50, **changes)

    forged = {
        "another origin": altered(origin="https://brackenshire.localhost:8000"),
        "another scheme": altered(origin=phone.origin.replace("https", "http")),
        "another site": altered(site="localhost"),
        "not verified": altered(verifies=False),
        "another key": altered(key=device(slug).key),
        "another's holder": altered(holder=his_phone.holder),
        "no holder": altered(holder=b""),
        "another's id": altered(id=his_phone.id),
    }
    for what, each in forged.items():
        browser = fresh(world, slug)
        answer = await use(browser, each)
        assert answer.status_code == 422, what
        await refused(browser, answer)
    for kind in ("webauthn.create", "payment.get"):
        browser = fresh(world, slug)
        made = phone.get(await asked(browser), kind=kind)
        await refused(browser, await browser.submit("/sign-in/passkey", credential=made))
    for rubbish in ("", "{}", "[]", "null", "x" * 30_000, '{"id": "a", "rawId": "b"}', "\ud7ff", "[" * 2000):
        browser = fresh(world, slug)
        await asked(browser)
        await refused(browser, await browser.submit("/sign-in/passkey", credential=rubbish))
    assert (await use(fresh(world, slug), phone)).status_code == 303


async def test_a_copy_of_a_passkey_is_noticed_by_its_counter(world: World) -> None:
    slug = await new_force(world)
    _vera, _home, phone = await with_passkey(world, slug)
    assert (await use(fresh(world, slug), phone)).status_code == 303
    phone.count -= 1
    await refused(copied := fresh(world, slug), await use(copied, phone))
    assert (await use(fresh(world, slug), phone)).status_code == 303
    _walter, _his, synced = await with_passkey(world, slug, counts=False)
    assert [(await use(fresh(world, slug), synced)).status_code for _ in range(2)] == [303, 303]


async def test_a_challenge_for_one_thing_is_none_for_the_other(world: World) -> None:
    slug = await new_force(world)
    vera, home, phone = await with_passkey(world, slug)
    to_make = await offered(home, vera.password)
    browser = fresh(world, slug)
    await asked(browser)
    mixed = phone.get({"challenge": to_make["challenge"]})
    await refused(browser, await browser.submit("/sign-in/passkey", credential=mixed))
    to_use = await asked(fresh(world, slug))
    other = device(slug)
    wrong = await home.submit(MAKE, credential=other.create({**to_make, "challenge": to_use["challenge"]}))
    assert (wrong.status_code, "The passkey did not work" in wrong.text) == (422, True)
    late = await home.submit(MAKE, credential=other.create(to_make))
    assert late.headers["location"] == "/settings/sign-in", "it was answered once, wrongly"
    await refused(fresh(world, slug), await use(fresh(world, slug), other))


async def test_a_passkey_is_made_by_who_knows_the_password_in_that_session_alone(world: World) -> None:
    slug = await new_force(world)
    vera, walter = await registered(world, slug), await registered(world, slug)
    home, other, his = [await signed_in(world, slug, who) for who in (vera, vera, walter)]
    await home.get(NEW)
    for wrong in ("", "not her password at all"):
        assert (await home.submit(NEW, password=wrong)).status_code == 422
    assert (await home.get(MAKE)).headers["location"] == "/settings/sign-in"
    assert (await home.submit(MAKE, credential="{}")).headers["location"] == "/settings/sign-in"
    options, phone = await offered(home, vera.password), device(slug)
    answer = phone.create(options)
    for stranger in (other, his):
        await stranger.get("/settings")
        assert (await stranger.submit(MAKE, credential=answer)).headers["location"] == "/settings/sign-in"
    his_options = await offered(his, walter.password)
    assert (await his.submit(MAKE, credential=answer)).status_code == 422, "another session's challenge"
    assert his_options["user"]["id"] != options["user"]["id"]
    for what, wrong in (("not verified", device(slug, verifies=False)), ("another origin", device("brackenshire"))):
        refusal = await home.submit(MAKE, credential=wrong.create(await offered(home, vera.password)))
        assert (refusal.status_code, "The passkey did not work" in refusal.text) == (422, True), what
    phone = device(slug)
    done = await home.submit(MAKE, credential=phone.create(await offered(home, vera.password)))
    assert done.headers["location"] == "/settings/sign-in?done=passkey"
    again = await offered(home, vera.password)
    assert len(again["excludeCredentials"]) == 1
    twice = await home.submit(MAKE, credential=phone.create(again))
    assert twice.status_code == 409
    assert "You can now sign in with a passkey that was added." in (await home.get("/messages")).text
    await refuse_strangers(world, NEW, password="x")
    await refuse_strangers(world, MAKE, credential="{}")


async def test_a_passkey_of_one_force_is_none_of_another(world: World) -> None:
    slug = await new_force(world)
    _vera, _home, phone = await with_passkey(world, slug)
    elsewhere = fresh(world, "brackenshire")
    await refused(elsewhere, await use(elsewhere, phone))
    there = Authenticator(
        "https://brackenshire.localhost:8000", "brackenshire.localhost", id=phone.id, key=phone.key, holder=phone.holder
    )
    await refused(elsewhere, await use(elsewhere, there))


async def test_an_account_that_is_locked_closed_or_left_lets_no_passkey_in(world: World) -> None:
    slug = await new_force(world)
    for path in ("/settings/lock", "/settings/closure"):
        _vera, home, phone = await with_passkey(world, slug)
        begun = fresh(world, slug)
        options = await asked(begun)
        await home.get(path)
        await home.submit(path)
        await refused(begun, await begun.submit("/sign-in/passkey", credential=phone.get(options)))
    paula, _home, proxys = await with_passkey(world, slug)
    ended = """update app.case_person set role = 'proxy', proxy_kind = 'parent', proxy_until = current_date - 1
               where force_id = $1 and person_id = (select id from app.person where force_id = $1 and source_id = $2) returning 1"""
    await world.ask(slug, ended, paula.person)
    await refused(late := fresh(world, slug), await use(late, proxys))


async def test_a_removed_passkey_is_none_and_a_new_password_keeps_the_others(world: World) -> None:
    slug = await new_force(world)
    vera, home, phone = await with_passkey(world, slug)
    await world.push(slug, [event("update.published", vera.reference, text="News.")])
    await drained(world, slug)
    assert (await choose(world, slug, await link(world, slug, vera))).status_code == 303
    vera.password = "seven green kettles on a wall"
    browser = fresh(world, slug)
    assert (await use(browser, phone)).status_code == 303
    ways = (await browser.get("/settings/sign-in")).text
    (remove,) = re.findall(r'href="(/settings/sign-in/factors/[^"]+)"', ways)
    assert "Phone" in (await browser.get(remove)).text
    assert "It has been removed" in (await browser.submit_and_follow(remove, password=vera.password)).text
    await refused(after := fresh(world, slug), await use(after, phone))
    assert (await home.get("/messages")).status_code == 303


async def test_a_passkey_needs_no_second_step_and_a_session_before_it_is_not_taken_over(world: World) -> None:
    slug = await new_force(world)
    vera, home, _secret = await with_app(world, slug)
    phone = device(slug)
    await home.submit(MAKE, credential=phone.create(await offered(home, vera.password)))
    browser = fresh(world, slug)
    browser.http.cookies.set(SESSION_COOKIE, planted := "planted-by-somebody-else")
    answer = await use(browser, phone)
    assert answer.headers["location"] == "/messages"
    sent = [cookie for cookie in answer.headers.get_list("set-cookie") if cookie.startswith(SESSION_COOKIE)]
    assert len(sent) == 1
    assert planted not in sent[0]
    by_password = await fresh(world, slug).submit("/sign-in", **vera.typed(password=vera.password))
    assert by_password.headers["location"] == "/sign-in/code", "without it the code is asked for"
