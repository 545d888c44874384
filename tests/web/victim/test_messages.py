"""A victim's messages: she reads and writes, and nobody else does."""

import pytest

from tests.cast import ALICE, BEA, CAROL, HANNAH, World, event

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_victim_reads_her_updates_and_nobody_else_does(world: World) -> None:
    news = "We have asked two shops for their recordings."
    await world.push("avonside", [event("update.published", ALICE.reference, text=news, to=[ALICE.person])])
    alice = world.browser("avonside")
    page = await alice.sign_in(ALICE)
    assert page.status_code == 200
    assert news in page.text
    assert "Bea alone may read" not in page.text
    assert ALICE.reference in page.text
    assert ALICE.reference not in page.text.split("<title>")[1].split("</title>")[0]

    bea, carol = world.browser("avonside"), world.browser("brackenshire")
    assert news not in (await bea.sign_in(BEA)).text
    assert news not in (await carol.sign_in(CAROL)).text
    hannah = world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    assert (await hannah.get("/messages")).status_code == 404
    signed_out = await world.browser("avonside").get("/messages")
    assert (signed_out.status_code, signed_out.headers["location"]) == (303, "/sign-in?next=%2Fmessages")
    stolen = world.browser("brackenshire")
    stolen.http.cookies = alice.http.cookies
    assert (await stolen.get("/messages")).status_code == 303


async def test_a_message_is_sent_seen_and_waits_in_the_hub(world: World) -> None:
    alice = world.browser("avonside")
    await alice.sign_in(ALICE)
    page = await alice.submit_and_follow("/messages", message="The lock was <b>blue</b>.\n\nIs there any news?")
    assert "Your message has been sent" in page.text
    assert "The lock was &lt;b&gt;blue&lt;/b&gt;." in page.text
    (waiting,) = await world.ask("avonside", "select count(*) from app.task where force_id = $1 and kind = 'message'")
    assert waiting[0] >= 1

    empty = await alice.submit("/messages", message="   ")
    assert empty.status_code == 422
    assert "Enter your message" in empty.text
    long = await alice.submit("/messages", message="x" * 5001)
    assert long.status_code == 422
    assert "x" * 5001 in long.text

    alice.csrf = "forged"
    assert (await alice.submit("/messages", message="forged")).status_code == 403
    answer = await alice.http.post(
        "/messages", data={"_csrf": "x"}, headers={"origin": "https://brackenshire.localhost:8000"}
    )
    assert answer.status_code == 403


async def test_asking_for_an_update_again_changes_nothing_while_it_waits(world: World) -> None:
    bea = world.browser("avonside")
    await bea.sign_in(BEA)
    asked = """select count(*) from app.task t join app.case c on c.force_id = $1 and c.id = t.case_id
               where t.force_id = $1 and t.kind = 'update_request' and t.done_at is null and c.reference = $2"""
    for _ in range(3):
        assert "You have asked for an update" in (await bea.submit_and_follow("/messages/update-requests")).text
        assert await world.ask("avonside", asked, BEA.reference) == [(1,)]


async def test_a_call_needs_a_safe_time(world: World) -> None:
    bea = world.browser("avonside")
    await bea.sign_in(BEA)
    await bea.get("/messages/call-requests")
    refused = await bea.submit("/messages/call-requests", when="")
    assert refused.status_code == 422
    assert "Tell us when it is safe to call you" in refused.text
    called = await bea.submit_and_follow("/messages/call-requests", when="Mornings")
    assert "You have asked us to call you" in called.text
    assert "Please call me. It is safe to call: Mornings" in called.text


async def test_a_form_that_is_sent_again_because_its_answer_was_lost_says_it_once(world: World) -> None:
    alice = world.browser("avonside")
    once = once_of((await alice.sign_in(ALICE)).text)
    before = await counted(world)
    for _ in range(3):
        answer = await alice.submit("/messages", message="Was the lamp found?", once=once)
        assert (answer.status_code, answer.headers["location"]) == (303, "/messages?done=message")
    after = await counted(world)
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 1]
    await alice.submit("/messages", message="And the ladder?", once=once)
    anew = once_of((await alice.get("/messages")).text)
    await alice.submit("/messages", message="And the ladder?", once=anew)
    assert [now - then for now, then in zip(await counted(world), after, strict=True)] == [2, 2, 2]


def once_of(page: str) -> str:
    return page.split('name="once" value="', 1)[1].split('"', 1)[0]


async def counted(world: World) -> list[int]:
    """Count what Alice's messages leave: entries, tasks for the hub, and facts for the force's systems."""
    tables = (
        "app.timeline_entry where kind = 'message'",
        "app.task where kind = 'message'",
        "app.feed_entry where true",
    )
    return [(await world.ask("avonside", f"select count(*) from {table} and force_id = $1"))[0][0] for table in tables]
