"""Staff record by hand that somebody acts for a victim: checked as the feed's are, by two people for a victim at risk."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import HANNAH, OSMAN, Victim, crime, event, invite_token
from tests.web.staff.conftest import PRIYA, Crimes, Told, refuse_strangers, signed_in
from tests.web.staff.test_proxies import code_of
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import today

pytestmark = pytest.mark.asyncio(loop_scope="session")

FORM = {
    "given_names": "Sam",
    "last_name": "Speaker",
    "day": "9",
    "month": "3",
    "year": "1984",
    "kind": "spokesperson",
    "lasts": "90",
    "not_named": "yes",
    "mobile": "",
}
SUITS = {"suits": "suitable", "asked_none": "yes", "channel": "any", "begins": "9", "ends": "17"}


async def form_for(told: Told, **changes: str) -> dict[str, str]:
    sql = "select id from app.person where force_id = $1 and source_id = $2"
    ((victim,),) = await told.world.ask("avonside", sql, told.victims[0].person)
    return {**FORM, "victim": str(victim), "email": f"{uuid4().hex}@example.org", **changes}


async def acting(told: Told) -> list[tuple[object, ...]]:
    sql = """select proxy_kind, proxy_until, suitability from app.case_person
             where force_id = $1 and case_id = $2 and role = 'proxy' and recorded_by is not null"""
    return await told.world.ask("avonside", sql, told.id)


async def test_somebody_recorded_by_staff_registers_and_reads_for_the_victim(crimes: Crimes) -> None:
    told = await crimes.make()
    officer = await signed_in(crimes.world, OSMAN)
    assert f'href="{told.path}/proxies"' in (await officer.get(told.path)).text
    assert "Somebody who acts for a victim" in (await officer.get(f"{told.path}/proxies")).text
    form = await form_for(told)
    done = await officer.submit(f"{told.path}/proxies", **form)
    person = done.headers["location"].partition("?")[0]
    assert done.headers["location"] == f"{person}?done=recorded"
    assert await acting(told) == [("spokesperson", today() + timedelta(days=90), "not_assessed")]
    assert [detail["second_person"] for detail in await told.audit("proxy.recorded")] == [False]
    refused = await officer.submit(f"{person}/invites")
    assert "Record first that this service suits them" in refused.text
    assert (await officer.submit(f"{person}/assessments", **SUITS)).status_code == 303
    code = await code_of(officer, person)

    sql = "select source_id from app.person where force_id = $1 and id::text = $2"
    ((source,),) = await crimes.world.ask("avonside", sql, person.rpartition("/")[2])
    sam = Victim("Sam", "Speaker", told.reference, form["email"], source)
    async with crimes.world.registry.door(await crimes.world.force("avonside")).open(service("test")) as tx:
        token = await invite_token(tx, sam)
    mine = crimes.world.browser("avonside")
    assert (await mine.submit(f"/register/{token}", **sam.with_password(), code=code)).status_code == 303
    await crimes.world.push("avonside", [event("update.published", told.reference, text="A window was measured.")])
    assert "A window was measured." in (await mine.get("/messages")).text

    again = crime(told.reference, [told.victims[0].as_event()], version=2)
    await crimes.world.push("avonside", [again])
    assert "missing_person" not in {kind for _id, kind, _owner in await told.waiting()}, "the feed never knew them"


async def test_for_a_victim_at_risk_a_second_person_lets_them_act(crimes: Crimes) -> None:
    told = await crimes.at_risk()
    officer = await signed_in(crimes.world, OSMAN)
    done = await officer.submit(f"{told.path}/proxies", **await form_for(told))
    person = done.headers["location"].partition("?")[0]
    assert done.headers["location"] == f"{person}?done=recorded_by_one"
    assert await acting(told) == [(None, None, "not_assessed")]
    assert "check_proxy" in {kind for _id, kind, _owner in await told.waiting()}
    check = {"kind": "spokesperson", "lasts": "90", "not_named": "yes"}
    own = await officer.submit(f"{person}/checks", **check)
    assert (own.status_code, "somebody else has to say that they may act" in own.text) == (409, True)
    assert "Check first that they may act" in (await officer.submit(f"{person}/invites")).text
    for colleague in (HANNAH, PRIYA):
        second = await signed_in(crimes.world, colleague)
        await second.submit(f"{told.path}/openings", reason="To check who acts for her")
        assert (await second.submit(f"{person}/checks", **check)).status_code == 303
    assert [(kind, until) for kind, until, _suits in await acting(told)] == [
        ("spokesperson", today() + timedelta(days=90))
    ]
    assert "check_proxy" not in {kind for _id, kind, _owner in await told.waiting()}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"given_names": ""}, "Enter their first names"),
        ({"last_name": " "}, "Enter their last name"),
        ({"year": "2020"}, "They must be 18 or older"),
        ({"month": "13"}, "Month must be a number"),
        ({"email": "nowhere"}, "Enter an email address in the correct format"),
        ({"email": ""}, "Enter an email address, a mobile number, or both"),
        ({"mobile": "12"}, "Enter a mobile number"),
        ({"victim": ""}, "Choose for whom they act"),
        ({"kind": "friend"}, "Say as whom they act for the victim"),
        ({"lasts": "9999"}, "Choose how long they may act for the victim"),
        ({"last_name": "VERASON"}, "Somebody with this name and date of birth is on this case already"),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_kept(crimes: Crimes, changes: dict[str, str], message: str) -> None:
    told = await crimes.make("Vera", registered=False)
    officer = await signed_in(crimes.world, OSMAN)
    answer = await officer.submit(f"{told.path}/proxies", **await form_for(told, **changes))
    assert (answer.status_code, message in answer.text) == (422, True), answer.text
    assert 'value="Sam"' in answer.text or changes.get("given_names") == ""
    assert await acting(told) == []


async def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_page(crimes: Crimes) -> None:
    told = await crimes.make("Vera", registered=False)
    officer = await signed_in(crimes.world, OSMAN)
    await officer.get(f"{told.path}/proxies")
    page = (await officer.submit(f"{told.path}/proxies")).text
    summary = page[page.index("error-summary__list") : page.index("</ul>", page.index("error-summary__list"))]
    assert re.findall('href="#([a-z_]+)"', summary) == [
        *("victim", "kind", "given_names", "last_name", "date_of_birth", "email", "lasts", "not_named")
    ]
    assert "Enter their date of birth" in page


async def test_nobody_unchecked_and_no_parent_of_a_grown_child(crimes: Crimes) -> None:
    told = await crimes.make(registered=False)
    officer = await signed_in(crimes.world, OSMAN)
    form = await form_for(told)
    unchecked = {name: value for name, value in form.items() if name != "not_named"}
    answer = await officer.submit(f"{told.path}/proxies", **unchecked)
    assert (answer.status_code, "Make sure that they are no suspect" in answer.text) == (422, True)
    answer = await officer.submit(f"{told.path}/proxies", **{**form, "kind": "parent"})
    assert (answer.status_code, "The victim is 18 or older" in answer.text) == (409, True)
    assert await acting(told) == []


async def test_strangers_record_nobody(crimes: Crimes) -> None:
    told, other = await crimes.make(registered=False), await crimes.make(registered=False)
    form = await form_for(told)
    await refuse_strangers(crimes.world, f"{told.path}/proxies", **form)
    priya = await signed_in(crimes.world, PRIYA)
    assert (await priya.get(f"{told.path}/proxies")).headers["location"] == told.path
    assert (await priya.submit(f"{told.path}/proxies", **form)).status_code == 404
    officer = await signed_in(crimes.world, OSMAN)
    assert (await officer.submit(f"{other.path}/proxies", **form)).status_code == 404, "another case's victim"
    assert await acting(told) == await acting(other) == []
