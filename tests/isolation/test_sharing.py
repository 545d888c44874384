"""Inside one force: two victims on one reference, and an officer before another officer's case.

No case is "restricted" as a word of the domain. What there is: a case is its officer's, or somebody's who has a task on it,
or it is opened for a shift with a reason that is recorded.
"""

from collections.abc import Mapping

import pytest

from tests.isolation.calls import call
from tests.isolation.canaries import Whose, found
from tests.isolation.ledger import For
from tests.isolation.ledger_nation import LEDGER
from tests.isolation.roles import Role, everybody
from tests.isolation.stage import Stage
from tests.isolation.wire import Answer, Sent, host
from trackmycrime.web.common.visit import SESSION_COOKIE

pytestmark = pytest.mark.asyncio(loop_scope="session")


# What everybody who is signed in has of their own, whatever they are to a case.
_ONES_OWN = (
    *("/cases", "/reports", "/settings/closure", "/settings/lock", "/settings/password", "/settings/sessions"),
    *("/settings/sign-in", "/signed-in"),
)


async def ask(stage: Stage, role: Role, path: str, form: Mapping[str, str] | None = None) -> Answer:
    site = host(stage.a.slug)
    told = {"_csrf": role.csrf, **form} if form is not None else None
    method, headers = ("GET", {}) if form is None else ("POST", {"origin": f"https://{site}"})
    cookies = {SESSION_COOKIE: role.cookie}
    return await stage.ask(
        Sent(
            method=method,
            hosts=(site,),
            path=path,
            headers={"accept": "text/html", **headers},
            cookies=cookies,
            form=told,
        )
    )


async def test_two_victims_on_one_reference_read_what_is_theirs(stage: Stage) -> None:
    roles = await everybody(stage)
    for name, own, others in (
        ("vera of a", {"av", "an"}, {"aw", "aq"}),
        ("wanda of a", {"aw", "aq"}, {"av", "an"}),
    ):
        page = found((await ask(stage, roles[name], "/messages")).body)
        assert own | {"ac"} <= page, "one's own updates and words, and what is for everybody on the case"
        assert page & (others | {"ak", "ax", "am"}) == set(), name
        # Property is recorded for the crime: both of its victims see it, and nobody else's.
        assert found((await ask(stage, roles[name], "/property")).body) - {"as", "ar"} == {"ac"}


async def test_who_reported_a_crime_reads_and_does_nothing_of_its_victims(stage: Stage) -> None:
    rita = (await everybody(stage))["rita of a"]
    where = f"t::text like '%{stage.a.ids['case']}%' and not t::text like '%{stage.a.ids['rita']}%'"
    before = await stage.ground.digest(stage.a.force.ref.id, where=where)
    asked = [route for route in LEDGER if route.of is For.VICTIMS and not route.path.startswith(_ONES_OWN)]
    assert len(asked) > 18
    for route in asked:
        answer = await stage.ask(call(stage, route, rita))
        own = {("GET", "/messages"): 303, ("GET", "/settings"): 200}
        assert answer.status == own.get((route.method, route.path), 404), route.title
        assert found(answer.whole) <= {"ap"}, route.title
    page = await ask(stage, rita, f"/reports/{stage.a.ids['case']}")
    assert (page.status, found(page.body)) == (200, {"ar"}), "its reference, which she has said, and nothing else"
    other = await ask(stage, rita, f"/reports/{stage.a.ids['other_case']}")
    assert (other.status, found(other.body)) == (200, set())
    assert await stage.ground.digest(stage.a.force.ref.id, where=where) == before


async def test_an_update_and_a_reply_reach_whom_they_name(stage: Stage) -> None:
    roles = await everybody(stage)
    case, wanda = f"/staff/cases/{stage.a.ids['case']}", str(stage.a.ids["wanda"])
    for path, form in (
        ("/updates", {"update": "For Wanda alone, an update", f"to_{wanda}": "on"}),
        ("/replies", {"reply": "For Wanda alone, a reply", "reply_to": wanda}),
    ):
        assert (await ask(stage, roles["officer of a"], case + path, form)).status == 303
    wandas = (await ask(stage, roles["wanda of a"], "/messages")).body
    assert b"For Wanda alone, an update" in wandas
    assert b"For Wanda alone, a reply" in wandas
    assert b"For Wanda alone" not in (await ask(stage, roles["vera of a"], "/messages")).body
    assert b"For Wanda alone" not in (await ask(stage, roles["xenia of a"], "/messages")).body


async def test_another_officer_s_case_opens_with_a_recorded_reason_alone(stage: Stage) -> None:
    officer = (await everybody(stage))["officer of a"]
    case = f"/staff/cases/{stage.a.ids['other_case']}"
    closed = await ask(stage, officer, case)
    assert b"Reason for opening this case" in closed.body
    assert found(closed.body) <= {"a" + Whose.STAFF, "a" + Whose.OTHER_REFERENCE}
    assert (await ask(stage, officer, f"{case}/openings", {"reason": " "})).status == 422
    assert found((await ask(stage, officer, case)).body) & {"ax", "am"} == set()
    before = await _reasons(stage)
    assert (await ask(stage, officer, f"{case}/openings", {"reason": "She has called me about it"})).status == 303
    assert await _reasons(stage) == before + 1
    assert {"ax", "am"} <= found((await ask(stage, officer, case)).body)


async def _reasons(stage: Stage) -> int:
    sql = "select count(*) from app.audit where force_id = $1 and what = 'case.opened' and actor_id = $2 and reason is not null"
    ((number,),) = await stage.world.ask(stage.a.slug, sql, stage.a.ids["officer"])
    return number
