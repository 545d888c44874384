"""Certificates that are true or not, and requests about somebody's data: an erasure by two people, and never on hold."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Browser, Employee, Victim, World, crime, event, moment
from tests.web.admin.configured import force_with
from tests.web.admin.kept import close, closed_case, is_here, night, open_case, somebody
from tests.web.admin.test_retention import hold, verified
from trackmycrime.kit.time import today

pytestmark = pytest.mark.asyncio(loop_scope="session")
DELETIONS, REQUESTS = "/admin/retention/deletions", "/admin/retention/requests"
CHECKS = f"{DELETIONS}/checks"


def letter(victim: Victim, kind: str = "erasure", **more: str) -> dict[str, str]:
    """Return the form for a request that came by letter today."""
    return {"kind": kind, "via": "letter", "received": today().isoformat(), **victim.typed(), **more}


async def entered(browser: Browser, victim: Victim, kind: str = "erasure", **more: str) -> str:
    """Enter a request, and return where it is."""
    answer = await browser.submit(REQUESTS, **letter(victim, kind, **more))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


async def decide(browser: Browser, path: str, state: str = "granted", why: str = "The law says so") -> Any:
    return await browser.submit(f"{path}/decision", state=state, why=why)


async def people(world: World, slug: str) -> int:
    ((number,),) = await world.ask(slug, "select count(*) from app.person where force_id = $1")
    return int(number)


async def test_nobody_is_erased_by_one_person_alone_or_on_hold_and_strangers_see_nothing(world: World) -> None:
    slug, (ada, bert) = await force_with(world, "Ada Ash", "Bert Bell")
    _other, (amos,) = await force_with(world, "Amos Ames")
    vera = somebody()
    await open_case(world, slug, vera)
    path = await entered(ada, vera)
    alone = await decide(ada, path)
    assert (alone.status_code, "Another administrator" in alone.text) == (409, True)
    assert (await decide(amos, path)).status_code == 404
    assert (await amos.get(path)).status_code == 404
    await hold(bert, vera.reference)
    held = await decide(bert, path)
    assert (held.status_code, "legal hold" in held.text) == (409, True)
    assert "stands in the way" in (await bert.get(path)).text
    assert await people(world, slug) == 1
    for form, said in (
        ({"state": "", "why": "Because"}, "Choose what you decide"),
        ({"state": "granted", "why": ""}, "Say why"),
    ):
        answer = await bert.submit(f"{path}/decision", **form)
        assert (answer.status_code, said in answer.text) == (422, True)


async def test_an_erased_person_is_gone_and_never_told_or_invited_again(world: World) -> None:
    slug, (ada, bert) = await force_with(world, "Ada Ash", "Bert Bell")
    vera, wanda = somebody(), somebody("Wanda")
    wanda.last_name = "Wells"
    reference = await open_case(world, slug, vera, wanda)
    await world.register(slug, vera)
    browser = world.browser(slug)
    await browser.sign_in(vera)
    await browser.submit("/messages", message="What I wrote stays in the case.")
    waits = event("victim.changed", "R/not-yet/24", victim=vera.as_event())
    await world.push(slug, [waits])
    path = await entered(ada, vera)
    done = await decide(bert, path)
    assert done.headers["location"] == f"{path}?done=decided", done.text
    assert (await browser.get("/messages")).status_code == 303
    assert "Vane" not in (await bert.get(path)).text
    assert await people(world, slug) == 1
    for table in ("account", "notification"):
        of = "person_id not in (select id from app.person where force_id = $1)"
        assert await world.ask(slug, f"select count(*) from app.{table} where force_id = $1 and {of}") == [(0,)]
    assert await world.ask(
        slug, "select count(*) from app.event where force_id = $1 and type = 'crime.recorded' and content is not null"
    ) == [(0,)]
    later = [
        crime(reference, [vera.as_event(), wanda.as_event()], time=moment(1)),
        event("victim.changed", reference, victim=vera.as_event()),
        crime("R/not-yet/24", [wanda.as_event()]),
        event("update.published", reference, text="For Wanda.", to=[vera.person, wanda.person]),
        event("update.published", reference, text="For Vera.", to=[vera.person]),
        crime(somebody().reference, [vera.as_event()]),
    ]
    answer = await world.push(slug, later)
    assert [each.index for each in answer.rejected] == [1, 4]
    assert "was erased here" in answer.rejected[0].reason
    assert await people(world, slug) == 1
    ((reason,),) = await world.ask(
        slug, "select reason from app.event where force_id = $1 and source_id = $2", waits["id"]
    )
    assert reason.startswith("erased"), "what waited for its crime does not bring them back"
    assert await world.ask(
        slug,
        "select count(*) from app.invite i where i.force_id = $1 and i.person_id not in (select id from app.person where force_id = $1)",
    ) == [(0,)]
    assert await verified(world, slug)
    ((text,),) = await world.ask(
        slug, "select count(*) from app.timeline_entry where force_id = $1 and kind = 'message'"
    )
    assert text == 1


async def test_a_case_without_its_victim_opens_for_staff_and_goes_in_its_time(world: World) -> None:
    slug, (ada, bert) = await force_with(world, "Ada Ash", "Bert Bell")
    hub = Employee("Hetty Hill", "hub", f"hetty@{slug}.example.org")
    await world.hire(slug, hub)
    vera = somebody()
    reference = await open_case(world, slug, vera)
    await world.register(slug, vera)
    browser = world.browser(slug)
    await browser.sign_in(vera)
    await browser.submit("/messages", message="Is there news?")
    await decide(bert, await entered(ada, vera))
    desk = world.browser(slug)
    await desk.sign_in_as(hub)
    ((case_id,),) = await world.ask(slug, "select id from app.case where force_id = $1")
    assert (await desk.get(f"/staff/cases/{case_id}")).status_code == 200
    await desk.submit(f"/staff/cases/{case_id}/openings", reason="To look after it")
    page = (await desk.get(f"/staff/cases/{case_id}")).text
    assert "Is there news?" in page
    assert "Vane" not in page
    assert (await desk.get("/staff/inbox")).status_code == 200
    await close(world, slug, reference)
    await night(world, slug)
    assert not await is_here(world, slug, reference)


async def test_a_request_has_a_month_keeps_its_case_back_and_is_decided_once(world: World) -> None:
    slug, (ada, bert) = await force_with(world, "Ada Ash", "Bert Bell")
    vera = somebody()
    await closed_case(world, slug, vera, days=740)
    await world.ask(
        slug, "update app.case set closed_at = now() - interval '11 months' where force_id = $1 returning 1"
    )
    path = await entered(ada, vera, "access", received=_days_ago(40))
    assert "Late" in (await ada.get(REQUESTS)).text
    assert "1 request about data is late" in (await ada.get("/admin")).text
    await world.ask(
        slug, "update app.case set closed_at = now() - interval '30 months' where force_id = $1 returning 1"
    )
    await night(world, slug)
    assert await is_here(world, slug, vera.reference)
    assert "a request about somebody" in (await ada.get("/admin/retention/coming")).text
    assert (await decide(ada, path)).status_code == 303, "a copy takes one person"
    assert (await decide(bert, path, "refused")).status_code == 409
    await night(world, slug)
    assert not await is_here(world, slug, vera.reference)
    assert "Deleted" in (await ada.get(path)).text


def _days_ago(number: int) -> str:
    return (today() - timedelta(days=number)).isoformat()


async def test_a_request_that_nobody_can_be_found_for_is_refused_beside_its_field(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = somebody()
    await open_case(world, slug, vera)
    for changes, said in (
        ({"last_name": "Other"}, "Nobody on a case with this reference"),
        ({"crime_reference": "R/none/24"}, "Nobody on a case with this reference"),
        ({"year": "1985"}, "Nobody on a case with this reference"),
        ({"kind": ""}, "Choose what they ask for"),
        ({"via": "pigeon"}, "Choose how it came"),
        ({"received": "soon"}, "Enter the day it came"),
        ({"received": _days_ago(-1)}, "today or before"),
        ({"last_name": ""}, "Enter their last name"),
    ):
        answer = await ada.submit(REQUESTS, **letter(vera, **changes))
        assert (answer.status_code, said in answer.text) == (422, True), changes
    assert await world.ask(slug, "select count(*) from app.rights_request where force_id = $1") == [(0,)]
    tried = "select count(*) from app.audit where force_id = $1 and what = 'rights.nobody_found'"
    assert await world.ask(slug, tried) == [(3,)], "who guesses leaves a trace"


async def test_a_certificate_is_true_until_somebody_alters_it_or_the_audit(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    _other, (amos,) = await force_with(world, "Amos Ames")
    await closed_case(world, slug, somebody())
    await night(world, slug)
    ((deletion,),) = await world.ask(slug, "select id from app.deletion where force_id = $1 and what = 'cases'")
    early = (await ada.get(f"{DELETIONS}/{deletion}")).text
    assert (await amos.get(f"{DELETIONS}/{deletion}")).status_code == 404
    assert "It is not in its chain yet" in (await ada.submit(CHECKS, certificate=early)).text
    await verified(world, slug)
    late = (await ada.get(f"{DELETIONS}/{deletion}")).text
    told = json.loads(late)
    assert (told["number"], told["what"], told["settings"], told["force"]) == (1, "cases", 1, slug)
    for text in (early, late):
        assert "This certificate is true." in (await ada.submit(CHECKS, certificate=text)).text
    for name, value in {
        **told,
        "number": 2,
        "digest": "00",
        "link": "00",
        "position": 1,
        "deleted_at": "2020-01-01T00:00:00Z",
    }.items():
        altered = json.dumps({**told, name: value if value != told[name] else different(value)})
        assert "This certificate is not true" in (await ada.submit(CHECKS, certificate=altered)).text, name
    for text in ("", "{}", "[1]", "nothing", late[:-40]):
        assert "This certificate is not true" in (await ada.submit(CHECKS, certificate=text)).text
    assert "This certificate is not true" in (await amos.submit(CHECKS, certificate=late)).text


def different(value: object) -> object:
    return f"x{value}" if isinstance(value, str) else 999


async def test_the_contact_team_writes_requests_down_and_supervisors_place_holds(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    desks: dict[str, Browser] = {}
    for role in ("hub", "supervisor", "officer"):
        employee = Employee(f"{role.title()} Hill", role, f"{role}@{slug}.example.org")
        await world.hire(slug, employee)
        desks[role] = world.browser(slug)
        await desks[role].sign_in_as(employee)
    vera = somebody()
    await closed_case(world, slug, vera)
    hub, supervisor, officer = desks["hub"], desks["supervisor"], desks["officer"]
    assert "/staff/data-requests" in (await hub.get("/staff")).text
    await hub.get("/staff/data-requests")
    wrong = await hub.submit("/staff/data-requests", **letter(vera, last_name="Other"))
    assert (wrong.status_code, "Nobody on a case" in wrong.text) == (422, True)
    assert (await hub.submit("/staff/data-requests", **letter(vera))).status_code == 303
    assert "Erasure" in (await ada.get(REQUESTS)).text
    assert "/staff/holds" in (await supervisor.get("/staff")).text
    await supervisor.get("/staff/holds")
    placed = await supervisor.submit("/staff/holds", crime_reference=vera.reference, why="A claim against the force")
    assert placed.headers["location"] == "/staff/holds?done=placed"
    assert "Supervisor Hill" in (await ada.get("/admin/retention/holds")).text
    ((request_id,),) = await world.ask(slug, "select id from app.rights_request where force_id = $1")
    held = await decide(ada, f"{REQUESTS}/{request_id}")
    assert (held.status_code, "legal hold" in held.text) == (409, True)
    ((hold_id,),) = await world.ask(slug, "select id from app.legal_hold where force_id = $1")
    for stranger in (hub, officer, ada):
        assert (await stranger.get("/staff/holds")).status_code == 404
        assert (await stranger.submit(f"/staff/holds/{hold_id}/lifting", why="No more claim")).status_code == 404
    for stranger in (officer, ada):
        assert (await stranger.get("/staff/data-requests")).status_code == 404
    for stranger in (hub, supervisor, officer):
        assert (await stranger.get(REQUESTS)).status_code == 404
    lifted = await supervisor.submit(f"/staff/holds/{hold_id}/lifting", why="No more claim")
    assert lifted.headers["location"] == "/staff/holds?done=lifted"
    assert (await decide(ada, f"{REQUESTS}/{request_id}")).status_code == 303, "somebody else wrote it down"
    assert await people(world, slug) == 0
