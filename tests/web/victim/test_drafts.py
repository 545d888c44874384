"""What was begun and not sent is there after signing in again: for its writer, and for nobody else."""

import re
from uuid import uuid4

import pytest

from tests.cast import ALICE, CAROL, HANNAH, Browser, Victim, World, crime, moment
from tests.web.staff.conftest import Crimes, Told

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEGUN = "I have thought about it, and the <van> was white."
SHOWN = "I have thought about it, and the &lt;van&gt; was white.</textarea>"
DRAFTS = "select count(*) from app.draft where force_id = $1 and case_id = $2"


async def signed_in(told: Told, who: int = 0) -> tuple[Browser, str]:
    """Return a victim's browser, and which case its page is about."""
    browser = told.world.browser("avonside")
    page = await browser.sign_in(told.victims[who])
    return browser, case_of(page.text)


def case_of(page: str) -> str:
    return page.split('name="case" value="', 1)[1].split('"', 1)[0]


async def drafts(told: Told) -> int:
    ((number,),) = await told.world.ask("avonside", DRAFTS, told.id)
    return number


async def end(told: Told, change: str) -> None:
    """Let the sessions of a crime's first victim end by themselves, or otherwise."""
    sql = f"""{change} from app.case_person cp where s.force_id = $1 and s.subject_id = cp.person_id
              and cp.force_id = $1 and cp.case_id = $2 returning s.id"""
    await told.world.ask("avonside", sql, told.id)


LONG_AGO = "update app.session s set seen_at = now() - interval '20 minutes'"


async def test_a_draft_is_kept_sealed_shown_to_its_writer_alone_and_gone_when_sent(world: World) -> None:
    told = await Crimes(world).make("Vera", "Wanda")
    vera, case = await signed_in(told)
    kept = await vera.submit("/messages/drafts", message="I have thought", case=case)
    assert (kept.status_code, kept.text) == (204, "")
    assert (await vera.submit("/messages/drafts", message=BEGUN, case=case)).status_code == 204
    assert await drafts(told) == 1
    assert len(await told.audit("draft.begun")) == 1
    ((body,),) = await world.ask("avonside", "select body from app.draft where force_id = $1 and case_id = $2", told.id)
    assert b"thought" not in body

    again, _case = await signed_in(told)
    page = (await again.get("/messages")).text
    assert SHOWN in page
    assert "It has not been sent." in page
    assert "van" not in page.split("<title>")[1].split("</title>")[0]
    assert SHOWN in (await again.get("/messages?page=2")).text
    wanda, _case = await signed_in(told, 1)
    hannah = world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    await hannah.submit(f"{told.path}/openings", reason="She is on the phone")
    for other in (await wanda.get("/messages"), await hannah.get(told.path), await hannah.get("/staff/inbox")):
        assert "van&gt; was white" not in other.text

    assert (await vera.submit("/messages", message=BEGUN, case=case)).status_code == 303
    assert await drafts(told) == 0
    assert SHOWN not in (await vera.get("/messages")).text


async def test_an_emptied_box_forgets_and_what_is_far_too_long_is_refused(world: World) -> None:
    told = await Crimes(world).make()
    vera, case = await signed_in(told)
    assert (await vera.submit("/messages/drafts", message="x" * 5001, case=case)).status_code == 204
    assert "x" * 5001 in (await vera.get("/messages")).text
    assert (await vera.submit("/messages/drafts", message="x" * 20_001, case=case)).status_code == 422
    assert (await vera.submit("/messages/drafts", message=" \n", case=case)).status_code == 204
    assert await drafts(told) == 0


async def test_strangers_keep_nothing_on_a_case_that_is_not_theirs(world: World) -> None:
    told = await Crimes(world).make()
    _vera, case = await signed_in(told)
    alice, carol = world.browser("avonside"), world.browser("brackenshire")
    await alice.sign_in(ALICE)
    await carol.sign_in(CAROL)
    for path in ("/messages/drafts", "/messages", "/messages/update-requests", "/messages/call-requests"):
        for stranger in (alice, carol):
            answer = await stranger.submit(path, message=BEGUN, when="Mornings", case=case)
            missing = await stranger.submit(path, message=BEGUN, when="Mornings", case="no such case")
            assert (answer.status_code, answer.text) == (404, missing.text), path
    hannah = world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    assert (await hannah.submit("/messages/drafts", message=BEGUN, case=case)).status_code == 404
    assert await drafts(told) == 0
    assert "van&gt;" not in (await alice.get("/messages")).text


