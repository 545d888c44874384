"""Somebody lost their phone or card: staff who spoke with them remove what they signed in with, at risk two of them."""

import re

import httpx
import pytest

from tests.cast import ALICE, CAROL, HANNAH, HARRIET, OSMAN, Browser, Victim, World
from tests.domain.test_notifications import drained, to
from tests.web.victim.test_account import in_the_case_of_osman, signed_in
from tests.web.victim.test_authenticator import CONFIRM, SET_UP, code, half_way, key_in
from tests.web.victim.test_card import card_of, come
from tests.web.victim.test_passkeys import MAKE, device, offered, use
from tests.web.victim.test_resets import fresh, put_at_risk, tasks_about

pytestmark = pytest.mark.asyncio(loop_scope="session")
SLUG = "avonside"
SPOKE = {"loss_reason": "She came to the desk with her passport"}


async def with_everything(world: World) -> tuple[Victim, str, Browser]:
    """Return a victim in Osman's case who has set up all there is, where staff help her, and where she is signed in."""
    vera, path = await in_the_case_of_osman(world)
    home = await signed_in(world, SLUG, vera)
    await home.get(SET_UP)
    secret = key_in((await home.submit_and_follow(SET_UP, password=vera.password)).text)
    await home.submit(CONFIRM, code=code(secret))
    await drained(world, SLUG)
    return vera, path.removesuffix("/reset"), home


async def staff_of(world: World, person_path: str) -> tuple[Browser, Browser]:
    """Return the officer in the case, and a colleague of the hub who has opened it."""
    osman, hannah = world.browser(SLUG), world.browser(SLUG)
    await osman.sign_in_as(OSMAN)
    await hannah.sign_in_as(HANNAH)
    case = person_path.partition("/people/")[0]
    await hannah.get(case)
    await hannah.submit(f"{case}/openings", reason="The victim has called about it")
    return osman, hannah


async def lose(browser: Browser, person_path: str, **form: str) -> httpx.Response:
    await browser.get(f"{person_path}/reset")
    return await browser.submit(f"{person_path}/losses", **(form or SPOKE))


async def left(world: World, victim: Victim) -> int:
    sql = """select count(*) from app.factor f join app.person p on p.force_id = $1 and p.id = f.person_id
             where f.force_id = $1 and p.source_id = $2"""
    ((found,),) = await world.ask(SLUG, sql, victim.person)
    return found


async def test_what_is_lost_opens_nothing_any_more_and_she_is_told(world: World) -> None:
    vera, path, home = await with_everything(world)
    phone = device(SLUG)
    await home.submit(MAKE, credential=phone.create(await offered(home, vera.password)))
    codes = await card_of(home, vera)
    osman, _hannah = await staff_of(world, path)
    page = (await osman.get(f"{path}/reset")).text
    assert "They have 3 other ways to sign in" in page
    wrong = await lose(osman, path, loss_reason=" ")
    assert (wrong.status_code, "Say how you made sure" in wrong.text) == (422, True)
    assert await left(world, vera) == 3
    done = await lose(osman, path)
    assert (done.status_code, done.headers["location"].endswith("?done=lost")) == (303, True)

    assert await left(world, vera) == 0
    assert (await home.get("/messages")).status_code == 303, "the lost phone is signed out"
    assert 'name="crime_reference"' in (await home.get("/sign-in")).text, "and not known any more"
    assert (await use(fresh(world, SLUG), phone)).status_code == 422
    assert (await come(world, SLUG, vera, codes[0])).headers["location"] == "/messages", "the password, not the code"
    inside = fresh(world, SLUG)
    assert "A way to sign in was removed from your account." in (await inside.sign_in(vera)).text
    audited = "select reason is not null from app.audit where force_id = $1 and what = 'factors.lost'"
    assert (True,) in await world.ask(SLUG, audited)
    again = await lose(osman, path)
    assert (again.status_code, "nothing but their password" in again.text) == (409, True)


async def test_for_somebody_at_risk_two_people_have_to_say_so(world: World) -> None:
    vera, path, _home = await with_everything(world)
    await put_at_risk(world, SLUG, vera)
    osman, hannah = await staff_of(world, path)
    first = await lose(osman, path)
    assert first.headers["location"].endswith("?done=second")
    assert await left(world, vera) == 1
    assert await tasks_about(world, SLUG, vera, "factors_lost") == [(["second_person"], True)]
    assert "A victim lost their phone or card" in (await hannah.get("/staff/inbox")).text
    alone = await lose(osman, path)
    assert (alone.status_code, "Somebody else has to confirm this" in alone.text) == (409, True)
    await half_way(world, SLUG, vera)
    assert (await lose(hannah, path)).headers["location"].endswith("?done=lost")
    assert await left(world, vera) == 0
    assert await tasks_about(world, SLUG, vera, "factors_lost") == []


async def test_only_staff_of_the_case_may(world: World) -> None:
    vera, path, _home = await with_everything(world)
    _other, elsewhere, _hers = await with_everything(world)
    alice, nobody, hannah = await signed_in(world, SLUG, ALICE), world.browser(SLUG), world.browser(SLUG)
    harriet, carol = world.browser("brackenshire"), await signed_in(world, "brackenshire", CAROL)
    await hannah.sign_in_as(HANNAH)  # of this force, but has not opened the case
    await harriet.sign_in_as(HARRIET)
    for stranger in (alice, hannah, harriet, carol):
        await stranger.get("/settings")
        await stranger.get("/staff/cases")
        assert (await stranger.submit(f"{path}/losses", **SPOKE)).status_code == 404
    assert (await nobody.submit(f"{path}/losses", **SPOKE)).headers["location"].startswith("/staff/sign-in")
    osman, _hannah = await staff_of(world, path)
    mixed = re.sub(r"/people/.*", "/people/" + elsewhere.partition("/people/")[2], path)
    await osman.get("/staff/cases")
    assert (await osman.submit(f"{mixed}/losses", **SPOKE)).status_code == 404
    assert await left(world, vera) == 1


async def test_an_account_that_staff_open_again_has_nothing_left_that_somebody_else_may_have(world: World) -> None:
    vera, path, home = await with_everything(world)
    await home.get("/settings/lock")
    await home.submit("/settings/lock")
    osman, _hannah = await staff_of(world, path)
    await osman.get(f"{path}/reset")
    assert (await osman.submit(f"{path}/reset", reset_reason="Called back on the number in the record")).is_redirect
    (email, *_more) = to(await drained(world, SLUG), vera)
    (link,) = re.findall(r"https://avonside.localhost:8000(/reset-password/\S+)", email.text)
    new = "seven green kettles on a wall"
    assert (await fresh(world, SLUG).submit(link, password=new, repeat_password=new)).status_code == 303
    assert await left(world, vera) == 0
    vera.password = new
    assert (await fresh(world, SLUG).sign_in(vera)).status_code == 200
