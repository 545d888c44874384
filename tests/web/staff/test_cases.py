"""A case: opened with a reason, read on the record, and its victims told what they should know."""

import re
from dataclasses import replace
from uuid import uuid4

import msgspec
import pytest

from tests.cast import ADA, CAROL, HANNAH, OSMAN, World
from tests.web.staff.conftest import PRIYA, Crimes, refuse_strangers, signed_in, strangers, without_token
from trackmycrime.domain import messages
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.kit.errors import NotFound

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_another_officer_opens_a_case_with_a_reason_that_is_recorded(crimes: Crimes) -> None:
    told = await crimes.make()
    priya = await signed_in(crimes.world, PRIYA)
    asked = await priya.get(told.path)
    assert asked.status_code == 200
    assert "Reason for opening this case" in asked.text
    assert told.victims[0].last_name not in asked.text
    for reason in ("", "   ", "no"):
        refused = await priya.submit(f"{told.path}/openings", reason=reason)
        assert refused.status_code == 422
        assert "Say why you are opening this case" in refused.text
    assert await told.audit("case.opened") == []
    assert await told.audit("case.read") == []
    assert (await without_token(priya, f"{told.path}/openings", reason="Good enough")).status_code == 403
    opened = await priya.submit_and_follow(f"{told.path}/openings", reason="The victim is at the counter")
    assert told.victims[0].last_name in opened.text
    assert len(await told.audit("case.opened")) == 1
    assert await told.audit("case.read") == [{"basis": "opened"}]
    await refuse_strangers(crimes.world, f"{told.path}/openings", reason="The victim is at the counter")


async def test_nothing_is_done_on_a_case_that_was_not_opened(crimes: Crimes) -> None:
    told = await crimes.make()
    priya = await signed_in(crimes.world, PRIYA)
    await priya.get(told.path)
    for path, form in (("updates", {"update": "I should not."}), ("replies", {"reply": "I should not."})):
        answer = await priya.submit(f"{told.path}/{path}", **form)
        assert answer.status_code == 404
        assert told.victims[0].last_name not in answer.text
        await refuse_strangers(crimes.world, f"{told.path}/{path}", **form)
    victim = crimes.world.browser("avonside")
    assert "I should not." not in (await victim.sign_in(told.victims[0])).text


async def test_the_assigned_officer_is_not_asked_and_every_look_is_recorded(crimes: Crimes) -> None:
    told = await crimes.make()
    osman = await signed_in(crimes.world, OSMAN)
    page = await osman.get(told.path)
    assert "Reason for opening this case" not in page.text
    assert "Theft of pedal cycle" in page.text
    assert "Has registered" in page.text
    assert told.reference in page.text
    assert told.reference not in re.findall(r"<title>(.*?)</title>", page.text, re.DOTALL)[0]
    assert "password" not in page.text
    await osman.submit(f"{told.path}/updates", update="")
    assert await told.audit("case.read") == [{"basis": "assigned"}, {"basis": "assigned"}]


async def test_another_forces_case_is_no_case_at_all(crimes: Crimes) -> None:
    sql = "select id from app.case where force_id = $1 and reference = $2"
    ((foreign,),) = await crimes.world.ask("brackenshire", sql, CAROL.reference)
    for employee in (OSMAN, HANNAH, ADA):
        browser = await signed_in(crimes.world, employee)
        await browser.get("/staff")
        for path in ("", "/openings", "/updates", "/replies"):
            form = {"reason": "I want to see it", "update": "Hello", "reply": "Hello"}
            answers = [
                await browser.submit(f"/staff/cases/{case}{path}", **form)
                if path
                else await browser.get(f"/staff/cases/{case}")
                for case in (foreign, uuid4())
            ]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].content == answers[1].content


async def test_an_update_is_published_read_and_counted(crimes: Crimes) -> None:
    told = await crimes.make()
    osman = await signed_in(crimes.world, OSMAN)
    await osman.get(told.path)
    assert (await without_token(osman, f"{told.path}/updates", update="No.")).status_code == 403
    empty = await osman.submit(f"{told.path}/updates", update=" ")
    assert empty.status_code == 422
    assert "Enter what you want to say" in empty.text
    long = await osman.submit(f"{told.path}/updates", update="long " * 1001)
    assert long.status_code == 422
    assert "long long long" in long.text
    page = await osman.submit_and_follow(f"{told.path}/updates", update="We have found a <bicycle>.")
    assert "Your update has been published" in page.text
    assert "We have found a &lt;bicycle&gt;." in page.text
    assert "For Vera Verason. Not read yet." in page.text
    victim = crimes.world.browser("avonside")
    assert "We have found a &lt;bicycle&gt;." in (await victim.sign_in(told.victims[0])).text
    assert "For Vera Verason. Read on" in (await osman.get(told.path)).text
    assert len(await told.audit("update.published")) == 1
    await refuse_strangers(crimes.world, f"{told.path}/updates", update="Not from me.")


