"""A forgotten password: the link goes to the address on record alone, works once, and never by itself to anybody at risk."""

import secrets
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import httpx
import pytest

from tests.cast import Browser, Victim, World, crime, event
from tests.domain.test_notifications import Provider, drained, to
from tests.drill.people import new_force
from trackmycrime.domain.cases import resets
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")
NEW = "seven green kettles on a wall"
OF_PERSON = "join app.person p on p.force_id = $1 and p.id = t.person_id"


_TOWNS: dict[int, str] = {}


async def town(world: World) -> str:
    """Return a force that these tests have to themselves; each of them brings its own people and networks."""
    if id(world) not in _TOWNS:
        _TOWNS[id(world)] = await new_force(world)
    return _TOWNS[id(world)]


def fresh(world: World, slug: str) -> Browser:
    """Return a browser on a network that nobody has failed from."""
    return on(world, slug, f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1")


async def registered(world: World, slug: str, **changes: object) -> Victim:
    vera = Victim("Vera", "Vance", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    await world.push(slug, [crime(vera.reference, [vera.as_event(**changes)])])
    await world.register(slug, vera)
    await drained(world, slug)
    return vera


async def put_at_risk(world: World, slug: str, victim: Victim) -> None:
    changed = victim.as_event(safety=["domestic_abuse"])
    await world.push(slug, [event("victim.changed", victim.reference, victim=changed)])


def on(world: World, slug: str, network: str) -> Browser:
    browser = world.browser(slug)
    transport = httpx.ASGITransport(app=world.app, client=(network, 1))
    browser.http = httpx.AsyncClient(transport=transport, base_url=browser.origin)
    return browser


def link_in(provider: Provider, victim: Victim, slug: str) -> str:
    origin = f"https://{slug}.localhost:8000"
    lines = [line for email in to(provider, victim) for line in email.text.splitlines()]
    (line,) = [line for line in lines if line.startswith(f"{origin}/reset-password/")]
    return line.removeprefix(origin)


async def link(world: World, slug: str, victim: Victim) -> str:
    assert (await fresh(world, slug).submit("/reset-password", **victim.typed())).status_code == 303
    return link_in(await drained(world, slug), victim, slug)


async def choose(world: World, slug: str, path: str, password: str = NEW) -> httpx.Response:
    return await fresh(world, slug).submit(path, password=password, repeat_password=password)


async def tasks_about(world: World, slug: str, victim: Victim, kind: str) -> list[tuple[list[str], bool]]:
    sql = f"""select t.why, t.case_id is not null from app.task t {OF_PERSON}
              where t.force_id = $1 and t.kind = $2 and t.done_at is null and p.source_id = $3"""
    return await world.ask(slug, sql, kind, victim.person)


async def test_nobody_at_risk_gets_a_link_by_themselves_a_person_is_asked_to_help(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    await put_at_risk(world, slug, vera)
    answer = await fresh(world, slug).submit_and_follow("/reset-password", **vera.typed())
    assert "If these are your details, you will hear from us soon" in answer.text
    assert to(await drained(world, slug), vera) == []
    assert await tasks_about(world, slug, vera, "password_help") == [(["at_risk"], True)]


async def test_a_link_that_is_on_its_way_when_a_risk_is_learned_of_opens_nothing(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    path = await link(world, slug, vera)
    await put_at_risk(world, slug, vera)
    assert (await fresh(world, slug).get(path)).status_code == 404
    assert (await choose(world, slug, path)).status_code == 404
    assert (await fresh(world, slug).sign_in(vera)).status_code == 200


async def test_a_link_works_once_and_signs_out_everywhere(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    elsewhere = fresh(world, slug)
    await elsewhere.sign_in(vera)
    path = await link(world, slug, vera)
    for _ in range(2):  # a mail scanner looks at it first
        assert "Repeat your password" in (await fresh(world, slug).get(path)).text
    assert (await choose(world, "brackenshire", path)).status_code == 404
    done = await choose(world, slug, path)
    assert (done.status_code, done.headers["location"]) == (303, "/sign-in?done=reset")

    assert (await elsewhere.get("/messages")).status_code == 303
    assert 'name="crime_reference"' in (await elsewhere.get("/sign-in")).text, "the device is not known any more"
    assert (await fresh(world, slug).sign_in(vera)).status_code == 422
    vera.password = NEW
    assert (await fresh(world, slug).sign_in(vera)).status_code == 200
    assert (await choose(world, slug, path, "another three plain words")).status_code == 404
    assert (await fresh(world, slug).get(path)).status_code == 404


async def test_a_link_is_good_for_thirty_minutes_and_a_newer_one_takes_its_place(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    older, newer = await link(world, slug, vera), await link(world, slug, vera)
    assert (await choose(world, slug, older)).status_code == 404
    sql = f"""select t.expires_at - now() from app.reset t {OF_PERSON}
              where t.force_id = $1 and t.state = 'open' and p.source_id = $2"""
    ((left,),) = await world.ask(slug, sql, vera.person)
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        await tx.run("update app.reset set expires_at = now() - interval '1 second' where force_id = $1")
    assert (await fresh(world, slug).get(newer)).status_code == 404
    assert (await choose(world, slug, newer)).status_code == 404
    assert (await choose(world, slug, newer[:-4] + "AAAA")).status_code == 404


async def test_the_answer_and_the_work_are_the_same_for_everybody(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    not_registered = Victim("Nora", "Nash", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    await world.push(slug, [crime(not_registered.reference, [not_registered.as_event()])])
    await drained(world, slug)
    tries = [vera.typed(), vera.typed(last_name="Wrong"), vera.typed(crime_reference="AV/0/26"), not_registered.typed()]
    answers, written = list[tuple[int, str, str]](), list[tuple[int, ...]]()
    for said in tries:
        browser = fresh(world, slug)
        sent = await browser.submit("/reset-password", **said)
        answers.append((sent.status_code, sent.headers["location"], (await browser.get(sent.headers["location"])).text))
        counts = "select count(*) from app.{} where force_id = $1"
        tables = ("reset", "notification", "audit", "failure")
        written.append(tuple([(await world.ask(slug, counts.format(table)))[0][0] for table in tables]))
    assert len(set(answers)) == 1
    steps = {tuple(b - a for a, b in zip(one, two, strict=True)) for one, two in pairwise(written)}
    # Another reference and another network are other counters; what is written of the request itself is the same.
    assert {step[:3] for step in steps} == {(1, 1, 1)}
    sent_to = {message.to for message in (await drained(world, slug)).sent}
    assert sent_to == {vera.email}


async def test_asking_is_slowed_like_guessing_and_does_not_slow_the_whole_force(world: World) -> None:
    slug = await new_force(world)
    vera = await registered(world, slug)
    statuses = [
        (await on(world, slug, f"203.0.113.{n}").submit("/reset-password", **vera.typed())).status_code
        for n in range(14)
    ]
    assert statuses == [303] * 10 + [429] * 4
    sql = "select count(*) from app.reset where force_id = $1"
    assert await world.ask(slug, sql) == [(10,)]
    assert (await fresh(world, slug).sign_in(vera)).status_code == 200
    for n in range(60):
        said = vera.typed(crime_reference=f"AV/{n}/26")
        assert (await on(world, slug, f"198.51.100.{n}").submit("/reset-password", **said)).status_code == 303
    assert 'name="work"' not in (await on(world, slug, "192.0.2.77").get("/sign-in")).text


@pytest.mark.parametrize(
    ("password", "repeated", "message"),
    [
        ("short", "short", "must be 15 characters or more"),
        (NEW, "something else entirely", "The two passwords are not the same"),
        ("vance09031984vera", "vance09031984vera", "easy to guess"),
        ("", "", "Create a password"),
    ],
)
async def test_what_is_wrong_is_said_and_the_link_stays_good(
    world: World, password: str, repeated: str, message: str
) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    path = await link(world, slug, vera)
    browser = fresh(world, slug)
    wrong = await browser.submit(path, password=password, repeat_password=repeated)
    assert wrong.status_code == 422
    assert message in wrong.text
    assert (await choose(world, slug, path)).status_code == 303


async def test_what_is_missing_is_said_and_nothing_that_was_typed_is_lost(world: World) -> None:
    answer = await fresh(world, await town(world)).submit(
        "/reset-password", crime_reference="AV/77/26", day="31", month="2", year="1984"
    )
    assert answer.status_code == 422
    for text in ("Enter your last name", "Date of birth must be a real date", 'value="AV/77/26"', 'value="31"'):
        assert text in answer.text


async def test_the_message_says_nothing_of_whom_or_what(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    await fresh(world, slug).submit("/reset-password", **vera.typed())
    (email,) = to(await drained(world, slug), vera)
    for told in (email.subject, email.text, email.html, email.from_name):
        for secret in (vera.reference, "Vera", "Vance", "crime", "victim", "officer", "case"):
            assert secret.lower() not in told.lower().replace("trackmycrime", ""), (secret, told)
    assert email.unsubscribe_url


async def test_requests_that_are_long_past_are_removed(world: World) -> None:
    slug = await town(world)
    vera, walter = await registered(world, slug), await registered(world, slug)
    for victim in (vera, walter):
        await link(world, slug, victim)
    person = "(select id from app.person where force_id = $1 and source_id = $2)"
    past = f"update app.reset set expires_at = now() - interval '8 days' where force_id = $1 and person_id = {person} returning 1"
    await world.ask(slug, past, vera.person)
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        assert await resets.sweep(tx) >= 1
    left = f"select count(*) from app.reset where force_id = $1 and person_id = {person}"
    assert await world.ask(slug, left, vera.person) == [(0,)]
    assert await world.ask(slug, left, walter.person) == [(1,)]
