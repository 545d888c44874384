"""An administrator sets up the force's own provider, tries it, and switches it on: nothing changes for anybody before."""

import pytest

from tests.cast import ALICE, OSMAN, PASSWORD, World
from tests.provider.running import SECRET, Providers, Traveller
from tests.web.staff.providing import PAGE, arranged, details, town

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("provider")]


async def test_an_administrator_tries_it_before_anyone_depends_on_it(world: World, providers: Providers) -> None:
    place = await arranged(world, providers)
    page = (await place.desk.get(PAGE)).text
    for told in (
        f"https://{place.slug}.localhost:8000/staff/sign-in/provider/callback",
        "Nothing on this page changes anything",
    ):
        assert told in page
    assert "Try it</a>" not in page
    assert (await place.desk.submit(f"{PAGE}/use", revision="0")).status_code == 409
    assert (await place.desk.submit(PAGE, **details(place.provider))).status_code == 303
    page = (await place.desk.get(PAGE)).text
    assert SECRET not in page
    assert "Leave this empty to keep it" in page
    assert (await place.desk.submit(f"{PAGE}/use", revision="1")).status_code == 409
    await place.provider.knows("ann", place.email, "tmc-admins", "cyclists")
    assert (await place.admin.through(f"{PAGE}/trial")).headers["location"] == f"{PAGE}#trial"
    page = (await place.desk.get(PAGE)).text
    for told in (
        "It worked",
        "ann of the provider",
        place.email,
        "tmc-admins, cyclists",
        "Administrators",
        "Switch it on",
    ):
        assert told in page, told
    rows = await world.ask(place.slug, "select 1 from app.provider_link where force_id = $1")
    assert rows == [], "trying it changes nothing"
    local = world.browser(place.slug)
    assert (await local.submit("/staff/sign-in", email=place.email, password=PASSWORD)).headers["location"] == "/admin"


async def test_what_would_shut_the_administrator_out_cannot_be_switched_on(world: World, providers: Providers) -> None:
    place = await arranged(world, providers)
    await place.desk.get(PAGE)
    await place.desk.submit(PAGE, **details(place.provider))
    trials = (
        (["tmc-officers"], {}, "you would not be an administrator any more"),
        (["cyclists"], {}, "None of this person"),
        (["tmc-admins"], {"amr": ["pwd"]}, "without a second step"),
        (["tmc-admins"], {"email_verified": False}, "does not say that the email address is theirs"),
    )
    for groups, more, told in trials:
        await place.provider.knows("ann", place.email, *groups, **more)
        place.admin.forget()
        await place.admin.through(f"{PAGE}/trial")
        page = (await place.desk.get(PAGE)).text
        assert "It did not work" in page
        assert told in page
        assert (await place.desk.submit(f"{PAGE}/use", revision="1")).status_code == 409


async def test_a_draft_that_was_changed_is_tried_again(world: World, providers: Providers) -> None:
    place = await town(world, providers)
    await place.desk.get(PAGE)
    again = details(place.provider, 1, officer="another group", secret="")
    assert (await place.desk.submit(PAGE, **again)).status_code == 303
    assert "Switch it on</button>" not in (await place.desk.get(PAGE)).text
    assert (await place.desk.submit(f"{PAGE}/use", revision="2")).status_code == 409
    await place.officer()
    assert (await place.somebody().through()).status_code == 303, "what is in use stays in use"
    await place.provider.knows("ann", place.email, "tmc-admins")
    await place.admin.through(f"{PAGE}/trial")
    assert (await place.desk.submit(f"{PAGE}/use", revision="2")).status_code == 303, "the secret was kept"
    await place.officer()
    assert (await place.somebody().through()).status_code == 422


