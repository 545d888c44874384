"""A provider that lies, is mixed up with another, is gone, or leads elsewhere: nobody comes in by it, and they are told so."""

import time
from typing import Any

import httpx
import pytest

from tests.cast import World
from tests.provider.running import CALLBACK, Providers, Traveller
from tests.web.staff.providing import PAGE, Town, details, town
from trackmycrime.app import create_app

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("provider")]

START = "/staff/sign-in/provider"
USELESS, DOWN = "could not be used", "does not answer"


async def refused(place: Town, why: str) -> None:
    """Try to come in, and see that nobody does, and that the audit says why."""
    visitor = place.somebody()
    answer = await visitor.through()
    assert answer.status_code == 422, why
    assert USELESS in answer.text
    assert "__Host-session" not in str(answer.headers.get_list("set-cookie"))
    assert (await visitor.browser.get("/staff")).status_code == 303
    sql = "select detail ->> 'why' from app.audit where force_id = $1 and what = 'provider.refused' order by at desc limit 1"
    assert await place.world.ask(place.slug, sql) == [(why,)]


async def test_what_is_forged_lets_nobody_in(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.officer()
    old = time.time() - 3600
    forgeries: list[tuple[dict[str, Any], str]] = [
        ({"signed": "none"}, "signature"),
        ({"signed": "HS256"}, "signature"),
        ({"signed": "RS512"}, "signature"),
        ({"other": True}, "signature"),
        ({"kid": "nobody's"}, "signature"),
        ({"claims": {"iss": "https://elsewhere.example.org"}}, "issuer"),
        ({"claims": {"iss": place.provider.issuer + "/"}}, "issuer"),
        ({"claims": {"aud": "another service"}}, "audience"),
        ({"claims": {"aud": ["trackmycrime", "another service"], "azp": "trackmycrime"}}, "audience"),
        ({"claims": {"azp": "another service"}}, "audience"),
        ({"claims": {"nonce": "an old one"}}, "nonce"),
        ({"without": ["nonce"]}, "nonce"),
        ({"claims": {"exp": old}}, "expired"),
        ({"without": ["exp"]}, "expired"),
        ({"claims": {"iat": time.time() + 3600}}, "from the future"),
        ({"without": ["iat"]}, "from the future"),
        ({"claims": {"nbf": time.time() + 3600}}, "from the future"),
        ({"claims": {"sub": ""}}, "subject"),
        ({"claims": {"sub": ["nell"]}}, "subject"),
    ]
    for forgery, why in forgeries:
        await place.provider.change(forge=forgery)
        await refused(place, why)
    await place.provider.change(forge={})
    assert (await place.somebody().through()).status_code == 303, "the same, forged in nothing, is right"


async def test_a_code_or_an_answer_of_another_forces_provider_is_of_no_use(world: World, providers: Providers) -> None:
    ours, theirs = await town(world, providers), await town(world, providers)
    for place in (ours, theirs):
        await place.officer()
    nell = ours.somebody()
    mine = await nell.back(await nell.sent(START))
    there = theirs.somebody()
    other = await there.back(await there.sent(START))
    code = _part(other, "code")
    for mixed in (
        mine.replace(_part(mine, "code"), code),
        mine.replace(_part(mine, "iss"), _part(other, "iss")),
        mine.split("&iss=")[0],
        other,
    ):
        visitor = ours.somebody()
        started = await visitor.back(await visitor.sent(START))
        path = mixed.replace(_part(mine, "state"), _part(started, "state"))
        answer = await visitor.browser.get(path)
        assert answer.status_code in {422, 503}, path
        assert "set-cookie" not in answer.headers
    assert (await ours.somebody().browser.get(other)).status_code == 422
    carried = ours.somebody()
    carried.browser.http.cookies.update(dict(there.browser.http.cookies))
    assert (await carried.browser.get(other)).status_code == 422, "another force's state and cookie open nothing here"
    assert (await nell.browser.get(mine)).status_code == 303
    assert (await there.browser.get(other)).status_code == 303


def _part(path: str, name: str) -> str:
    return path.split(f"{name}=", 1)[1].split("&", 1)[0]


async def test_a_provider_that_does_not_name_itself_is_checked_where_it_does(
    world: World, providers: Providers
) -> None:
    place = await town(world, providers, namesItself=False)
    await place.officer()
    nell = place.somebody()
    path = await nell.back(await nell.sent(START))
    unnamed = path.split("&iss=")[0]
    assert unnamed != path
    assert (await nell.browser.get(unnamed)).status_code == 303
    otto = place.somebody()
    wrong = await otto.back(await otto.sent(START))
    answer = await otto.browser.get(wrong.replace(_part(wrong, "iss"), "https%3A%2F%2Felsewhere.example.org"))
    assert (answer.status_code, USELESS in answer.text) == (422, True)


async def test_a_sign_in_that_took_too_long_or_whose_provider_changed_begins_again(
    world: World, providers: Providers
) -> None:
    place = await town(world, providers)
    await place.officer()
    slow, changed = place.somebody(), place.somebody()
    late, other = await slow.back(await slow.sent(START)), await changed.back(await changed.sent(START))
    columns = "force_id, id, purpose, bound, setup, destination, staff_id"
    first = f"select {columns} from app.provider_sign_in where force_id = $1 order by made_at limit 1"
    ((_force, row_id, *rest),) = await world.ask(place.slug, first)
    await world.ask(place.slug, "delete from app.provider_sign_in where force_id = $1 and id = $2 returning 1", row_id)
    older = f"insert into app.provider_sign_in ({columns}, made_at) values ($1, $2, $3, $4, $5, $6, $7, now() - interval '11 minutes') returning 1"
    await world.ask(place.slug, older, row_id, *rest)
    assert (await slow.browser.get(late)).status_code == 422
    assert (await place.desk.submit(PAGE, **details(place.provider, 1, groups="roles"))).status_code == 303
    assert (await place.desk.submit(f"{PAGE}/ending", revision="2")).status_code == 303
    assert (await changed.browser.get(other)).status_code == 422, "what it began with is not in use any more"


async def test_new_keys_are_asked_for_once(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.officer()
    await place.provider.change(rotate=True)
    assert (await place.somebody().through()).status_code == 303
    asked = (await place.provider.told())["asked"]
    assert asked.count("GET /jwks") == 2


async def test_whoever_says_no_at_the_provider_comes_back_with_an_error(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.provider.change(account={})
    await refused(place, "an error")


@pytest.mark.parametrize(
    ("path", "answer", "why"),
    [
        ("/token", {"status": 500}, "unreachable"),
        ("/token", {"status": 302, "headers": {"location": "http://169.254.169.254/latest"}}, "redirects"),
        ("/token", {"size": 3 * 1024 * 1024}, "too_large"),
        ("/token", {"body": "{}", "headers": {"content-type": "application/json"}}, "unusable"),
        ("/jwks", {"status": 503}, "unreachable"),
        ("/jwks", {"body": "[]"}, "unusable"),
        ("/jwks", {"status": 307, "headers": {"location": "http://10.0.0.1/jwks"}}, "redirects"),
        ("/jwks", {"size": 3 * 1024 * 1024}, "too_large"),
    ],
)
async def test_a_provider_that_breaks_half_way_lets_nobody_in_and_is_said_to(
    world: World, providers: Providers, path: str, answer: dict[str, Any], why: str
) -> None:
    place = await town(world, providers)
    await place.officer()
    if path == "/jwks":  # the keys are remembered, so it has new ones
        await place.provider.change(forge={"kid": "new"})
    await place.provider.change(answers={path: answer})
    visitor = place.somebody()
    found = await visitor.through()
    assert (found.status_code, DOWN in found.text) == (503, True), found.text
    assert "set-cookie" not in found.headers
    sql = "select detail ->> 'why' from app.audit where force_id = $1 and what = 'provider.refused' order by at desc limit 1"
    assert await world.ask(place.slug, sql) == [(why,)]
    await place.provider.change(answers={}, forge=None)
    assert (await place.somebody().through()).status_code == 303


async def test_a_provider_that_is_gone_is_said_to_be(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.officer()
    nell = place.somebody()
    path = await nell.back(await nell.sent(START))
    await place.provider.change(down=True)
    answer = await nell.browser.get(path)
    assert (answer.status_code, DOWN in answer.text) == (503, True)
    assert "tell your IT service desk" in answer.text


async def test_a_provider_that_is_down_is_not_asked_by_everybody(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.provider.change(answers={"/.well-known/openid-configuration": {"status": 503}})
    app: Any = create_app(world.settings)  # which has not asked it yet
    asked = (await place.provider.told())["asked"]
    for _ in range(3):
        visitor = place.somebody()
        transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 4711))
        visitor.browser.http = httpx.AsyncClient(transport=transport, base_url=visitor.browser.origin)
        answer = await visitor.browser.get(START)
        assert (answer.status_code, DOWN in answer.text) == (503, True)
    assert (await place.provider.told())["asked"] == [*asked, "GET /.well-known/openid-configuration"]
    await app.close()


async def test_strangers_begin_nothing_where_there_is_no_provider(world: World) -> None:
    for slug in ("avonside", "brackenshire"):
        visitor = Traveller(world, slug)
        assert (await visitor.browser.get(START)).status_code == 404
        assert (await visitor.browser.get(f"{CALLBACK}?state=x&code=y")).status_code == 422
