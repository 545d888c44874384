"""Access ends with the next request; what somebody had goes back, and their cases are counted first."""

import asyncio

import pytest

from tests.cast import Victim, World, crime
from tests.web.admin.staffed import STAFF, about, hired, id_of, state_of, two_administrators

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def case_of(world: World, slug: str, collar: str, email: str) -> str:
    """Return the page of a case whose victim has written, and whose officer this is."""
    vera = Victim("Vera", "Vane", f"L/{collar}/26", f"vera{collar}@{slug}.example.org")
    officer = {"collar_number": collar, "name": "PC Olu Oak", "role": "PC", "unit": "Moor", "email": email}
    await world.push(slug, [crime(vera.reference, [vera.as_event()], officer=officer)])
    await world.register(slug, vera)
    browser = world.browser(slug)
    await browser.sign_in(vera)
    assert (await browser.submit("/messages", message="Is there news?")).status_code == 303
    ((case_id,),) = await world.ask(
        slug, "select id from app.case where force_id = $1 and reference = $2", vera.reference
    )
    return f"/staff/cases/{case_id}"


async def test_who_is_suspended_is_out_with_the_next_request_and_can_come_back(world: World) -> None:
    slug, ada, amos = await two_administrators(world)
    olu, olu_id = await hired(world, slug, "PC Olu Oak", "officer")
    address = f"oak@{slug}.example.org"
    case = await case_of(world, slug, "900", address)
    ((task,),) = await world.ask(
        slug, "select id from app.task where force_id = $1 and kind = 'message' and done_at is null"
    )
    assert (await olu.get(case)).status_code == 200
    assert (await olu.submit(f"/staff/tasks/{task}/claims")).status_code == 303
    asked = (await ada.get(f"{STAFF}/{olu_id}/suspension")).text
    assert "1 open case has them as its officer" in asked
    assert "1 thing that they have taken goes back to the inbox" in asked
    assert (await ada.submit(f"{STAFF}/{olu_id}/suspension")).headers["location"] == f"{STAFF}/{olu_id}?done=suspended"
    for path in (case, "/staff/inbox"):
        assert "/staff/sign-in" in (await olu.get(path)).headers["location"], path
    assert await world.ask(slug, "select owner_id from app.task where force_id = $1 and id = $2", task) == [(None,)]
    await olu.get("/staff/sign-in")
    refused = await olu.submit("/staff/sign-in", email=address, password="four plain words for a test")
    assert (refused.status_code, "The details you entered do not match" in refused.text) == (422, True)
    twice = await amos.submit(f"{STAFF}/{olu_id}/suspension")
    assert (twice.status_code, "They have no access at this moment" in twice.text) == (409, True)
    asked_for = await amos.submit(f"{STAFF}/{olu_id}", **about("PC Olu Oak", slug, "admin", collar_number="900"))
    assert (asked_for.status_code, "They are suspended" in asked_for.text) == (422, True)
    assert (await amos.submit(f"{STAFF}/{olu_id}/return")).headers["location"] == f"{STAFF}/{olu_id}?done=returned"
    await olu.get("/staff/sign-in")
    assert (
        await olu.submit("/staff/sign-in", email=address, password="four plain words for a test")
    ).status_code == 303
    what = "select what from app.audit where force_id = $1 and (subject_id = $2 or subject_id = $3)"
    done = {row[0] for row in await world.ask(slug, what, olu_id, task)}
    assert {"staff.suspended", "task.returned", "staff.suspension_ended"} <= done


async def test_who_left_has_nothing_any_more_and_stays_in_the_record(world: World) -> None:
    slug, ada, amos = await two_administrators(world)
    olu, olu_id = await hired(world, slug, "PC Olu Oak", "officer")
    address = f"oak@{slug}.example.org"
    case = await case_of(world, slug, "901", address)
    await ada.submit(f"{STAFF}/{olu_id}", **about("PC Olu Oak", slug, "admin", collar_number="901"))
    assert (await ada.submit(f"{STAFF}/{olu_id}/departure")).headers["location"] == f"{STAFF}/{olu_id}?done=left"
    assert "/staff/sign-in" in (await olu.get(case)).headers["location"]
    assert await state_of(world, slug, address) == ("", False)
    assert "Nobody waits" in (await amos.get(f"{STAFF}/requests")).text, "what was asked for them has lapsed"
    assert "Has left" in (await ada.get(f"{STAFF}/{olu_id}")).text
    for path in ("", "/suspension", "/departure", "/return", "/invitation"):
        answer = await ada.submit(f"{STAFF}/{olu_id}{path}", **about("PC Olu Oak", slug, "supervisor"))
        assert answer.status_code == 409, path
    named = {"collar_number": "901", "name": "PC Olu Oak", "role": "PC", "unit": "Hill", "email": address}
    await world.push(slug, [crime("L/X/26", [], officer=named)])
    assert await state_of(world, slug, address) == ("", False), "the record system gives nobody access"
    back = await ada.submit(f"{STAFF}/new", **about("PC Olu Oak", slug, "officer", collar_number="901"))
    assert back.headers["location"] == f"{STAFF}/{olu_id}?done=invited"
    await olu.get("/staff/sign-in")
    old = await olu.submit("/staff/sign-in", email=address, password="four plain words for a test")
    assert old.status_code == 422, "the old password opens nothing"


async def test_two_administrators_who_suspend_each_other_at_once_leave_one(world: World) -> None:
    for _again in range(5):
        slug, ada, amos = await two_administrators(world)
        ada_id, amos_id = [await id_of(world, slug, f"{name}@{slug}.example.org") for name in ("ada", "amos")]
        answers = await asyncio.gather(
            ada.submit(f"{STAFF}/{amos_id}/suspension"), amos.submit(f"{STAFF}/{ada_id}/suspension")
        )
        assert min(answer.status_code for answer in answers) == 303
        ((left,),) = await world.ask(
            slug, "select count(*) from app.staff where force_id = $1 and role = 'admin' and active"
        )
        assert left == 1
