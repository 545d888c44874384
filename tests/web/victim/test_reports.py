"""Whoever reported a crime and is not its victim sees that the report was received, and nothing else of the case."""

from uuid import UUID, uuid4

import httpx
import pytest

from tests.cast import ALICE, CAROL, OSMAN, Browser, Victim, World, crime, event
from tests.domain.test_notifications import drained

pytestmark = pytest.mark.asyncio(loop_scope="session")

SECRETS = ("A window was measured", "Vance", "A drill", "Bicycle", "pedal", "interview", "PC Omar", "Osman", "Closed")
OFFICER = {"collar_number": "4711", "name": OSMAN.name, "role": "PC", "unit": "Harbour", "email": OSMAN.email}
READING = ("/progress", "/property", "/property/copy", "/my-case", "/messages/call-requests", "/messages/news")
WRITING = (
    *("/messages", "/messages/update-requests", "/messages/drafts", "/messages/call-requests", "/my-case/copies"),
    *("/my-case/data-requests", "/settings", "/settings/withdrawal"),
)


def somebody(name: str, reference: str) -> Victim:
    return Victim(name, f"{name}son", reference, f"{uuid4().hex}@example.org")


class Reported:
    """A crime with a victim, and a neighbour who reported it."""

    def __init__(self, world: World, victim: Victim, neighbour: Victim, case_id: UUID) -> None:
        self.world, self.victim, self.neighbour, self.case_id = world, victim, neighbour, case_id
        self.path = f"/reports/{case_id}"


async def reported(world: World, *, registered: bool = True) -> Reported:
    reference = f"AV/{uuid4().hex[:8]}/26"
    victim = Victim("Vera", "Vance", reference, f"{uuid4().hex}@example.org")
    neighbour = somebody("Nils", reference)
    item = {"id": uuid4().hex, "description": "A drill", "status": "missing"}
    people = [victim.as_event(), neighbour.as_event(role="reporter")]
    await world.push("avonside", [crime(reference, people, property=[item], officer=OFFICER)])
    if registered:
        await world.register("avonside", victim)
        await world.register("avonside", neighbour)
    await world.push(
        "avonside",
        [
            event("update.published", reference, text="A window was measured."),
            event("stage.changed", reference, stage="investigation"),
            event("outcome.recorded", reference, code=18),
            event("crime.closed", reference, text="Nobody was found."),
        ],
    )
    return Reported(world, victim, neighbour, await id_of(world, reference))


async def id_of(world: World, reference: str) -> UUID:
    sql = "select id from app.case where force_id = $1 and reference = $2"
    ((found,),) = await world.ask("avonside", sql, reference)
    return found


async def signed_in(world: World, who: Victim) -> Browser:
    browser = world.browser("avonside")
    await browser.sign_in(who)
    return browser


def menu(answer: httpx.Response) -> str:
    return answer.text.partition('id="navigation">')[2].partition("</ul>")[0]


async def test_a_reporter_sees_that_the_report_was_received_and_nothing_else(world: World) -> None:
    found = await reported(world)
    browser = world.browser("avonside")
    page = await browser.sign_in(found.neighbour)
    assert str(page.url).endswith(found.path), "the first page after signing in is the only one there is"
    for said in ("We have your report", "We got your report on", found.neighbour.reference, "If you want to add"):
        assert said in page.text, said
    assert [secret for secret in SECRETS if secret in page.text] == []
    assert "/messages" not in menu(page)
    assert "/progress" not in menu(page)
    assert "/property" not in menu(page)
    assert found.neighbour.reference not in page.text.partition("<title>")[2].partition("</title>")[0]
    for path in (*READING, "/no/such/page"):
        assert (await browser.get(path)).status_code == 404, path
    settings = await browser.get("/settings")  # a page with a form, for its token
    assert (settings.status_code, "/my-case" in settings.text, "email_on" in settings.text) == (200, False, False)
    await browser.get("/settings/closure")
    for path in WRITING:
        answer = await browser.submit(path, message="Let me in", case=str(found.case_id), password="x")
        assert answer.status_code == 404, path
    assert (await browser.submit(f"/cases/{found.case_id}/choice")).status_code == 404
    sql = "select count(*) from app.timeline_entry where force_id = $1 and case_id = $2 and author_kind = 'victim'"
    assert await world.ask("avonside", sql, found.case_id) == [(0,)]


async def test_the_page_is_its_reporter_s_alone(world: World) -> None:
    found = await reported(world)
    for who in (found.victim, ALICE):
        browser = await signed_in(world, who)
        refused, nobodys = await browser.get(found.path), await browser.get(f"/reports/{uuid4()}")
        assert (refused.status_code, refused.text) == (404, nobodys.text), who.name
    abroad = world.browser("brackenshire")
    await abroad.sign_in(CAROL)
    assert (await abroad.get(found.path)).status_code == 404
    staff = world.browser("avonside")
    await staff.sign_in_as(OSMAN)
    assert (await staff.get(found.path)).status_code == 404
    nobody = await world.browser("avonside").get(found.path)
    assert (nobody.status_code, nobody.headers["location"][:8]) == (303, "/sign-in")


