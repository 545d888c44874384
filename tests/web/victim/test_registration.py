"""Registering and signing in: the right person gets in, everybody else gets one and the same answer."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
import time_machine

from tests.cast import ALICE, PASSWORD, Browser, Victim, World, crime, invite_token
from tests.drill.people import new_force
from tests.drill.throttle import solve
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def invited(world: World, slug: str = "avonside") -> tuple[Victim, str]:
    vera = Victim("Vera", "Van Dyke-Òran", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    await world.push(slug, [crime(vera.reference, [vera.as_event()])])
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        return vera, await invite_token(tx, vera)


async def test_an_invited_victim_registers_once_however_she_writes_her_name(world: World) -> None:
    vera, token = await invited(world)
    browser = world.browser("avonside")
    for _ in range(3):
        assert "Create a password" in (await browser.get(f"/register/{token}")).text
    written = vera.reference.lower().replace("/", " ")
    done = await browser.submit(
        f"/register/{token}", **vera.with_password(last_name="van dyke oran", crime_reference=written)
    )
    assert (done.status_code, done.headers["location"]) == (303, "/messages")
    assert vera.reference in (await browser.get("/messages")).text
    assert (await world.browser("avonside").get(f"/register/{token}")).status_code == 404
    assert (await world.browser("brackenshire").get(f"/register/{token}")).status_code == 404


async def test_after_five_wrong_tries_the_invitation_dies_and_staff_are_told(world: World) -> None:
    vera, token = await invited(world)
    browser = world.browser("avonside")
    answers = [await browser.submit(f"/register/{token}", **vera.with_password(last_name="Wrong")) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 5
    assert (await browser.submit(f"/register/{token}", **vera.with_password())).status_code == 404
    (task,) = await world.ask(
        "avonside",
        """select t.why from app.task t join app.person p on p.force_id = $1 and p.id = t.person_id
           where t.force_id = $1 and t.kind = 'invite_ended' and p.source_id = $2""",
        vera.person,
    )
    assert task == (["wrong_facts"],)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"password": "short", "repeat_password": "short"}, "must be 15 characters or more"),
        ({"repeat_password": "something else entirely"}, "The two passwords are not the same"),
        ({"password": "passwordpassword1234", "repeat_password": "passwordpassword1234"}, "easy to guess"),
        ({"password": "vandykeoran09031984", "repeat_password": "vandykeoran09031984"}, "easy to guess"),
        ({"day": "31", "month": "2"}, "Date of birth must be a real date"),
        ({"day": "", "month": "", "year": ""}, "Enter your date of birth"),
        ({"year": "2999"}, "Date of birth must be in the past"),
        ({"last_name": ""}, "Enter your last name"),
    ],
)
async def test_what_is_wrong_is_said_and_costs_no_try(world: World, changes: dict[str, str], message: str) -> None:
    vera, token = await invited(world)
    browser = world.browser("avonside")
    answer = await browser.submit(f"/register/{token}", **vera.with_password(**changes))
    assert answer.status_code == 422
    assert message in answer.text
    assert vera.reference in answer.text
    assert vera.password not in answer.text
    (tries,) = await world.ask(
        "avonside",
        """select i.tries_left from app.invite i join app.person p on p.force_id = $1 and p.id = i.person_id
           where i.force_id = $1 and p.source_id = $2""",
        vera.person,
    )
    assert tries == (5,)


async def answer_to(world: World, network: str, **changes: str) -> httpx.Response:
    browser = world.browser("avonside")
    browser.http = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=world.app, client=(network, 1)), base_url=browser.origin
    )
    fields = ALICE.with_password(**changes)
    fields.pop("repeat_password")
    return await browser.submit("/sign-in", **fields)


async def test_every_failure_to_sign_in_gets_the_same_bytes(world: World) -> None:
    wrong = [
        await answer_to(world, f"198.51.100.{n}", password=PASSWORD + "x", crime_reference="AV/1001/26")
        for n in range(2)
    ]
    other = [
        await answer_to(world, "198.51.100.10", last_name="Wrong", crime_reference="AV/1001/26"),
        await answer_to(world, "198.51.100.11", crime_reference="AV/9999/26"),
        await answer_to(world, "198.51.100.12", year="1985"),
    ]
    pages = {
        a.text.replace("AV/9999/26", "AV/1001/26").replace("1985", "1984").replace("Wrong", "O&#39;Neill-Hartley")
        for a in [*wrong, *other]
    }
    assert len(pages) == 1
    assert {answer.status_code for answer in [*wrong, *other]} == {422}
    assert "The details you entered do not match" in pages.pop()


async def test_guessing_is_slowed_but_her_own_browser_still_gets_in(world: World) -> None:
    slug = await new_force(world)
    vera, token = await invited(world, slug)
    home = world.browser(slug)
    await home.submit(f"/register/{token}", **vera.with_password())
    await home.get("/sign-out")
    wrong = without_repeat(vera.with_password(password="a wrong guess of some length"))
    statuses = [(await on(world, slug, f"203.0.113.{n}").submit("/sign-in", **wrong)).status_code for n in range(30)]
    assert statuses == [422] * 10 + [429] * 20
    slow = await world.browser(slug).sign_in(vera)
    assert slow.status_code == 429
    assert int(slow.headers["retry-after"]) > 0
    assert vera.reference in slow.text
    assert vera.password not in slow.text
    assert (await home.sign_in(vera)).status_code == 200


async def test_a_shared_network_is_slowed_and_not_shut_out(world: World) -> None:
    slug, refuge = await new_force(world), "203.0.113.200"
    vera, token = await invited(world, slug)
    await world.browser(slug).submit(f"/register/{token}", **vera.with_password())
    right = without_repeat(vera.with_password())

    async def ask(**changes: str) -> int:
        return (await on(world, slug, refuge).submit("/sign-in", **{**right, **changes})).status_code

    begun = datetime.now(UTC).replace(second=1)
    with time_machine.travel(begun, tick=False):
        assert 'name="work"' not in (await on(world, slug, refuge).get("/sign-in")).text
        wrong = [await ask(crime_reference=f"AV/{9100 + n}/26") for n in range(8)]
        assert wrong == [422] * 5 + [429] * 3
        assert await ask() == 429
        shown = (await on(world, slug, refuge).get("/sign-in")).text
        challenge = shown.split('name="work" value="', 1)[1].split('"', 1)[0]
        assert await ask(work=challenge) == 429
        assert await ask(work=solve(challenge)) == 303
    with time_machine.travel(begun + timedelta(minutes=1), tick=False):
        assert await ask() == 303


def on(world: World, slug: str, network: str) -> Browser:
    browser = world.browser(slug)
    transport = httpx.ASGITransport(app=world.app, client=(network, 1))
    browser.http = httpx.AsyncClient(transport=transport, base_url=browser.origin)
    return browser


def without_repeat(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name != "repeat_password"}


async def test_a_session_is_new_at_sign_in_and_never_adopted(world: World) -> None:
    browser = world.browser("avonside")
    browser.http.cookies.set("__Host-session", "planted-by-somebody-else-000000000000000000")
    await browser.sign_in(ALICE)
    given = [c.value or "" for c in browser.http.cookies.jar if c.name == "__Host-session" and c.domain]
    assert len(given) == 1
    assert "planted" not in given[0]
    thief = world.browser("avonside")
    thief.http.cookies.set("__Host-session", "planted-by-somebody-else-000000000000000000")
    assert (await thief.get("/messages")).status_code == 303


async def test_leaving_in_a_hurry_ends_the_session(world: World) -> None:
    browser = world.browser("avonside")
    await browser.sign_in(ALICE)
    kept = dict(browser.http.cookies)
    gone = await browser.get("/exit")
    assert gone.status_code == 303
    assert "bbc.co.uk/weather" in gone.headers["location"]
    assert gone.headers["clear-site-data"] == '"cache", "storage"'
    again = world.browser("avonside")
    for name, value in kept.items():
        again.http.cookies.set(name, value)
    assert (await again.get("/messages")).status_code == 303


async def test_where_to_go_after_signing_in_is_a_path_of_this_site(world: World) -> None:
    for target in ("//evil.example.org", "https://evil.example.org", "/\\evil.example.org", "\n/messages"):
        browser = world.browser("avonside")
        fields = ALICE.with_password(next=target)
        fields.pop("repeat_password")
        answer = await browser.submit("/sign-in", **fields)
        assert answer.headers["location"] == "/messages", target
    browser = world.browser("avonside")
    fields = ALICE.with_password(next="/settings")
    assert (await browser.submit("/sign-in", **fields)).headers["location"] == "/settings"
