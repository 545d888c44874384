"""One's own account: a new password, where one is signed in, and what to do when somebody else may be reading."""

import re
from uuid import uuid4

import pytest

from tests.cast import ALICE, BEA, CAROL, HANNAH, OSMAN, Browser, Victim, World, crime, event
from tests.domain.test_notifications import drained, to
from tests.web.victim.test_resets import (
    NEW,
    choose,
    fresh,
    link,
    link_in,
    put_at_risk,
    registered,
    tasks_about,
    town,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def signed_in(world: World, slug: str, victim: Victim) -> Browser:
    browser = fresh(world, slug)
    assert (await browser.sign_in(victim)).status_code == 200
    return browser


async def refuse_strangers(world: World, path: str, **form: str) -> None:
    """Make sure that the page is only for somebody who is signed in as a victim of the force."""
    hannah, nobody, stolen = world.browser("avonside"), world.browser("avonside"), world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    await hannah.get("/staff/cases")
    carol = await signed_in(world, "brackenshire", CAROL)
    stolen.http.cookies.update({"__Host-session": carol.http.cookies["__Host-session"]})
    assert (await hannah.get(path)).status_code == 404
    assert (await hannah.submit(path, **form)).status_code == 404
    for browser in (nobody, stolen):
        for answer in (await browser.get(path), await browser.submit(path, **form)):
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/sign-in")


async def test_a_locked_account_lets_nobody_in_sends_nothing_and_calls_a_person(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home, phone = await signed_in(world, slug, vera), await signed_in(world, slug, vera)
    on_its_way = await link(world, slug, vera)
    await world.push(slug, [event("update.published", vera.reference, text="News.")])
    wrong = Victim(vera.name, vera.last_name, vera.reference, vera.email, password="not her password at all")
    looks_like = (await fresh(world, slug).sign_in(wrong)).text

    assert "Lock my account" in (await home.get("/settings/lock")).text
    assert "You have signed out" in (await home.submit_and_follow("/settings/lock")).text
    for browser in (home, phone):
        assert (await browser.get("/messages")).status_code == 303
    refused = await fresh(world, slug).sign_in(vera)
    assert (refused.status_code, refused.text) == (422, looks_like)
    assert to(await drained(world, slug), vera) == [], "what was queued before is not sent either"
    assert await tasks_about(world, slug, vera, "account_frozen") == [([], True)]
    assert (["frozen"], False) in await tasks_about(world, slug, vera, "tell_in_person")
    assert (await choose(world, slug, on_its_way)).status_code == 404
    await fresh(world, slug).submit("/reset-password", **vera.typed())
    assert to(await drained(world, slug), vera) == []
    assert await tasks_about(world, slug, vera, "password_help") == [(["frozen"], True)]
    late = (
        "select due_at - made_at <= interval '61 minutes' from app.task where force_id = $1 and kind = 'account_frozen'"
    )
    assert await world.ask(slug, late) == [(True,)]
    await refuse_strangers(world, "/settings/lock")


async def in_the_case_of_osman(world: World) -> tuple[Victim, str]:
    vera = Victim("Vera", "Vance", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    osman = {"collar_number": "4711", "name": OSMAN.name, "role": "PC", "unit": "Harbour", "email": OSMAN.email}
    await world.push("avonside", [crime(vera.reference, [vera.as_event()], officer=osman)])
    await world.register("avonside", vera)
    await drained(world, "avonside")
    sql = """select cp.case_id, cp.person_id from app.case_person cp
             join app.person p on p.force_id = $1 and p.id = cp.person_id
             where cp.force_id = $1 and p.source_id = $2"""
    ((case, person),) = await world.ask("avonside", sql, vera.person)
    return vera, f"/staff/cases/{case}/people/{person}/reset"


async def test_staff_who_spoke_with_her_let_her_back_in_with_a_new_password_alone(world: World) -> None:
    vera, path = await in_the_case_of_osman(world)
    home = await signed_in(world, "avonside", vera)
    await home.get("/settings/lock")
    await home.submit("/settings/lock")
    await put_at_risk(world, "avonside", vera)

    officer = world.browser("avonside")
    await officer.sign_in_as(OSMAN)
    page = (await officer.get(path.partition("/people/")[0])).text
    assert f'href="{path}"' in page
    assert "A victim says that somebody else may be reading" in page
    shown = (await officer.get(path)).text
    assert "They locked their account" in shown
    assert "Nothing may be sent to them as things are recorded" in shown
    unsafe = await officer.submit(path, reset_reason="Called back on the number in the record")
    assert (unsafe.status_code, "First record how it is safe to reach them" in unsafe.text) == (422, True)
    safe = {"suits": "suitable", "risk_domestic_abuse": "yes", "channel": "email", "begins": "0", "ends": "24"}
    days = {f"day_{day}": "yes" for day in range(7)}
    assert (await officer.submit(path.replace("/reset", "/assessments"), **safe, **days)).status_code == 303
    assert vera.email in (await officer.get(path)).text
    wrong = await officer.submit(path, reset_reason=" ")
    assert (wrong.status_code, "Say how you made sure that it is them" in wrong.text) == (422, True)
    sent = await officer.submit_and_follow(path, reset_reason="Called back on the number in the record")
    assert "The link is on its way" in sent.text
    assert await tasks_about(world, "avonside", vera, "account_frozen") == []

    (email,) = to(await drained(world, "avonside"), vera)
    assert "avonside" not in f"{email.text} {email.html} {email.from_name} {email.from_address}"
    (neutral,) = [line for line in email.text.splitlines() if line.startswith("https://localhost:8000/resets/")]
    led = await world.browser("").get(neutral.removeprefix("https://localhost:8000"))
    reset = led.headers["location"].removeprefix("https://avonside.localhost:8000")
    assert (await fresh(world, "avonside").sign_in(vera)).status_code == 422, "until then it stays locked"
    assert (await choose(world, "avonside", reset)).status_code == 303
    assert (await fresh(world, "avonside").sign_in(vera)).status_code == 422, "the old password is nobody's any more"
    vera.password = NEW
    assert (await fresh(world, "avonside").sign_in(vera)).status_code == 200
    audited = await world.ask(
        "avonside", "select reason is not null from app.audit where force_id = $1 and what = 'reset.sent'"
    )
    assert (True,) in audited

    alice, nobody, harriet = (
        await signed_in(world, "avonside", ALICE),
        world.browser("avonside"),
        world.browser("avonside"),
    )
    await harriet.sign_in_as(HANNAH)  # of this force, but has not opened the case
    await harriet.get("/staff/cases")
    for stranger in (alice, harriet):
        assert (await stranger.get(path)).status_code == 404
        assert (await stranger.submit(path, reset_reason="Because I say so")).status_code == 404
    assert (await nobody.submit(path, reset_reason="Because I say so")).headers["location"].startswith("/staff/sign-in")
    _other, elsewhere = await in_the_case_of_osman(world)
    mixed = path.partition("/people/")[0] + "/people/" + elsewhere.partition("/people/")[2]
    assert (await officer.get(mixed)).status_code == 404
    assert (await officer.submit(mixed, reset_reason="Because I say so")).status_code == 404


async def test_asking_to_withdraw_changes_nothing_but_makes_a_person_call(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    case = 'select closed, stage, outcome from app."case" where force_id = $1 and reference = $2'
    before = await world.ask(slug, case, vera.reference)
    entries = await world.ask(slug, "select count(*) from app.timeline_entry where force_id = $1")
    assert "Nothing changes now" in (await home.get("/settings/withdrawal")).text
    for _ in range(2):
        assert "We will call you" in (await home.submit_and_follow("/settings/withdrawal")).text
    assert await tasks_about(world, slug, vera, "withdrawal") == [([], True)]
    assert await world.ask(slug, case, vera.reference) == before
    assert await world.ask(slug, "select count(*) from app.timeline_entry where force_id = $1") == entries
    assert "withdraw" not in (await home.get("/messages")).text
    await refuse_strangers(world, "/settings/withdrawal")


async def test_who_stops_using_the_service_hears_nothing_more_from_it_and_a_person_tells_them(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    assert "How to come back" in (await home.get("/settings/closure")).text
    await home.submit("/settings/closure")
    assert (await home.get("/messages")).status_code == 303
    assert (await fresh(world, slug).sign_in(vera)).status_code == 422
    await world.push(slug, [event("update.published", vera.reference, text="News.")])
    assert to(await drained(world, slug), vera) == []
    assert (["left"], True) in await tasks_about(world, slug, vera, "tell_in_person")
    case = 'select closed from app."case" where force_id = $1 and reference = $2'
    assert await world.ask(slug, case, vera.reference) == [(False,)]
    await refuse_strangers(world, "/settings/closure")


async def change(browser: Browser, old: str, new: str = NEW, again: str | None = None) -> tuple[int, str]:
    await browser.get("/settings/password")
    fields = {"current_password": old, "password": new, "repeat_password": new if again is None else again}
    answer = await browser.submit_and_follow("/settings/password", **fields)
    return answer.status_code, answer.text


async def test_the_password_is_changed_by_who_knows_it_and_everybody_else_is_out(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home, other = await signed_in(world, slug, vera), await signed_in(world, slug, vera)
    await fresh(world, slug).submit("/reset-password", **vera.typed())
    on_its_way = link_in(await drained(world, slug), vera, slug)
    for old, new, again, message in (
        ("not her password at all", NEW, None, "This is not your password"),
        ("", NEW, None, "Enter the password that you use now"),
        (vera.password, NEW, "something else", "The two passwords are not the same"),
        (vera.password, "short", None, "must be 15 characters or more"),
    ):
        status, page = await change(home, old, new, again)
        assert (status, message in page) == (422, True), message
        assert NEW not in page
    cookie = home.http.cookies["__Host-session"]
    status, page = await change(home, vera.password)
    assert (status, "Your password has been changed" in page) == (200, True)
    assert home.http.cookies["__Host-session"] != cookie
    assert (await home.get("/messages")).status_code == 200
    assert (await other.get("/messages")).status_code == 303
    assert 'name="crime_reference"' in (await other.get("/sign-in")).text, "the other device is not known any more"
    assert (await choose(world, slug, on_its_way, "another three plain words")).status_code == 404
    assert (await fresh(world, slug).sign_in(vera)).status_code == 422
    vera.password = NEW
    assert (await fresh(world, slug).sign_in(vera)).status_code == 200
    await home.get("/sign-out")
    assert 'name="crime_reference"' not in (await home.get("/sign-in")).text, "this device is known still"
    await refuse_strangers(world, "/settings/password", current_password="x", password=NEW, repeat_password=NEW)


async def test_guessing_the_old_password_at_an_open_session_is_slowed(world: World) -> None:
    slug = await town(world)
    vera = await registered(world, slug)
    home = await signed_in(world, slug, vera)
    statuses = [(await change(home, f"a wrong guess number {n}"))[0] for n in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    assert (await change(home, vera.password))[0] == 429
    assert (await fresh(world, slug).sign_in(vera)).status_code == 200


async def test_she_sees_where_she_is_signed_in_and_ends_her_own_sessions_alone(world: World) -> None:
    slug = await town(world)
    vera, walter = await registered(world, slug), await registered(world, slug)
    home, fox, third, his = [await signed_in(world, slug, who) for who in (vera, vera, vera, walter)]
    fox.http.headers["user-agent"] = FIREFOX
    await fox.get("/sign-out")
    await fox.sign_in(vera)
    page = (await home.get("/settings/sessions")).text
    assert page.count("You are using it now") == 1
    assert "Firefox" in page
    for secret in ("192.0.2", "140", "Linux", "X11"):
        assert secret not in page
    ends = re.findall(r'action="(/settings/sessions/[0-9a-f-]{36}/ending)"', page)
    assert len(ends) == 3, "the fox, the third, and where she registered"
    his_page = (await his.get("/settings/sessions")).text
    assert not set(ends) & set(re.findall(r"/settings/sessions/[0-9a-f-]{36}/ending", his_page))
    for path in ends:
        refused, nobodys = await his.submit(path), await his.submit(f"/settings/sessions/{uuid4()}/ending")
        assert (refused.status_code, refused.text) == (404, nobodys.text)
        assert (await fresh(world, slug).submit(path)).headers["location"].startswith("/sign-in")
    assert (await fox.get("/messages")).status_code == 200
    (of_fox,) = re.findall(r'action="([^"]+)"', page.split("Firefox</h2>", 1)[1].split("</form>", 1)[0])
    assert (await home.submit(of_fox)).status_code == 303
    assert [(await browser.get("/messages")).status_code for browser in (fox, third)] == [303, 200]
    await home.get("/settings/sessions")
    await home.submit("/settings/sessions/others/ending")
    assert [(await b.get("/messages")).status_code for b in (home, fox, third, his)] == [200, 303, 303, 200]


async def test_bea_is_not_alice(world: World) -> None:
    """The cast of the whole suite is as it was: nobody locked, closed or signed out anybody else."""
    for victim in (ALICE, BEA):
        assert (await world.browser("avonside").sign_in(victim)).status_code == 200
