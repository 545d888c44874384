"""Signing in with the force's own provider: the certified oidc-provider on the other side."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cast import PASSWORD, World
from tests.provider.running import CALLBACK, Providers
from tests.web.staff.providing import PAGE, town

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("provider")]

START, SIGN_IN = "/staff/sign-in/provider", "/staff/sign-in"


async def test_an_officer_comes_in_with_code_pkce_state_and_nonce(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.officer()
    nell = place.somebody()
    page = (await nell.browser.get(f"{SIGN_IN}?next=/staff/inbox")).text
    assert "Sign in with your force account" in page
    assert 'name="password"' not in page
    address = await nell.sent(f"{START}?next=%2Fstaff%2Finbox")
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(place.provider.issuer)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))
    entered = await nell.browser.get(await nell.back(address))
    assert (entered.status_code, entered.headers["location"]) == (303, "/staff/inbox")
    assert (await nell.browser.get("/staff")).status_code == 200
    assert (await nell.browser.get("/admin")).status_code == 404
    (row,) = await world.ask(
        place.slug, "select name, role, email from app.staff where force_id = $1 and role = 'officer'"
    )
    assert row == ("nell of the provider", "officer", f"nell@{place.slug}.example.org")
    stranger = place.somebody()
    assert (await stranger.browser.get("/staff")).headers["location"] == "/staff/sign-in?next=%2Fstaff"


async def test_no_password_works_while_it_is_on_and_every_one_when_it_is_off(
    world: World, providers: Providers
) -> None:
    place = await town(world, providers)
    local = world.browser(place.slug)
    form = {"email": place.email, "password": PASSWORD}
    refused = await local.submit(SIGN_IN, **form)
    assert refused.status_code == 422
    assert "signs in with its own accounts" in refused.text
    assert "set-cookie" not in refused.headers
    assert (await local.get("/admin")).status_code == 303
    await place.desk.get(PAGE)
    assert (await place.desk.submit(f"{PAGE}/ending", revision="1")).headers["location"] == f"{PAGE}?done=off"
    assert (await local.submit(SIGN_IN, **form)).headers["location"] == "/admin"
    assert (await place.somebody().browser.get(START)).status_code == 404


async def test_a_callback_counts_once_and_in_its_own_browser(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.officer()
    nell, mallory = place.somebody(), place.somebody()
    path = await nell.back(await nell.sent(START))
    stolen = await mallory.browser.get(path)
    assert stolen.status_code == 422
    assert "in another browser" in stolen.text
    await mallory.sent(START)
    assert (await mallory.browser.get(path)).status_code == 422
    assert (await nell.browser.get(path)).status_code == 303
    again = await nell.browser.get(path)
    assert again.status_code == 422
    assert (await mallory.browser.get("/staff")).status_code == 303
    assert (await mallory.browser.get(f"{CALLBACK}?state=invented&code=x")).status_code == 422
    assert (await mallory.browser.get(CALLBACK)).status_code == 422


async def test_the_account_is_the_subject_and_an_address_finds_nobody_twice(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    email = await place.officer("nell")
    assert (await place.somebody().through()).status_code == 303
    await place.provider.knows("nell", "new-name@example.org", "tmc-officers")
    assert (await place.somebody().through()).status_code == 303
    await place.provider.knows("impostor", email, "tmc-officers")
    refused = await place.somebody().through()
    assert refused.status_code == 422
    assert "belongs to another account" in refused.text
    for address, confirmed in ((place.email, False), (place.email, None), ("", True)):
        await place.provider.knows("olga", address, "tmc-admins", email_verified=confirmed)
        refused = await place.somebody().through()
        assert (refused.status_code, "did not confirm your email" in refused.text) == (422, True)
    rows = await world.ask(place.slug, "select email from app.staff where force_id = $1 order by email")
    assert [row[0] for row in rows] == sorted([place.email, email])


async def test_an_address_that_the_force_gives_out_counts_where_it_says_so(world: World, providers: Providers) -> None:
    place = await town(world, providers, form={"are_confirmed": "yes"})
    await place.officer("nell", email_verified=None)
    assert (await place.somebody().through()).status_code == 303
    await place.officer("otto", email_verified=False)
    assert (await place.somebody().through()).status_code == 422


async def test_the_role_is_that_of_the_groups_and_follows_them(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    role = "select role from app.staff where force_id = $1 and email = $2"
    for groups, given in (
        (["tmc-specials"], "officer"),
        (["tmc-officers", "tmc-hub"], "hub"),
        (["tmc-officers"], "officer"),
    ):
        await place.provider.knows("nell", f"nell@{place.slug}.example.org", "others", *groups)
        assert (await place.somebody().through()).status_code == 303
        assert await world.ask(place.slug, role, f"nell@{place.slug}.example.org") == [(given,)]
    await place.provider.knows("nell", "", "others")
    refused = await place.somebody().through()
    assert (refused.status_code, "none of your groups may use" in refused.text) == (422, True)
    assert "Ask the administrator" in refused.text


async def test_a_provider_makes_nobody_an_administrator(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.provider.knows("nell", f"nell@{place.slug}.example.org", "tmc-admins")
    assert (await place.somebody().through()).status_code == 422
    await place.provider.knows("nell", f"nell@{place.slug}.example.org", "tmc-admins", "tmc-officers")
    nell = place.somebody()
    assert (await nell.through()).headers["location"] == "/staff"
    assert (await nell.browser.get("/admin")).status_code == 404
    again = place.somebody()
    assert (await again.through()).headers["location"] == "/staff"
    assert (await again.browser.get("/admin")).status_code == 404
    await place.provider.knows("ann", place.email, "tmc-admins")
    ann = place.somebody()
    assert (await ann.through()).headers["location"] == "/admin"
    assert (await ann.browser.get("/admin")).status_code == 200
    await place.provider.knows("ann", place.email, "tmc-officers")
    last = place.somebody()
    assert (await last.through()).headers["location"] == "/admin", "the last administrator stays one"


async def test_without_a_second_step_or_suspended_nobody_comes_in(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.officer("nell", amr=["pwd"])
    refused = await place.somebody().through()
    assert (refused.status_code, "your second step too" in refused.text) == (422, True)
    await place.officer("nell")
    nell = place.somebody()
    assert (await nell.through()).status_code == 303
    await world.ask(
        place.slug, "update app.staff set active = false where force_id = $1 and role = 'officer' returning id"
    )
    assert (await nell.browser.get("/staff")).status_code == 303
    refused = await place.somebody().through()
    assert (refused.status_code, "cannot use this service at the moment" in refused.text) == (422, True)


async def test_a_level_of_the_force_is_asked_for_and_required(world: World, providers: Providers) -> None:
    place = await town(world, providers, form={"level": "strong"})
    await place.officer("nell", acr="strong", amr=["pwd"])
    nell = place.somebody()
    assert parse_qs(urlsplit(await nell.sent(START)).query)["acr_values"] == ["strong"]
    assert (await nell.through()).status_code == 303
    await place.officer("nell", acr="weak", amr=["mfa"])
    assert (await place.somebody().through()).status_code == 422


@pytest.mark.parametrize("signs", ["PS256", "ES256", "EdDSA"])
async def test_every_way_of_signing_that_we_trust_works(world: World, providers: Providers, signs: str) -> None:
    place = await town(world, providers, signs=signs)
    await place.officer()
    assert (await place.somebody().through()).status_code == 303
