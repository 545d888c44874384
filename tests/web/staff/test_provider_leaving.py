"""Signing out of both: at the provider from here, and here from the provider."""

import time
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.cast import OSMAN, World
from tests.provider.running import Providers, Traveller
from tests.web.staff.providing import PAGE, Town, town

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("provider")]

LOGOUT = "/staff/sign-in/provider/logout"
EVENT = "http://schemas.openid.net/event/backchannel-logout"


async def signed_in(place: Town, sub: str = "nell") -> Traveller:
    await place.officer(sub)
    visitor = place.somebody()
    assert (await visitor.through()).status_code == 303
    return visitor


async def works(visitor: Traveller) -> bool:
    return (await visitor.browser.get("/staff")).status_code == 200


async def heard(place: Town, token: str) -> httpx.Response:
    """Let the provider itself say it: no cookie, no origin, another site."""
    http = place.world.browser(place.slug).http
    return await http.post(LOGOUT, data={"logout_token": token}, headers={"sec-fetch-site": "cross-site"})


async def logged_out_there(place: Town, visitor: Traveller) -> list[str]:
    """Sign out at the provider, as its page asks; return the tokens that it sent."""
    asking = await visitor.visit(f"{place.provider.issuer}/session/end?client_id=trackmycrime")
    secret = asking.text.split('name="xsrf" value="', 1)[1].split('"', 1)[0]
    action = asking.text.split('action="', 1)[1].split('"', 1)[0]
    assert (await visitor.press(action, xsrf=secret, logout="yes")).is_redirect
    return (await place.provider.told())["logouts"]


async def test_who_signs_out_here_is_sent_to_sign_out_there(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    nell = await signed_in(place)
    answer = await nell.browser.get("/staff/sign-out")
    address = answer.headers["location"]
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{place.provider.issuer}/session/end?")
    assert set(asked) == {"id_token_hint", "client_id", "post_logout_redirect_uri"}
    assert not await works(nell)
    local = world.browser("avonside")
    await local.sign_in_as(OSMAN)
    assert (await local.get("/staff/sign-out")).headers["location"] == "/staff/sign-in"


async def test_who_signs_out_there_is_signed_out_here(world: World, providers: Providers) -> None:
    place, other = await town(world, providers), await town(world, providers)
    first, colleague = await signed_in(place), await signed_in(place, "otto")
    stranger = await signed_in(other)
    (token,) = await logged_out_there(place, first)
    again = await signed_in(place)
    backdated = "update app.session set created_at = created_at - interval '5 minutes' where force_id = $1 returning 1"
    await world.ask(place.slug, backdated)
    assert (await heard(other, token)).status_code == 400
    assert await works(first)
    assert (await heard(place, token)).status_code == 200
    assert not await works(first)
    assert await works(again), "the token names a session of the provider, and this is another"
    assert await works(colleague)
    assert await works(stranger)


async def test_a_logout_token_ends_what_it_names_and_nothing_that_began_later(
    world: World, providers: Providers
) -> None:
    place = await town(world, providers)
    nell, otto = await signed_in(place), await signed_in(place, "otto")
    now = int(time.time())
    said = {"iat": now, "jti": "once", "events": {EVENT: {}}, "sub": "nell"}
    good = await _token(place, said)
    for wrong in (
        {"nonce": "any"},
        {"events": {}},
        {"iat": now - 3600},
        {"iat": now + 3600},
        {"exp": now - 3600},
        {"iss": "https://elsewhere.example.org"},
        {"aud": "another service"},
        {"sub": None},
    ):
        answer = await heard(place, await _token(place, said | wrong))
        assert answer.status_code == 400, wrong
    for signed in ("none", "HS256"):
        assert (await heard(place, await _token(place, said, signed=signed))).status_code == 400
    for nothing in ("", "x", good[:-8] + "AAAAAAAA", "x" * 60_000):
        assert (await heard(place, nothing)).status_code in {400, 413}
    assert await works(nell)
    late = await _token(place, said | {"iat": now - 100})
    assert (await heard(place, late)).status_code == 200
    assert await works(nell), "it began after this was said"
    assert (await heard(place, good)).status_code == 200
    assert not await works(nell)
    assert await works(otto)


async def _token(place: Town, said: Mapping[str, object], *, signed: str = "RS256") -> str:
    claims = {name: value for name, value in said.items() if value is not None}
    return await place.provider.signed({"iss": place.provider.issuer, "aud": "trackmycrime", **claims}, signed)


async def test_where_there_is_no_provider_nobody_is_heard(world: World, providers: Providers) -> None:
    http = world.browser("avonside").http
    assert (await http.post(LOGOUT, data={"logout_token": "x"})).status_code == 404
    place = await town(world, providers)
    nell = await signed_in(place)
    await place.provider.change(down=True)
    await place.desk.get(PAGE)
    assert (await nell.browser.get("/staff/sign-out")).status_code == 303
    assert not await works(nell), "the provider is down, and this browser is signed out all the same"
