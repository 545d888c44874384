"""A printed card of codes: nobody who fills the throttle keeps its owner out, and each code works once."""

import asyncio
import re

import httpx
import pytest

from tests.cast import Browser, Victim, World
from tests.drill.people import new_force
from tests.web.victim.test_account import refuse_strangers, signed_in
from tests.web.victim.test_resets import fresh, registered

pytestmark = pytest.mark.asyncio(loop_scope="session")
CODE = re.compile(r"<code>([A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4})</code>")


async def card_of(home: Browser, victim: Victim) -> list[str]:
    """Make a card as its owner, and return its codes."""
    await home.get("/settings/sign-in/card")
    answer = await home.submit("/settings/sign-in/card", password=victim.password)
    assert answer.status_code == 200
    return CODE.findall(answer.text)


async def come(world: World, slug: str, victim: Victim, code: str, **changes: str) -> httpx.Response:
    """Try to sign in with all the facts and a code, from a browser that nobody knows."""
    typed = victim.typed(password=victim.password, card_code=code) | changes
    return await fresh(world, slug).submit("/sign-in", **typed)


async def fill_the_throttle(world: World, slug: str, victim: Victim) -> None:
    wrong = victim.typed(password="a wrong guess of some length")
    for _ in range(40):
        if (await fresh(world, slug).submit("/sign-in", **wrong)).status_code == 429:
            return
    pytest.fail("guessing was never slowed")


async def test_nobody_who_fills_the_throttle_keeps_out_whoever_has_the_card(world: World) -> None:
    slug = await new_force(world)
    vera = await registered(world, slug)
    codes = await card_of(await signed_in(world, slug, vera), vera)
    assert len(set(codes)) == 10
    await fill_the_throttle(world, slug, vera)
    slowed = await fresh(world, slug).submit("/sign-in", **vera.typed(password=vera.password))
    assert (slowed.status_code, 'name="card_code"' in slowed.text) == (429, True)

    inside = fresh(world, slug)
    answer = await inside.submit_and_follow("/sign-in", **vera.typed(password=vera.password, card_code=codes[0]))
    assert (answer.status_code, vera.reference in answer.text) == (200, True)
    untidy = codes[1].lower().replace(" ", "-")
    assert (await come(world, slug, vera, untidy)).status_code == 303
    assert (await come(world, slug, vera, codes[0])).status_code == 429, "it was used"
    assert (await come(world, slug, vera, "BCDF BCDF BCDF")).status_code == 429, "it is no code"
    assert "8 codes are left" in (await inside.get("/settings/sign-in")).text


async def test_a_code_alone_opens_nothing_and_is_not_used_up_by_a_wrong_password(world: World) -> None:
    slug = await new_force(world)
    vera, walter = await registered(world, slug), await registered(world, slug)
    (code, *_rest) = await card_of(await signed_in(world, slug, vera), vera)
    plain = await fresh(world, slug).submit("/sign-in", **vera.typed(password="a wrong guess of some length"))
    for changes in ({"password": "a wrong guess of some length"}, {"last_name": "Nobody"}, {"day": "8"}):
        wrong = await come(world, slug, vera, code, **changes)
        assert (wrong.status_code, "The details you entered do not match" in wrong.text) == (422, True)
        assert code not in wrong.text
        assert len(wrong.text) > len(plain.text), "the field for a code is there again"
    his = await come(world, slug, walter, code)
    assert his.status_code == 303, "his own password is enough, and her code is not used"
    assert (await come(world, slug, vera, code)).status_code == 303


async def test_whoever_finds_the_card_guesses_ten_times_an_hour(world: World) -> None:
    slug = await new_force(world)
    vera = await registered(world, slug)
    codes = await card_of(await signed_in(world, slug, vera), vera)
    wrong = {"password": "a wrong guess of some length"}
    statuses = [(await come(world, slug, vera, codes[n % 10], **wrong)).status_code for n in range(14)]
    assert statuses == [422] * 10 + [429] * 4
    assert (await fresh(world, slug).sign_in(vera)).status_code == 200


async def test_one_code_used_twice_at_once_lets_one_in(world: World) -> None:
    slug = await new_force(world)
    vera = await registered(world, slug)
    (code, *_rest) = await card_of(await signed_in(world, slug, vera), vera)
    await fill_the_throttle(world, slug, vera)
    answers = await asyncio.gather(*(come(world, slug, vera, code) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers).count(303) == 1


async def test_a_new_card_ends_the_old_one_and_a_removed_one_is_none(world: World) -> None:
    slug = await new_force(world)
    vera, walter = await registered(world, slug), await registered(world, slug)
    home, his = await signed_in(world, slug, vera), await signed_in(world, slug, walter)
    old = await card_of(home, vera)
    assert "When you make a new one, the old one stops working" in (await home.get("/settings/sign-in/card")).text
    new = await card_of(home, vera)
    hers = await card_of(his, walter)
    await fill_the_throttle(world, slug, vera)
    assert (await come(world, slug, vera, old[0])).status_code == 429
    assert (await come(world, slug, vera, hers[0])).status_code == 429, "another person's code"
    assert (await come(world, slug, vera, new[0])).status_code == 303

    (remove,) = re.findall(r'href="(/settings/sign-in/factors/[^"]+)"', (await home.get("/settings/sign-in")).text)
    nobodys = remove.replace(remove.split("/")[4], "01890000-0000-7000-8000-000000000404")
    for stranger in (his, fresh(world, slug)):
        refused, none = await stranger.get(remove), await stranger.get(nobodys)
        assert (refused.status_code, refused.text) == (none.status_code, none.text)
        assert refused.status_code in {303, 404}
        refused = await stranger.submit(remove, password=vera.password)
        assert refused.status_code in {303, 404}
    assert (await home.submit(remove, password="not her password at all")).status_code == 422
    assert "It has been removed" in (await home.submit_and_follow(remove, password=vera.password)).text
    assert (await come(world, slug, vera, new[1])).status_code == 429
    messages = (await home.get("/messages")).text
    assert "A card of codes was made for your account." in messages
    assert "The card of codes was removed from your account." in messages


async def test_a_card_is_made_by_its_owner_alone_who_knows_the_password(world: World) -> None:
    slug = await new_force(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    page = await home.get("/settings/sign-in/card")
    assert "Whoever finds it and knows your details" in page.text
    for wrong in ("", "not her password at all"):
        answer = await home.submit("/settings/sign-in/card", password=wrong)
        assert (answer.status_code, CODE.findall(answer.text)) == (422, [])
    assert "Make a card" in (await home.get("/settings/sign-in")).text
    assert 'href="/settings/sign-in"' in (await home.get("/settings")).text
    await card_of(home, vera)
    stored = await world.ask(slug, "select count(*), min(length(code_hash)) from app.card_code where force_id = $1")
    assert stored[0][1] == 32
    audited = await world.ask(slug, "select detail from app.audit where force_id = $1 and what = 'factor.added'")
    assert any(detail[0]["kind"] == "card" for detail in audited)
    for path in ("/settings/sign-in", "/settings/sign-in/card"):
        nobody = fresh(world, slug)
        assert (await nobody.get(path)).headers["location"].startswith("/sign-in")
    await refuse_strangers(world, "/settings/sign-in/card", password="x")
