"""Operators come in by an invitation and a password; nobody else does, whatever cookie they bring."""

import pytest

from tests.cast import OPERATOR, PASSWORD, World
from trackmycrime.domain.identity import operators, sessions
from trackmycrime.kit import ids
from trackmycrime.kit.actor import Kind, service

pytestmark = pytest.mark.asyncio(loop_scope="session")
PAGES = ("/forces", "/forces/new", "/forces/avonside", "/operators", "/audit")


async def test_an_operator_signs_in_and_out_and_nobody_else_comes_in(world: World) -> None:
    opal = world.browser("console")
    assert (await opal.get("/")).headers["location"] == "/sign-in"
    assert (await opal.get("/forces")).headers["location"] == "/sign-in?next=%2Fforces"
    page = await opal.get("/sign-in?next=%2Faudit")
    assert "Email address" in page.text
    assert "Password" in page.text
    answer = await opal.submit("/sign-in", email=OPERATOR, password=PASSWORD, next="/audit")
    assert (answer.status_code, answer.headers["location"]) == (303, "/audit")
    assert (await opal.get("/audit")).status_code == 200
    assert (await opal.get("/sign-in")).headers["location"] == "/forces"

    for kind in (Kind.VICTIM, Kind.STAFF):
        cookie = await _cookie_of_a_force(world, kind)
        stranger = world.browser("console")
        for path in PAGES:
            answer = await stranger.get(path, cookie=f"__Host-session={cookie}")
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in"), path

    await opal.get("/operators")
    answer = await opal.submit("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    assert (await opal.get("/audit")).status_code == 303


async def _cookie_of_a_force(world: World, kind: Kind) -> str:
    door = world.registry.door(await world.force("avonside"))
    async with door.open(service("test")) as tx:
        return (await sessions.begin(tx, kind, ids.new())).cookie


async def test_a_wrong_password_and_a_stranger_get_the_same_answer(world: World) -> None:
    answers: list[str] = []
    for email in (OPERATOR, "nobody@example.org"):
        browser = world.browser("console")
        answer = await browser.submit("/sign-in", email=email, password="not the password at all")
        assert answer.status_code == 422
        assert "set-cookie" not in answer.headers
        answers.append(answer.text.replace(email, "..."))
    assert answers[0] == answers[1]
    assert 'href="#email"' in answers[0]


async def test_a_link_elsewhere_and_the_way_out_are_not_where_signing_in_leads(world: World) -> None:
    for asked in ("https://example.org/", "//example.org", "/sign-out"):
        answer = await world.browser("console").submit("/sign-in", email=OPERATOR, password=PASSWORD, next=asked)
        assert answer.headers["location"] == "/forces"


async def test_an_invited_operator_chooses_a_password_once(world: World) -> None:
    async with world.database.national("console").open(service("test")) as tx:
        token = await operators.invite(tx, "ottilie@example.org", "Ottilie")
    browser = world.browser("console")
    page = await browser.get(f"/register/{token}")
    assert "Create a password" in page.text
    assert "Repeat your password" in page.text
    short = await browser.submit(f"/register/{token}", password="short", repeat_password="short")
    assert short.status_code == 422
    assert "15 characters" in short.text
    answer = await browser.submit(f"/register/{token}", password=PASSWORD, repeat_password=PASSWORD)
    assert answer.headers["location"] == "/forces"
    assert (await browser.get("/forces")).status_code == 200
    assert (await world.browser("console").get(f"/register/{token}")).status_code == 404
    assert (await world.browser("console").get("/register/nonsense")).status_code == 404


async def test_a_form_from_another_site_or_without_the_token_is_refused(world: World) -> None:
    opal = world.browser("console")
    await opal.sign_in_as_operator(OPERATOR)
    fields = {"name": "Eve", "email": "eve@example.org"}
    elsewhere = await opal.http.post(
        "/operators", data={**fields, "_csrf": opal.csrf}, headers={"origin": "https://example.org"}
    )
    assert elsewhere.status_code == 403
    without = await opal.http.post("/operators", data=fields, headers={"origin": opal.origin})
    assert without.status_code == 403
    assert "eve@example.org" not in (await opal.get("/operators")).text