async def test_bad_details_are_said_beside_their_fields(world: World, providers: Providers) -> None:
    place = await arranged(world, providers)
    await place.desk.get(PAGE)
    bad = {
        "issuer": "provider.example.org",
        "client_id": "",
        "secret": "",
        "groups": "",
        "admin": "",
        "officer": "x" * 400,
    }
    answer = await place.desk.submit(PAGE, **bad, revision="0")
    assert answer.status_code == 422
    for told in (
        "begins with https://",
        "Enter the name that your provider",
        "Enter the secret",
        "at least one group",
        "Enter up to 50",
    ):
        assert told in answer.text, told
    assert 'value="provider.example.org"' in answer.text
    assert "x" * 400 in answer.text
    secret = await place.desk.submit(PAGE, **details(place.provider, 0, issuer="nowhere", secret="hush, hush"))
    assert "hush, hush" not in secret.text
    assert (await place.desk.submit(PAGE, **details(place.provider))).status_code == 303
    late = await place.desk.submit(PAGE, **details(place.provider, 0, groups="roles"))
    assert (late.status_code, "Someone else has changed this" in late.text) == (409, True)
    assert 'value="roles"' in late.text
    moved = await place.desk.submit(
        PAGE, **details(place.provider, 1, issuer="https://elsewhere.example.org", secret="")
    )
    assert moved.status_code == 422, "a secret is kept for the provider that gave it, and told to no other"


async def test_an_address_that_leads_inside_or_nowhere_is_said_to(world: World, providers: Providers) -> None:
    place = await arranged(world, providers)
    await place.desk.get(PAGE)
    wrong = {
        "https://10.0.0.1": "not on the internet",
        "http://93.184.215.14": "not on the internet",
        place.provider.issuer + "/": "calls itself something else",
    }
    for revision, (address, told) in enumerate(wrong.items()):
        assert (await place.desk.submit(PAGE, **details(place.provider, revision, issuer=address))).status_code == 303
        answer = await place.desk.get(f"{PAGE}/trial")
        assert answer.status_code == 422
        assert told in answer.text
    assert (await place.desk.submit(PAGE, **details(place.provider, 3))).status_code == 303
    for lie in (
        {"issuer": "https://elsewhere.example.org"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"end_session_endpoint": "http://elsewhere.example.org"},
    ):
        await place.provider.change(says=lie)
        assert "calls itself something else" in (await place.desk.get(f"{PAGE}/trial")).text, lie
    await place.provider.change(down=True)
    assert (await place.desk.submit(PAGE, **details(place.provider, 4))).status_code == 303
    assert "did not answer" in (await place.desk.get(f"{PAGE}/trial")).text


async def test_a_trial_is_its_administrators_own(world: World, providers: Providers) -> None:
    place = await arranged(world, providers)
    await place.desk.get(PAGE)
    await place.desk.submit(PAGE, **details(place.provider))
    await place.provider.knows("ann", place.email, "tmc-admins")
    path = await place.admin.back(await place.admin.sent(f"{PAGE}/trial"))
    other = Traveller(world, place.slug)
    other.browser.http.cookies.update({"__Host-provider": place.desk.http.cookies["__Host-provider"]})
    assert (await other.browser.get(path)).status_code == 422, "somebody who is not signed in here"
    assert "It worked" not in (await place.desk.get(PAGE)).text


async def test_strangers_find_none_of_it(world: World) -> None:
    visitor, officer, victim = world.browser("avonside"), world.browser("avonside"), world.browser("avonside")
    await officer.sign_in_as(OSMAN)
    await victim.sign_in(ALICE)
    for path in (PAGE, f"{PAGE}/trial"):
        assert (await visitor.get(path)).headers["location"].startswith("/staff/sign-in?next=")
        assert (await officer.get(path)).status_code == 404
        assert (await victim.get(path)).status_code == 404
    for path in (PAGE, f"{PAGE}/use", f"{PAGE}/ending"):
        assert (await officer.submit(path, revision="0")).status_code == 404
        assert (await victim.submit(path, revision="0")).status_code == 404