async def test_what_was_sent_after_the_session_had_ended_is_there_after_signing_in_again(world: World) -> None:
    told = await Crimes(world).make()
    vera, case = await signed_in(told)
    await end(told, LONG_AGO)
    answer = await vera.submit("/messages", message=BEGUN, case=case)
    assert answer.headers["location"] == "/sign-in?next=%2Fmessages&unsent=kept"
    assert "We kept what you wrote" in (await vera.get(answer.headers["location"])).text
    assert (await vera.get("/messages")).status_code == 303, "it signs nobody in"
    sent = "select count(*) from app.timeline_entry where force_id = $1 and case_id = $2 and kind = 'message'"
    assert await world.ask("avonside", sent, told.id) == [(0,)]
    assert SHOWN in (await vera.sign_in(told.victims[0])).text


async def test_what_cannot_be_tied_to_its_writer_is_not_kept_and_that_is_said(world: World) -> None:
    told = await Crimes(world).make()
    lost = "/sign-in?next=%2Fmessages&unsent=lost"

    async def tried(browser: Browser, case: str) -> None:
        answer = await browser.submit("/messages", message=BEGUN, case=case)
        assert answer.headers["location"] == lost
        assert "We could not keep what you wrote" in (await browser.get(lost)).text
        assert await drafts(told) == 0

    vera, case = await signed_in(told)
    csrf, cookies = vera.csrf, dict(vera.http.cookies)
    await vera.get("/sign-out")
    vera.csrf = csrf
    await tried(vera, case)
    vera.http.cookies.update(cookies)  # signing out removed the session: its old cookie and token prove nothing
    vera.csrf = csrf
    await tried(vera, case)

    left, case = await signed_in(told)
    await end(told, LONG_AGO)
    stranger = world.browser("avonside")
    stranger.csrf = left.csrf  # the token without the cookie
    await tried(stranger, case)
    elsewhere = world.browser("brackenshire")
    elsewhere.http.cookies, elsewhere.csrf = left.http.cookies, left.csrf
    await tried(elsewhere, case)
    forged = {"_csrf": left.csrf, "message": BEGUN, "case": case}
    crossing = await left.http.post("/messages", data=forged, headers={"origin": "https://evil.example.org"})
    assert crossing.headers["location"] == lost
    left.csrf = "guessed"  # the cookie without the token
    await tried(left, case)


async def test_a_page_from_before_signing_in_again_sends_nothing_and_what_it_says_is_kept(world: World) -> None:
    told = await Crimes(world).make("Vera", "Wanda")
    vera, case = await signed_in(told)
    before = vera.csrf
    await end(told, LONG_AGO)
    await vera.sign_in(told.victims[0])
    after, vera.csrf = vera.csrf, before
    assert before != after
    answer = await vera.submit("/messages", message=BEGUN, case=case)
    assert answer.status_code == 403
    assert "so this was not sent. We kept it with your messages." in answer.text
    assert SHOWN in (await vera.get("/messages")).text
    assert [kind for _, kind, _ in await told.waiting()] == []


async def test_what_another_wrote_before_on_a_shared_computer_is_not_shown_to_who_signs_in(world: World) -> None:
    told = await Crimes(world).make("Vera", "Wanda")
    shared, case = await signed_in(told)
    before = shared.csrf
    await end(told, LONG_AGO)
    await shared.sign_in(told.victims[1])
    shared.csrf = before
    answer = await shared.submit("/messages", message=BEGUN, case=case)
    assert answer.status_code == 403
    assert "This page was open for too long" in answer.text
    assert await drafts(told) == 0
    assert SHOWN not in (await shared.get("/messages")).text


async def test_a_page_left_open_in_another_tab_writes_to_the_crime_that_it_shows(world: World) -> None:
    vera = Victim("Vera", "Vance", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    older, newer = vera.reference, f"AV/{uuid4().hex[:8]}/26"
    recorded = [crime(ref, [vera.as_event()], reported_at=moment(day)) for ref, day in ((older, 9), (newer, 2))]
    await world.push("avonside", recorded)
    await world.register("avonside", vera)
    browser = world.browser("avonside")
    first = case_of((await browser.sign_in(vera)).text)
    (other,) = re.findall(r'action="(/cases/[0-9a-f-]+/choice)"', (await browser.get("/cases")).text)
    second = case_of((await browser.submit_and_follow(other)).text)
    assert first != second
    await browser.submit("/messages/drafts", message="Begun about the newer one", case=first)
    sent = (await browser.submit_and_follow("/messages", message="About the newer one", case=first)).text
    assert "Your message has been sent" in sent
    assert "About the newer one" in sent
    assert case_of(sent) == first, "the page shows what was written, and where"
    assert "About the newer one" not in (await browser.submit_and_follow(other)).text
    sql = """select c.reference from app.timeline_entry e join app.case c on c.force_id = $1 and c.id = e.case_id
             where e.force_id = $1 and e.kind = 'message' and c.reference = any($2::text[])"""
    assert await world.ask("avonside", sql, [older, newer]) == [(newer,)]
