"""Operators invite operators; the audit says so."""

import re

import pytest

from tests.cast import OPERATOR, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_operator_invites_another_whose_link_is_told_once(world: World) -> None:
    opal = world.browser("console")
    await opal.sign_in_as_operator(OPERATOR)
    await opal.get("/operators")
    answer = await opal.submit("/operators", name="Orla Orme", email="Orla@example.org")
    assert answer.status_code == 200
    link = re.findall(r"https://console\.localhost:8000/register/[\w-]+", answer.text)[0]
    listed = (await opal.get("/operators")).text
    assert "orla@example.org" in listed
    assert link not in listed
    audit = (await opal.get("/audit")).text
    assert "Invited an operator" in audit
    assert "Orla Orme" in audit
    assert (await world.browser("console").get(link.removeprefix("https://console.localhost:8000"))).status_code == 200

    again = await opal.submit("/operators", name="Orla", email="orla@example.org")
    newer = re.findall(r"https://console\.localhost:8000/register/[\w-]+", again.text)[0]
    assert newer != link
    assert (await world.browser("console").get(link.removeprefix("https://console.localhost:8000"))).status_code == 404
    taken = await opal.submit("/operators", name="Opal", email=OPERATOR)
    assert taken.status_code == 409
    assert 'href="#email"' in taken.text
    wrong = await opal.submit("/operators", name="", email="orla")
    assert wrong.status_code == 422
    assert 'value="orla"' in wrong.text

    stranger = world.browser("console")
    answer = await stranger.submit("/operators", name="Mallory", email="mallory@example.org")
    assert answer.headers["location"].startswith("/sign-in")
    assert "mallory@example.org" not in (await opal.get("/operators")).text
