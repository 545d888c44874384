"""Staff who sign in here take a second step: set up once, asked for every time, and never waived in production."""

import json
from html import unescape
from typing import Any

import httpx
import pytest
from msgspec import structs
from pyotp.totp import TOTP

from tests.cast import OSMAN, PASSWORD, Browser, Employee, World
from tests.provider.running import Providers
from tests.software_passkey import Authenticator
from tests.web.admin.configured import force_with
from tests.web.staff.providing import PAGE, town
from trackmycrime.app import create_app
from trackmycrime.domain.identity import staff
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import now
from trackmycrime.settings import Environment

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("provider")]

SIGN_IN, CODE, SETTING_UP = "/staff/sign-in", "/staff/sign-in/code", "/staff/sign-in/setting-up"
PASSKEY = "/staff/sign-in/passkey"


async def arrived(world: World, slug: str, role: str = "officer", name: str = "nell") -> Browser:
    """Return the browser of somebody who has just chosen their password, as everybody does who is invited."""
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        staff_id = await staff.invite(tx, f"{name}@{slug}.example.org", role, name=name)
        token = staff.invitation_token(tx, staff_id)
    browser = world.browser(slug)
    await browser.get(f"/staff/register/{token}")
    done = await browser.submit(f"/staff/register/{token}", password=PASSWORD, repeat_password=PASSWORD)
    assert done.headers["location"] == SETTING_UP
    return browser