async def test_a_reply_finishes_the_message_keeps_the_promise_and_tells_the_victim(crimes: Crimes) -> None:
    told = await crimes.make()
    await told.message("When will I hear from you?")
    hannah = await signed_in(crimes.world, HANNAH)
    await hannah.get("/staff/inbox")
    ((task, kind, _owner),) = await told.waiting()
    assert kind == "message"
    page = await hannah.submit_and_follow(f"/staff/tasks/{task}/claims")
    assert "Send reply" in page.text
    assert (await hannah.submit(f"{told.path}/replies", reply="")).status_code == 422
    before = await _queued(told.world, told.victims[0].person)
    answer = await hannah.submit(f"{told.path}/replies", reply="You will hear on Friday.")
    assert answer.headers["location"] == "/staff/inbox?done=reply"
    assert await told.waiting() == []
    assert await _queued(told.world, told.victims[0].person) == before + 1
    sql = "select count(*) from app.duty where force_id = $1 and case_id = $2 and met_at is not null"
    assert await told.world.ask("avonside", sql, told.id) == [(1,)]
    assert len(await told.audit("reply.sent")) == 1
    assert len(await told.audit("task.done")) == 1
    victim = crimes.world.browser("avonside")
    assert "You will hear on Friday." in (await victim.sign_in(told.victims[0])).text
    # the hub officer has nothing on the case any more, so they are asked again
    assert "Reason for opening this case" in (await hannah.get(told.path)).text


async def _queued(world: World, person: str) -> int:
    sql = """select count(*) from app.notification n join app.person p on p.force_id = $1 and p.id = n.person_id
             where n.force_id = $1 and p.source_id = $2 and n.kind = 'news'"""
    ((number,),) = await world.ask("avonside", sql, person)
    return number


async def test_nobody_at_risk_is_told_by_a_machine(crimes: Crimes) -> None:
    told = await crimes.at_risk()
    osman = await signed_in(crimes.world, OSMAN)
    page = await osman.get(told.path)
    told_first = "Nothing is sent to Rosa Rosason automatically. Nobody has recorded how it is safe to reach them."
    assert told_first in page.text
    assert page.text.index(told_first) < page.text.index("Update for the victim")
    assert "Domestic abuse" in page.text
    before = await _queued(told.world, told.victims[0].person)
    await osman.submit_and_follow(f"{told.path}/updates", update="Somebody has been arrested.")
    assert await _queued(told.world, told.victims[0].person) == before
    assert "tell_in_person" in {kind for _, kind, _ in await told.waiting()}


async def test_with_several_victims_it_is_said_who_something_is_for(crimes: Crimes) -> None:
    told = await crimes.make("Paula", "Quinn")
    await told.message("Paula asks.")
    second = crimes.world.browser("avonside")
    await second.sign_in(told.victims[1])
    await second.submit("/messages", message="Quinn asks.")
    osman = await signed_in(crimes.world, OSMAN)
    page = await osman.get(told.path)
    assert "Who is this for" in page.text
    refused = await osman.submit(f"{told.path}/updates", update="For one.")
    assert refused.status_code == 422
    assert "Choose who this update is for" in refused.text
    assert "For one." in refused.text
    boxes = dict(re.findall(r'name="(to_[^"]+)"[^>]*>\s*<label[^>]*>([^<]*)<', page.text))
    paula = next(name for name, label in boxes.items() if "Paula" in label)
    await osman.submit(f"{told.path}/updates", update="For Paula alone.", **{paula: "yes"})
    unsaid = await osman.submit(f"{told.path}/replies", reply="Which of you?")
    assert unsaid.status_code == 422
    assert "Choose whom you are answering" in unsaid.text
    assert (await osman.submit(f"{told.path}/replies", reply="Bad.", reply_to=str(uuid4()))).status_code == 422
    await osman.submit(f"{told.path}/replies", reply="To Paula alone.", reply_to=paula.removeprefix("to_"))
    assert [kind for _, kind, _ in await told.waiting()] == ["message"]
    quinn = await second.get("/messages")
    assert "For Paula alone." not in quinn.text
    assert "To Paula alone." not in quinn.text
    paulas = await crimes.world.browser("avonside").sign_in(told.victims[0])
    assert "For Paula alone." in paulas.text
    assert "To Paula alone." in paulas.text


