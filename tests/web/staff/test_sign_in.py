"""Signing in as staff: the right people land where they work, and every failure looks the same."""

import pytest

from tests.cast import ADA, ALICE, CAROL, HANNAH, HARRIET, OSMAN, PASSWORD, Employee, World
from tests.drill.people import new_force
from tests.web.staff.conftest import browser_on, signed_in
from trackmycrime.domain.identity import staff
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_each_role_lands_on_its_own_first_page(world: World) -> None:
    for employee, start in ((OSMAN, "/staff"), (HANNAH, "/staff"), (ADA, "/admin")):
        browser = world.browser("avonside")
        form = await browser.get("/staff/sign-in")
        assert "Email address" in form.text
        answer = await browser.submit("/staff/sign-in", email=employee.email.upper(), password=PASSWORD)
        assert (answer.status_code, answer.headers["location"]) == (303, start)
        assert (await browser.get(start)).status_code == 200
        assert (await browser.get("/staff/sign-in")).headers["location"] == start


async def test_a_signed_out_reader_comes_back_to_the_page_and_never_leaves_the_site(world: World) -> None:
    browser = world.browser("avonside")
    sent = await browser.get("/staff/inbox")
    assert sent.headers["location"] == "/staff/sign-in?next=%2Fstaff%2Finbox"
    ways = {
        "/staff/inbox": "/staff/inbox",
        "//elsewhere.example.org": "/staff",
        "https://elsewhere.example.org": "/staff",
        "/admin": "/staff",
        "/staff/sign-out": "/staff",
    }
    for wanted, reached in ways.items():
        form = {"email": OSMAN.email, "password": PASSWORD, "next": wanted}
        assert (await world.browser("avonside").submit("/staff/sign-in", **form)).headers["location"] == reached


async def test_every_failure_is_the_same_answer(world: World) -> None:
    browser = browser_on(world, "192.0.2.41")
    shown = set[str]()
    for email, password in ((OSMAN.email, "not this"), (HARRIET.email, PASSWORD), ("nobody@example.org", PASSWORD)):
        answer = await browser.submit("/staff/sign-in", email=email, password=password)
        assert answer.status_code == 422
        assert "set-cookie" not in answer.headers
        assert password not in answer.text
        shown.add(answer.text.replace(email, ""))
    assert len(shown) == 1
    assert "The details you entered do not match" in shown.pop()
    empty = await browser.submit("/staff/sign-in", email="", password="")
    assert empty.status_code == 422
    assert "Enter your email address" in empty.text


async def test_too_many_failures_are_asked_to_wait(world: World) -> None:
    browser = browser_on(world, "192.0.2.42")
    form = {"email": "guessed@example.org", "password": "a guess"}
    statuses = [(await browser.submit("/staff/sign-in", **form)).status_code for _ in range(11)]
    assert statuses == [422] * 8 + [429] * 3
    answer = await browser.submit("/staff/sign-in", **form)
    assert int(answer.headers["retry-after"]) > 0
    assert "too many tries" in answer.text
    assert 'value="guessed@example.org"' in answer.text


async def test_an_officers_own_browser_gets_in_while_somebody_guesses(world: World) -> None:
    slug, nell = await new_force(world), Employee("PC Nell Nash", "officer", "nell@example.org")
    await world.hire(slug, nell)
    home = browser_on(world, "192.0.2.43", slug)
    await home.sign_in_as(nell)
    await home.get("/staff/sign-out")
    guesser = browser_on(world, "192.0.2.43", slug)
    form = {"email": nell.email, "password": "a guess"}
    assert [(await guesser.submit("/staff/sign-in", **form)).status_code for _ in range(9)] == [422] * 8 + [429]
    assert (await browser_on(world, "192.0.2.43", slug).sign_in_as(nell)).status_code == 429
    assert (await home.sign_in_as(nell)).status_code == 200


async def test_a_form_of_another_site_signs_nobody_in(world: World) -> None:
    browser = world.browser("avonside")
    form = {"email": OSMAN.email, "password": PASSWORD}
    answer = await browser.http.post("/staff/sign-in", data=form, headers={"origin": "https://elsewhere.example.org"})
    assert answer.status_code == 403


async def test_signing_out_ends_the_session(world: World) -> None:
    browser = await signed_in(world, OSMAN)
    cookie = browser.http.cookies["__Host-session"]
    foreign = await browser.get("/staff/sign-out", **{"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 303
    assert (await browser.get("/staff")).status_code == 200
    await browser.get("/staff/sign-out")
    thief = world.browser("avonside")
    thief.http.cookies.update({"__Host-session": cookie})
    assert (await thief.get("/staff")).headers["location"] == "/staff/sign-in?next=%2Fstaff"


async def test_an_invited_member_of_staff_chooses_a_password_once(world: World) -> None:
    force = await world.force("avonside")
    async with world.registry.door(force).open(service("test")) as tx:
        staff_id = await staff.invite(tx, "newcomer@avonside.example.org", "officer", name="PC Nell Newcomer")
        token = staff.invitation_token(tx, staff_id)
    browser = world.browser("avonside")
    path = f"/staff/register/{token}"
    assert "Repeat your password" in (await browser.get(path)).text
    short = await browser.submit(path, password="short", repeat_password="short")
    assert short.status_code == 422
    assert "15 characters or more" in short.text
    unequal = await browser.submit(path, password=PASSWORD, repeat_password=PASSWORD + "!")
    assert "The two passwords are not the same" in unequal.text
    assert (await world.browser("brackenshire").get(path)).status_code == 404
    assert (await browser.get("/staff/register/invented")).status_code == 404
    done = await browser.submit(path, password=PASSWORD, repeat_password=PASSWORD)
    assert done.headers["location"] == "/staff/sign-in/setting-up"
    assert (await browser.get("/staff")).status_code == 303, "a second step comes first"
    assert (await world.browser("avonside").get(path)).status_code == 404
    assert (
        await world.browser("avonside").submit(path, password=PASSWORD, repeat_password=PASSWORD)
    ).status_code == 404


async def test_a_victims_session_is_no_session_of_staff(world: World) -> None:
    for victim, host in ((ALICE, "avonside"), (CAROL, "brackenshire")):
        browser = world.browser(host)
        await browser.sign_in(victim)
        for path in ("/staff", "/staff/inbox", "/staff/cases", "/admin"):
            assert (await browser.get(path)).status_code == 404
