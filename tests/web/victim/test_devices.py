"""A device that is known, one that is shared, and one that is stolen: what each needs, and for how long it stays signed in."""

from uuid import uuid4

import pytest

from tests.cast import Browser, Victim, World
from tests.web.victim.test_resets import fresh, registered, town
from trackmycrime.domain.identity import throttle
from trackmycrime.domain.identity.sessions import BrowserKind
from trackmycrime.kit import links
from trackmycrime.kit.actor import service
from trackmycrime.web.common import devices
from trackmycrime.web.common.visit import DEVICE_COOKIE, SESSION_COOKIE

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def at_home(world: World, slug: str, victim: Victim) -> Browser:
    """Return a browser that knows its owner, who has signed out."""
    browser = fresh(world, slug)
    assert (await browser.sign_in(victim)).status_code == 200
    await browser.get("/sign-out")
    return browser


async def test_a_cookie_of_another_force_or_of_nobody_is_as_no_cookie(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await at_home(world, slug, vera)
    keys = (await world.force(slug)).ref.keys
    stolen = {
        "another force's": ("brackenshire", home.http.cookies[DEVICE_COOKIE]),
        "nobody's": (slug, links.token(keys, "device", uuid4())),
        "invented": (slug, home.http.cookies[DEVICE_COOKIE][:-4] + "AAAA"),
        "for another purpose": (slug, links.token(keys, "invite", uuid4())),
    }
    for what, (where, cookie) in stolen.items():
        thief, stranger = fresh(world, where), fresh(world, where)
        thief.http.cookies.set(DEVICE_COOKIE, cookie)
        assert (await thief.get("/sign-in")).text == (await stranger.get("/sign-in")).text, what
        tried, strange = [await each.submit("/sign-in", password=vera.password) for each in (thief, stranger)]
        assert (tried.status_code, tried.text) == (422, strange.text), what
        assert SESSION_COOKIE not in thief.http.cookies


async def test_on_her_own_device_the_password_is_enough_and_opens_her_account_alone(world: World) -> None:
    slug = await town(world)
    vera, walter = await registered(world, slug), await registered(world, slug)
    home = await at_home(world, slug, vera)
    page = (await home.get("/sign-in")).text
    assert 'name="crime_reference"' not in page
    assert 'name="password"' in page
    for secret in (vera.reference, vera.last_name, vera.name):
        assert secret not in page
    assert 'name="crime_reference"' in (await home.get("/sign-in?as=somebody-else")).text
    wrong = await home.submit("/sign-in", password="not her password at all")
    assert (wrong.status_code, "The details you entered do not match" in wrong.text) == (422, True)
    assert 'name="crime_reference"' not in wrong.text
    empty = await home.submit("/sign-in", password="")
    assert empty.status_code == 422
    signed = await home.submit_and_follow("/sign-in", password=vera.password, next="/settings")
    assert (signed.status_code, vera.email in signed.text) == (200, True)

    await home.get("/sign-out")
    his = await home.submit_and_follow("/sign-in", **walter.typed(), password=walter.password)
    assert walter.reference in his.text, "the device cookie does not stand against somebody else"
    assert vera.reference not in his.text


async def test_a_stolen_device_gets_no_more_guesses_than_a_known_one(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await at_home(world, slug, vera)
    guess = {"password": "a wrong guess of some length"}
    with_facts = {**vera.typed(), **guess}
    tries = [(await home.submit("/sign-in", **(guess, with_facts)[n % 2])).status_code for n in range(14)]
    assert tries == [422] * throttle.DEVICE.most + [429] * 4
    slow = await home.submit("/sign-in", password=vera.password)
    assert slow.status_code == 429
    assert int(slow.headers["retry-after"]) > 0
    assert (await fresh(world, slug).sign_in(vera)).status_code == 200


async def test_a_shared_device_is_not_remembered_and_signed_out_after_five_minutes(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    shared, own = await at_home(world, slug, vera), fresh(world, slug)
    for browser, ticked in ((shared, {"shared": "yes"}), (own, dict[str, str]())):
        assert (await browser.submit("/sign-in", **vera.typed(), password=vera.password, **ticked)).status_code == 303
    assert DEVICE_COOKIE not in shared.http.cookies, "and what was remembered before is forgotten"
    assert DEVICE_COOKIE in own.http.cookies
    assert "when you do nothing for 5 minutes" in (await shared.get("/messages")).text
    assert "when you do nothing for 15 minutes" in (await own.get("/messages")).text
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        await tx.run("update app.session set seen_at = seen_at - interval '4 minutes 50 seconds' where force_id = $1")
    assert (await shared.get("/signed-in")).status_code == 204, "being there keeps it alive"
    assert (await own.get("/signed-in")).status_code == 204
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        await tx.run("update app.session set seen_at = seen_at - interval '5 minutes 5 seconds' where force_id = $1")
    assert (await shared.get("/signed-in")).status_code == 303
    assert (await own.get("/signed-in")).status_code == 204
    assert 'name="crime_reference"' in (await shared.get("/sign-in")).text
    assert (await fresh(world, slug).get("/signed-in")).headers["location"].startswith("/sign-in")


async def test_of_a_browser_its_kind_is_kept_and_nothing_more() -> None:
    agents = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": BrowserKind.FIREFOX,
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0": BrowserKind.EDGE,
        "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36": BrowserKind.CHROME,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1": BrowserKind.SAFARI,
        "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 CriOS/130.0 Mobile Safari/604.1": BrowserKind.CHROME,
        "": BrowserKind.OTHER,
    }
    assert {agent: devices.kind(agent) for agent in agents} == agents