async def test_a_reporter_is_told_nothing_of_what_happens(world: World) -> None:
    found = await reported(world, registered=False)
    provider = await drained(world, "avonside")
    assert sum(message.to == found.neighbour.email for message in provider.sent) == 1, "the invitation"
    await world.register("avonside", found.neighbour)
    await world.push("avonside", [event("update.published", found.victim.reference, text="A window was measured.")])
    await world.push("avonside", [event("crime.reopened", found.victim.reference)])
    provider = await drained(world, "avonside")
    assert [message for message in provider.sent if message.to == found.neighbour.email] == []
    update = event("update.published", found.victim.reference, text="For him.", to=[found.neighbour.person])
    answer = await world.push("avonside", [update])
    assert [held.id for held in answer.held] == [update["id"]], "nothing can be said to a reporter"


async def test_a_victim_of_one_crime_reported_another(world: World) -> None:
    found = await reported(world)
    own = Victim("Nils", "Nilsson", f"AV/{uuid4().hex[:8]}/26", found.neighbour.email, found.neighbour.person)
    await world.push(
        "avonside",
        [
            crime(own.reference, [own.as_event()]),
            event("update.published", own.reference, text="About his own."),
        ],
    )
    browser = world.browser("avonside")
    assert "About his own." in (await browser.sign_in(own)).text
    assert 'href="/cases"' in menu(await browser.get("/messages"))
    both = (await browser.get("/cases")).text
    assert own.reference in both
    assert found.path in both
    assert [secret for secret in ("A window", "Vance", "Closed") if secret in both] == []
    assert (await browser.submit(f"/cases/{found.case_id}/choice")).status_code == 404
    page = await browser.get(found.path)
    assert "We have your report" in page.text
    assert [secret for secret in SECRETS if secret in page.text] == []
    assert own.reference not in page.text
    form = {"message": "About the other one", "case": str(found.case_id)}
    assert (await browser.submit("/messages", **form)).status_code == 404
    assert "A window" not in (await browser.get("/messages")).text


async def test_a_reference_that_a_reporter_never_said_is_not_told(world: World) -> None:
    found = await reported(world)
    unsaid = f"AV/{uuid4().hex[:8]}/26"
    await world.push("avonside", [crime(unsaid, [found.neighbour.as_event(role="reporter")])])
    path = f"/reports/{await id_of(world, unsaid)}"
    browser = world.browser("avonside")
    listed = (await browser.sign_in(found.neighbour)).text
    assert (path in listed, found.path in listed) == (True, True)
    assert found.neighbour.reference in listed
    for page in (listed, (await browser.get(path)).text):
        assert unsaid not in page
    again = await signed_in(world, Victim("Nils", "Nilsson", unsaid, "", found.neighbour.person))
    assert unsaid in (await again.get(path)).text


async def test_a_report_is_there_for_a_year_whatever_became_of_the_case(world: World) -> None:
    found = await reported(world)
    browser = await signed_in(world, found.neighbour)
    closed = "update app.case set closed_at = now() - interval '13 months' where force_id = $1 and id = $2 returning 1"
    await world.ask("avonside", closed, found.case_id)
    assert "We have your report" in (await browser.get(found.path)).text
    old = "update app.case set reported_at = now() - interval '13 months' where force_id = $1 and id = $2 returning 1"
    await world.ask("avonside", old, found.case_id)
    assert (await browser.get(found.path)).status_code == 404
    assert (await browser.get("/cases")).status_code == 404


async def test_staff_assess_invite_and_help_a_reporter(world: World) -> None:
    found = await reported(world)
    officer = world.browser("avonside")
    await officer.sign_in_as(OSMAN)
    case = await officer.get(f"/staff/cases/{found.case_id}")
    assert "Nils Nilsson sees that the report was received, and nothing else of this case." in case.text
    sql = "select id from app.person where force_id = $1 and source_id = $2"
    ((person,),) = await world.ask("avonside", sql, found.neighbour.person)
    path = f"/staff/cases/{found.case_id}/people/{person}"
    page = await officer.get(path)
    assert "They have registered already." in page.text
    assert "May they act for the victim?" not in page.text
    browser = await signed_in(world, found.neighbour)
    await browser.get("/settings/lock")
    assert (await browser.submit("/settings/lock")).headers["location"] == "/sign-out"
    task = "select kind from app.task where force_id = $1 and case_id = $2 and person_id = $3 and done_at is null"
    assert await world.ask("avonside", task, found.case_id, person) == [("account_frozen",)]
    assert (await officer.get(f"{path}/reset")).status_code == 200
    form = {"update": "Only for him.", f"to_{person}": "on"}
    assert (await officer.submit(f"/staff/cases/{found.case_id}/updates", **form)).status_code in {404, 409, 422}
