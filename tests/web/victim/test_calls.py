"""Asking for a call: how, on which number, and when it is safe; what was wrong is said, and nothing typed is lost."""

import re

import pytest

from tests.cast import HANNAH, World
from tests.web.staff.conftest import Crimes

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASK = "/messages/call-requests"


async def test_a_call_is_asked_for_with_method_number_days_and_time(world: World) -> None:
    told = await Crimes(world).make()
    vera = world.browser("avonside")
    await vera.sign_in(told.victims[0])
    form = (await vera.get(ASK)).text
    assert "checked" not in form
    wish = {
        "method": "text_first",
        "number": "07700900123",
        "days": "weekdays",
        "hours": "morning",
        "when": "Not on Mondays",
    }
    page = await vera.submit_and_follow(ASK, **wish)
    assert "You have asked us to call you" in page.text
    said = (
        "Please send me a text message first, then call me. Use this number: 07700 900123. "
        "It is safe to call: Monday to Friday, Morning, 8am to midday. Not on Mondays"
    )
    assert said in page.text
    hannah = world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    assert said in (await hannah.get("/staff/inbox")).text
    assert (await hannah.get(ASK)).status_code == 404
    assert (await hannah.submit(ASK, **wish)).status_code == 404
    nobody = await world.browser("avonside").submit(ASK, **wish)
    assert nobody.headers["location"] == "/sign-in?next=%2Fmessages%2Fcall-requests"
    assert [kind for _, kind, _ in await told.waiting()] == ["call_request"]


async def test_days_and_a_time_are_enough_and_so_are_ones_own_words(world: World) -> None:
    told = await Crimes(world).make()
    vera = world.browser("avonside")
    await vera.sign_in(told.victims[0])
    assert (await vera.submit(ASK, days="any", hours="evening")).status_code == 303
    page = await vera.submit_and_follow(ASK, when="Only while the children are at school")
    assert "Please call me. It is safe to call: Any day, Evening, 5pm to 8pm" in page.text
    assert "Please call me. It is safe to call: Only while the children are at school" in page.text


@pytest.mark.parametrize(
    ("form", "message", "field"),
    [
        ({}, "Choose the days when it is safe to call you", "days"),
        ({}, "Choose the time when it is safe to call you", "hours"),
        ({"days": "any", "when": "  "}, "Choose the time when it is safe to call you", "hours"),
        ({"days": "never", "hours": "any"}, "Choose the days when it is safe to call you", "days"),
        ({"number": "call me", "when": "Mornings"}, "Enter a phone number, like", "number"),
        ({"number": "12", "when": "Mornings"}, "Enter a phone number, like", "number"),
        ({"when": "x" * 5001}, "Your text must be 5000 characters or fewer", "when"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    world: World, form: dict[str, str], message: str, field: str
) -> None:
    told = await Crimes(world).make()
    vera = world.browser("avonside")
    await vera.sign_in(told.victims[0])
    page = await vera.submit(ASK, method="call", **form)
    assert page.status_code == 422
    assert f'<a href="#{field}">{message}' in page.text
    assert f'id="{field}-error"' in page.text
    assert 'value="call" checked' in page.text
    for name in ("number", "when"):
        assert form.get(name, "").strip() in page.text
    if form.get("days") == "any":
        assert 'value="any" checked' in page.text
    assert await told.waiting() == []


async def test_all_that_is_wrong_is_said_at_once(world: World) -> None:
    told = await Crimes(world).make()
    vera = world.browser("avonside")
    await vera.sign_in(told.victims[0])
    page = await vera.submit(ASK, method="call", number="sofa", hours="any")
    assert page.status_code == 422
    for field in ("number", "days"):
        assert f'<a href="#{field}">' in page.text
        assert f'id="{field}-error"' in page.text
    both = await vera.submit(ASK, number="12", when="x" * 5001)
    assert re.findall(r'<li><a href="#([a-z]+)">', both.text) == ["number", "when"]
    assert 'value="12"' in both.text