async def test_a_thing_is_forwarded_to_somebody_who_works_on_cases(crimes: Crimes) -> None:
    told = await crimes.make()
    await told.message("Please ask my officer.")
    ((task, _kind, _owner),) = await told.waiting()
    path = f"/staff/tasks/{task}/forwardings"
    hannah = await signed_in(crimes.world, HANNAH)
    await hannah.get("/staff/inbox")
    page = await hannah.submit_and_follow(f"/staff/tasks/{task}/claims")
    people = {name: value for value, name in re.findall(r'<option value="([^"]+)">([^<]+)</option>', page.text)}
    assert ADA.name not in people
    assert HANNAH.name not in people
    nobody = await hannah.submit(path, to="")
    assert nobody.status_code == 422
    assert "Choose who to forward this to" in nobody.text
    ((ada,),) = await crimes.world.ask(
        "avonside", "select id from app.staff where force_id = $1 and email = $2", ADA.email
    )
    for wrong in (str(ada), str(uuid4())):
        assert (await hannah.submit(path, to=wrong)).status_code == 404
    assert (await without_token(hannah, path, to=people[PRIYA.name])).status_code == 403
    sent = await hannah.submit(path, to=people[PRIYA.name])
    assert sent.headers["location"] == "/staff/inbox?done=forwarded"
    assert len(await told.audit("task.forwarded")) == 1
    priya = await signed_in(crimes.world, PRIYA)
    assert "Please ask my officer." in (await priya.get("/staff/inbox")).text
    assert "Send reply" in (await priya.get(told.path)).text
    await refuse_strangers(crimes.world, path, to=people[PRIYA.name])


async def test_where_victims_cannot_write_staff_answer_only_what_waits(crimes: Crimes) -> None:
    told = await crimes.make()
    force = await crimes.world.force("avonside")
    silent = msgspec.structs.replace(force.configuration.features, two_way_messaging=False)
    published = msgspec.structs.replace(force.configuration, features=silent)
    door = crimes.world.database.force(replace(force.ref, published=published))
    sql = "select id from app.staff where force_id = $1 and email = $2"
    ((osman,),) = await crimes.world.ask("avonside", sql, OSMAN.email)
    officer = Actor(Kind.STAFF, osman, role="officer", name=OSMAN.name)
    with pytest.raises(NotFound):
        async with door.open(officer) as tx:
            await messages.reply(tx, told.id, "Nobody asked.")
    victim = crimes.world.browser("avonside")
    await victim.sign_in(told.victims[0])
    await victim.submit("/messages/update-requests")
    async with door.open(officer) as tx:
        await messages.reply(tx, told.id, "You asked for an update.")
    assert await told.waiting() == []


async def test_cases_are_found_by_the_beginning_of_their_reference(crimes: Crimes) -> None:
    told, other = await crimes.make(), await crimes.make(officer=False)
    osman = await signed_in(crimes.world, OSMAN)
    listed = await osman.get("/staff/cases")
    assert "Your cases" in listed.text
    link = f'href="{told.path}">{told.reference}</a>'
    assert link in listed.text
    assert listed.text.index(link) < listed.text.index("Other cases")
    found = await osman.submit("/staff/cases/searches", reference=other.reference[:-3].lower())
    assert found.status_code == 200
    assert other.path in found.text
    assert told.path not in found.text
    assert "No case found" in (await osman.submit("/staff/cases/searches", reference=CAROL.reference)).text
    assert (await osman.submit("/staff/cases/searches", reference=" ")).status_code == 422
    assert (await without_token(osman, "/staff/cases/searches", reference="AV")).status_code == 403
    for who, browser in (await strangers(crimes.world)).items():
        answer = await browser.submit("/staff/cases/searches", reference="AV")
        assert answer.status_code == (200 if who == "another force" else 404)
        assert told.reference not in answer.text


async def test_a_form_of_staff_that_is_sent_again_says_it_once(crimes: Crimes) -> None:
    told = await crimes.make()
    await told.message("Is there any news?")
    osman = await signed_in(crimes.world, OSMAN)
    once = (await osman.get(told.path)).text.split('name="once" value="', 1)[1].split('"', 1)[0]
    for _ in range(2):
        for path, form in (("replies", {"reply": "Not yet."}), ("updates", {"update": "Not yet."})):
            assert (await osman.submit(f"{told.path}/{path}", once=once, **form)).status_code == 303
    assert len(await told.audit("reply.sent")) == 1
    assert len(await told.audit("update.published")) == 1
    sql = "select kind from app.timeline_entry where force_id = $1 and case_id = $2 and kind <> 'notice' order by kind"
    assert await crimes.world.ask("avonside", sql, told.id) == [("message",), ("reply",), ("update",)]
