"""The inbox: the hub sees what waits in its own force, and a thing is taken by one person."""

from uuid import uuid4

import pytest

from tests.cast import HANNAH, OSMAN, event
from tests.web.staff.conftest import (
    HUGO,
    PRIYA,
    Crimes,
    inbox_of,
    refuse_strangers,
    signed_in,
    strangers,
    without_token,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_message_waits_in_the_hubs_inbox_and_leads_to_its_case(crimes: Crimes) -> None:
    told = await crimes.make()
    await told.message("Have you found my <bicycle>? It is green.")
    hannah = await signed_in(crimes.world, HANNAH)
    inbox = await hannah.get("/staff/inbox")
    assert inbox.status_code == 200
    assert f'href="{told.path}">Have you found my &lt;bicycle&gt;? It is green.</a>' in inbox.text
    assert told.reference in inbox.text
    assert "A victim has written a message" in inbox.text
    assert "Carol" not in inbox.text
    assert "<title>Inbox" in inbox.text
    sql = "select count(*) from app.audit where force_id = $1 and what = 'inbox.read'"
    assert (await crimes.world.ask("avonside", sql))[0][0] >= 1
    nobody = await crimes.world.browser("avonside").get("/staff/inbox")
    assert nobody.headers["location"].startswith("/staff/sign-in?next=")
    for who, browser in (await strangers(crimes.world)).items():
        answer = await browser.get("/staff/inbox")
        assert answer.status_code == (200 if who == "another force" else 404)
        assert told.reference not in answer.text


async def test_an_officer_sees_only_what_is_theirs(crimes: Crimes) -> None:
    told = await crimes.make()
    await told.message("Only for those who work on this.")
    osman, priya = await signed_in(crimes.world, OSMAN), await signed_in(crimes.world, PRIYA)
    assert "Only for those who work on this." in (await osman.get("/staff/inbox")).text
    assert "Only for those who work on this." not in (await priya.get("/staff/inbox")).text
    ((task, _kind, _owner),) = await told.waiting()
    assert (await priya.submit(f"/staff/tasks/{task}/claims")).status_code == 404
    assert (await priya.submit(f"/staff/tasks/{task}/completions")).status_code == 404
    assert (await priya.submit(f"/staff/tasks/{task}/forwardings", to=str(uuid4()))).status_code == 404
    assert (await told.waiting())[0][2] is None


async def test_the_second_who_takes_a_thing_is_told_so(crimes: Crimes) -> None:
    told = await crimes.make()
    await told.message("Two will want to take this.")
    ((task, _kind, _owner),) = await told.waiting()
    hannah, hugo = await signed_in(crimes.world, HANNAH), await signed_in(crimes.world, HUGO)
    await hannah.get("/staff/inbox")
    await hugo.get("/staff/inbox")
    assert (await without_token(hannah, f"/staff/tasks/{task}/claims")).status_code == 403
    taken = await hannah.submit(f"/staff/tasks/{task}/claims")
    assert (taken.status_code, taken.headers["location"]) == (303, f"{told.path}?done=taken")
    late = await hugo.submit(f"/staff/tasks/{task}/claims")
    assert late.status_code == 409
    assert "Somebody else has taken this." in late.text
    assert "You have this" in await inbox_of(hannah)
    assert "Hannah Hughes has this" in await inbox_of(hugo)
    page = await hannah.get(told.path)
    assert "Two will want to take this." in page.text
    assert (await told.audit("case.read"))[-1] == {"basis": "claimed"}
    assert len(await told.audit("task.claimed")) == 1
    await refuse_strangers(crimes.world, f"/staff/tasks/{task}/claims")


async def test_every_sort_of_thing_is_worded_with_its_reasons(crimes: Crimes) -> None:
    told = await crimes.make(
        "Una", registered=False, suitability="not_assessed", safety=None, email=None, date_of_birth="2015-01-01"
    )
    await crimes.make("Paula", "Quinn", registered=False)
    risky = await crimes.at_risk()
    hannah = await signed_in(crimes.world, HANNAH)
    await hannah.get(risky.path)
    await hannah.submit(f"{risky.path}/openings", reason="Urgent: the victim is on the phone")
    await hannah.get(risky.path)
    await hannah.submit(f"{risky.path}/updates", update="Somebody has been arrested.")
    pages = [(await hannah.get(f"/staff/inbox?page={number}")).text for number in (1, 2, 3)]
    inbox = "".join(pages)
    for words in (
        "Decide whether a victim can be invited",
        "Nobody has recorded whether this service suits them",
        "They are under 18",
        "No email address and no mobile number is recorded",
        "Tell somebody in person",
        "They are at risk: a message could put them in danger",
    ):
        assert words in inbox
    assert [kind for _, kind, _ in await told.waiting()] == ["assess_suitability"]


async def test_done_is_for_what_no_reply_answers(crimes: Crimes) -> None:
    told = await crimes.make("Una", registered=False, suitability="not_assessed")
    ((task, kind, _owner),) = await told.waiting()
    assert kind == "assess_suitability"
    hannah = await signed_in(crimes.world, HANNAH)
    await hannah.get("/staff/inbox")
    assert (await without_token(hannah, f"/staff/tasks/{task}/completions")).status_code == 403
    done = await hannah.submit(f"/staff/tasks/{task}/completions")
    assert done.headers["location"] == "/staff/inbox?done=finished"
    assert "Marked as done" in (await hannah.get("/staff/inbox?done=finished")).text
    assert await told.waiting() == []
    assert (await hannah.submit(f"/staff/tasks/{task}/completions")).status_code == 404
    await refuse_strangers(crimes.world, f"/staff/tasks/{task}/completions")


async def test_what_somebody_has_is_not_finished_by_another(crimes: Crimes) -> None:
    told = await crimes.make("Una", registered=False, suitability="not_assessed")
    ((task, _kind, _owner),) = await told.waiting()
    hannah, hugo = await signed_in(crimes.world, HANNAH), await signed_in(crimes.world, HUGO)
    for browser in (hannah, hugo):
        await browser.get("/staff/inbox")
    await hannah.submit(f"/staff/tasks/{task}/claims")
    assert (await hugo.submit(f"/staff/tasks/{task}/completions")).status_code == 409
    assert len(await told.waiting()) == 1


async def test_an_update_for_nobody_becomes_a_task(crimes: Crimes) -> None:
    told = await crimes.make("Paula", "Quinn")
    await crimes.world.push("avonside", [event("update.published", told.reference, text="For one of you.")])
    assert "name_addressee" in {kind for _, kind, _ in await told.waiting()}
    osman = await signed_in(crimes.world, OSMAN)
    page = await osman.get(told.path)
    assert "An update does not say who it is for" in page.text
    assert "For one of you." not in page.text