def code(key: str, *, ahead: int = 0) -> str:
    return TOTP(key).generate_otp(int(now().timestamp()) // 30 + ahead)


async def with_app(browser: Browser) -> str:
    """Set up an app, and return its key."""
    page = (await browser.get(SETTING_UP)).text
    key = page.split('class="tmc-key">', 1)[1].split("<", 1)[0].replace(" ", "")
    wrong = await browser.submit(SETTING_UP, code="000000")
    assert (wrong.status_code, "not the code" in wrong.text) == (422, True)
    done = await browser.submit(SETTING_UP, code=code(key, ahead=-1))
    assert done.headers["location"] == "/staff", done.text
    return key


async def password_given(world: World, slug: str, name: str = "nell") -> Browser:
    browser = world.browser(slug)
    answer = await browser.submit(SIGN_IN, email=f"{name}@{slug}.example.org", password=PASSWORD, next="/staff/inbox")
    assert answer.headers["location"] == f"{CODE}?next=%2Fstaff%2Finbox"
    assert "__Host-session" not in str(answer.headers.get_list("set-cookie"))
    return browser


async def test_the_password_alone_opens_nothing(world: World) -> None:
    slug, _browsers = await force_with(world)
    key = await with_app(await arrived(world, slug))
    nell = await password_given(world, slug)
    assert (await nell.get("/staff")).status_code == 303
    assert "The code that your app shows now" in (await nell.get(CODE)).text
    assert (await nell.get(SETTING_UP)).headers["location"] == SIGN_IN, "there is one: nobody sets up another"
    other = await password_given(world, slug)
    assert (await other.submit(SETTING_UP, code=code(key, ahead=1))).status_code == 404
    stranger = world.browser(slug)
    assert (await stranger.get(CODE)).headers["location"] == SIGN_IN
    assert (await stranger.submit(CODE, code=code(key))).status_code == 404
    elsewhere = world.browser("avonside")
    elsewhere.http.cookies.update(dict(nell.http.cookies))
    assert (await elsewhere.submit(CODE, code=code(key))).status_code == 404
    done = await nell.submit(CODE, code=code(key), next="/staff/inbox")
    assert done.headers["location"] == "/staff/inbox"
    assert (await nell.get("/staff")).status_code == 200
    again = await password_given(world, slug)
    assert (await again.submit(CODE, code=code(key))).status_code == 422, "each code is good once"


async def test_after_five_wrong_codes_one_begins_again(world: World) -> None:
    slug, _browsers = await force_with(world)
    key = await with_app(await arrived(world, slug))
    nell = await password_given(world, slug)
    assert [(await nell.submit(CODE, code="000000")).status_code for _ in range(5)] == [422] * 4 + [404]
    assert (await nell.submit(CODE, code=code(key))).status_code == 404
    assert (await nell.get("/staff")).status_code == 303


async def test_another_password_ends_being_half_way(world: World) -> None:
    slug, _browsers = await force_with(world)
    key = await with_app(await arrived(world, slug))
    nell = await password_given(world, slug)
    await world.ask(slug, "update app.staff set password_hash = 'another' where force_id = $1 returning 1")
    assert (await nell.submit(CODE, code=code(key))).status_code == 404


def passkey_at(browser: Browser) -> Authenticator:
    return Authenticator(browser.origin, browser.origin.partition("://")[2].partition(":")[0])


async def with_passkey(browser: Browser) -> Authenticator:
    page = (await browser.get(SETTING_UP)).text
    options = json.loads(unescape(page.split('data-create="', 1)[1].split('"', 1)[0]))
    passkey = passkey_at(browser)
    done = await browser.submit(SETTING_UP, credential=passkey.create(options))
    assert done.status_code == 303, done.text
    assert done.headers["location"] in {"/staff", "/admin"}
    return passkey


async def used(browser: Browser, passkey: Authenticator) -> httpx.Response:
    options: dict[str, Any] = (await browser.submit(f"{PASSKEY}/challenges")).json()
    return await browser.submit(PASSKEY, credential=passkey.get(options))


async def test_a_passkey_is_enough_alone(world: World) -> None:
    slug, _browsers = await force_with(world)
    nell = await arrived(world, slug)
    assert (await nell.submit(SETTING_UP, credential="{}")).status_code in {404, 422}
    passkey = await with_passkey(
        nell if (await nell.get(SETTING_UP)).status_code == 200 else await arrived(world, slug)
    )
    browser = world.browser(slug)
    assert (await used(browser, passkey)).headers["location"] == "/staff"
    assert (await browser.get("/staff")).status_code == 200
    waiting = await password_given(world, slug)
    page = (await waiting.get(CODE)).text
    assert "Use the passkey that you made" in page
    assert 'name="code"' not in page
    stranger = world.browser(slug)
    assert (await used(stranger, passkey_at(stranger))).status_code == 422
    for challenge in ("/sign-in/passkey/challenges", f"{PASSKEY}/challenges"):
        options: dict[str, Any] = (await stranger.submit(challenge)).json()
        other = {**options, "challenge": "AAAA"} if challenge.startswith("/staff") else options
        assert (await stranger.submit(PASSKEY, credential=passkey.get(other))).status_code == 422
    await world.ask(slug, "update app.staff set active = false where force_id = $1 returning 1")
    assert (await used(world.browser(slug), passkey)).status_code == 422
    assert (await used(world.browser("avonside"), passkey)).status_code == 422


async def test_an_administrator_lets_somebody_begin_again_and_never_themselves(world: World) -> None:
    slug, (ann,) = await force_with(world, "Ann Able")
    nell = await arrived(world, slug)
    await with_app(nell)
    await ann.get(PAGE)
    nobody = await ann.submit(f"{PAGE}/resets", email="nobody@example.org")
    assert (nobody.status_code, "Nobody who works here" in nobody.text) == (422, True)
    assert 'value="nobody@example.org"' in nobody.text
    own = await ann.submit(f"{PAGE}/resets", email=f"ann@{slug}.example.org")
    assert (own.status_code, "another administrator" in own.text) == (409, True)
    assert (await nell.get("/staff")).status_code == 200
    officer = world.browser("avonside")
    await officer.sign_in_as(OSMAN)
    assert (await officer.submit(f"{PAGE}/resets", email=OSMAN.email)).status_code == 404
    done = await ann.submit(f"{PAGE}/resets", email=f"nell@{slug}.example.org")
    assert done.headers["location"] == f"{PAGE}?done=reset"
    assert (await nell.get("/staff")).status_code == 303, "signed out everywhere"
    again = await password_given(world, slug)
    assert (await again.get(CODE)).headers["location"] == SETTING_UP
    await with_app(again)
    told = await world.ask(
        slug, "select what from app.audit where force_id = $1 and what like 'staff.factor%' order by at"
    )
    assert [row[0] for row in told if "waived" not in row[0]] == [
        "staff.factor_added",
        "staff.factors_removed",
        "staff.factor_added",
    ]


async def test_in_production_nobody_is_waived(world: World) -> None:
    slug, nell = (await force_with(world))[0], Employee("Nell", "officer", "nell@example.org")
    await world.hire(slug, nell)
    assert (await world.browser(slug).submit(SIGN_IN, email=nell.email, password=PASSWORD)).headers[
        "location"
    ] == "/staff"
    app: Any = create_app(structs.replace(world.settings, env=Environment.PRODUCTION))
    browser = world.browser(slug)
    transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 4711))
    browser.http = httpx.AsyncClient(transport=transport, base_url=browser.origin, headers={"accept": "text/html"})
    answer = await browser.submit(SIGN_IN, email=nell.email, password=PASSWORD)
    assert answer.headers["location"] == CODE
    assert (await browser.get("/staff")).status_code == 303
    assert (await browser.get(CODE)).headers["location"] == SETTING_UP
    await app.close()


async def test_while_the_provider_is_on_only_an_administrators_passkey_comes_in_beside_it(
    world: World, providers: Providers
) -> None:
    slug, _browsers = await force_with(world)
    boss, nell = await with_passkey(await arrived(world, slug, "admin", "boss")), None
    nell = await with_passkey(await arrived(world, slug))
    place = await town(world, providers)
    assert (await place.somebody().browser.get(SIGN_IN)).text.count("Administrators") == 1
    await world.ask(slug, "insert into app.provider (force_id, id, used, revision) values ($1, $1, 'x', 1) returning 1")
    assert (await used(world.browser(slug), nell)).status_code == 422
    browser = world.browser(slug)
    assert (await used(browser, boss)).headers["location"] == "/admin"
    assert (await browser.get("/admin")).status_code == 200
    sql = "select detail ->> 'way' from app.audit where force_id = $1 and what = 'staff.signed_in' order by at desc limit 1"
    assert await world.ask(slug, sql) == [("passkey beside the provider",)]
