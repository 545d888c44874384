"""Administrators look after their people: nobody makes themselves anything, and two make a third administrator."""

import re

import pytest

from tests.cast import ADA, ALICE, HANNAH, OSMAN, Employee, World, crime
from tests.web.admin.configured import force_with
from tests.web.admin.staffed import STAFF, about, hired, id_of, mails, state_of, two_administrators
from trackmycrime.domain.identity import staff
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")
_REQUEST = re.compile(r"/admin/staff/requests/([0-9a-f-]{36})/refusal")


async def test_only_administrators_of_the_force_see_its_staff(world: World) -> None:
    ada = world.browser("avonside")
    await ada.sign_in_as(ADA)
    page = (await ada.get(STAFF)).text
    assert OSMAN.name in page
    assert "odette@brackenshire" not in page
    osman, odette = await id_of(world, "avonside", OSMAN.email), None
    ((odette,),) = await world.ask(
        "brackenshire", "select id from app.staff where force_id = $1 and email like 'odette%'"
    )
    paths = ("", "/new", "/requests", "/import", "/export", f"/{osman}", f"/{osman}/suspension", f"/{osman}/departure")
    for path in paths:
        assert (await ada.get(f"{STAFF}{path}")).status_code == 200, path
    for employee in (OSMAN, HANNAH):
        browser = world.browser("avonside")
        await browser.sign_in_as(employee)
        for path in paths:
            assert (await browser.get(f"{STAFF}{path}")).status_code == 404, path
    victim = world.browser("avonside")
    await victim.sign_in(ALICE)
    assert (await victim.get(STAFF)).status_code == 404
    assert "/staff/sign-in" in (await world.browser("avonside").get(STAFF)).headers["location"]
    missing = await ada.get(f"{STAFF}/01890000-0000-7000-8000-000000000404")
    for path in ("", "/suspension", "/departure"):
        foreign = await ada.get(f"{STAFF}/{odette}{path}")
        assert (foreign.status_code, foreign.text) == (404, missing.text), "another force's people are not there"
    for path in ("/suspension", "/departure", "/return", "/invitation", ""):
        answer = await ada.submit(f"{STAFF}/{odette}{path}", **about("Odette Owen", "brackenshire"))
        assert answer.status_code == 404, path
    assert await state_of(world, "brackenshire", "odette@brackenshire.example.org") == ("officer", True)


async def test_somebody_is_invited_by_an_email_whose_link_is_made_and_not_stored(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await ada.get(f"{STAFF}/new")
    answer = await ada.submit(f"{STAFF}/new", **about("Hal Hope", slug, "hub", unit="Call centre"))
    assert answer.status_code == 303, answer.text
    hal = await id_of(world, slug, f"hope@{slug}.example.org")
    assert answer.headers["location"] == f"{STAFF}/{hal}?done=invited"
    assert await mails(world, slug, hal) == 1
    page = (await ada.get(answer.headers["location"])).text
    for said in ("A link is on its way", "Hal Hope", "Contact team", "Call centre", "Invited"):
        assert said in page, said
    twice = await ada.submit(f"{STAFF}/new", **about("Hal Hope", slug, "officer"))
    assert (twice.status_code, "is in your list already" in twice.text) == (422, True)
    assert await state_of(world, slug, f"hope@{slug}.example.org") == ("hub", True)
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        token = staff.invitation_token(tx, hal)
    await world.ask(
        slug,
        "update app.staff set invited_at = now() - interval '73 hours' where force_id = $1 and id = $2 returning 1",
        hal,
    )
    assert "Invitation lapsed" in (await ada.get(f"{STAFF}/{hal}")).text
    assert (await world.browser(slug).get(f"/staff/register/{token}")).status_code == 404
    assert (await ada.submit(f"{STAFF}/{hal}/invitation")).status_code == 303
    assert (await world.browser(slug).get(f"/staff/register/{token}")).status_code == 200
    assert await mails(world, slug, hal) == 2


async def test_an_officer_whom_the_record_system_names_is_one_person_with_who_is_invited(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    named = {"collar_number": "77", "name": "PC Nia Noor", "role": "PC", "unit": "Dock"}
    await world.push(slug, [crime("NF/1/26", [], officer=named)])
    page = (await ada.get(STAFF)).text
    assert "No access" in page
    ((nia,),) = await world.ask(slug, "select id from app.staff where force_id = $1 and collar_number = '77'")
    form = (await ada.get(f"{STAFF}/new?who={nia}")).text
    assert 'value="77"' in form
    answer = await ada.submit(f"{STAFF}/new", **about("PC Nia Noor", slug, collar_number="77", unit="Dock"))
    assert answer.headers["location"] == f"{STAFF}/{nia}?done=invited", answer.text
    assert await mails(world, slug, nia) == 1
    other = await ada.submit(f"{STAFF}/new", **about("PC Nell Noon", slug, collar_number="77"))
    assert (other.status_code, "PC Nia Noor has this collar number already" in other.text) == (422, True)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": " "}, "Enter their name"),
        ({"name": "x" * 81}, "This must be 80 characters or fewer"),
        ({"name": "=HYPERLINK(1)"}, "a spreadsheet would take it for a formula"),
        ({"name": "Two\u2028lines"}, "cannot be printed"),
        ({"email": "nobody"}, "Enter an email address in the correct format"),
        ({"role": "king"}, "Choose what they do"),
        ({"unit": "y" * 81}, "This must be 80 characters or fewer"),
        ({"collar_number": "+1"}, "a spreadsheet would take it for a formula"),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    world: World, changes: dict[str, str], message: str
) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await ada.get(f"{STAFF}/new")
    answer = await ada.submit(f"{STAFF}/new", **{**about("Kept Words", slug, unit="Kept unit"), **changes})
    assert (answer.status_code, message in answer.text) == (422, True), answer.text
    assert "Kept" in answer.text
    assert await world.ask(slug, "select 1 from app.staff where force_id = $1 and role = 'officer'") == []


async def test_two_people_make_an_administrator_and_the_first_cannot_be_the_second(world: World) -> None:
    slug, ada, amos = await two_administrators(world)
    answer = await ada.submit(f"{STAFF}/new", **about("Una Usk", slug, "admin"))
    address = f"usk@{slug}.example.org"
    una = await id_of(world, slug, address)
    assert answer.headers["location"] == f"{STAFF}/{una}?done=asked"
    assert await state_of(world, slug, address) == ("", True), "nothing is given yet"
    assert await mails(world, slug, una) == 0
    seen = (await ada.get(f"{STAFF}/requests")).text
    assert "another administrator has to decide it" in seen
    request = _REQUEST.findall(seen)[0]
    own = await ada.submit(f"{STAFF}/requests/{request}/approval")
    assert (own.status_code, "You asked for this yourself" in own.text) == (409, True)
    assert await state_of(world, slug, address) == ("", True)
    assert "1 person waits to become an administrator" in (await amos.get(STAFF)).text
    assert "Make them an administrator" in (await amos.get(f"{STAFF}/requests")).text
    assert (await amos.submit(f"{STAFF}/requests/{request}/approval")).status_code == 303
    assert await state_of(world, slug, address) == ("admin", True)
    assert await mails(world, slug, una) == 1
    assert (await amos.submit(f"{STAFF}/requests/{request}/approval")).status_code == 404
    told = await world.ask(
        slug, "select what, actor_id from app.audit where force_id = $1 and what like 'staff.admin%' order by at"
    )
    assert [what for what, _who in told] == ["staff.admin_asked", "staff.admin_approved"]
    assert told[0][1] != told[1][1], "by two people"


async def test_a_change_of_role_to_administrator_is_asked_for_too_and_can_be_refused(world: World) -> None:
    slug, ada, amos = await two_administrators(world)
    _browser, olu = await hired(world, slug, "Olu Oak", "officer")
    answer = await ada.submit(f"{STAFF}/{olu}", **about("Olu Oak", slug, "admin", unit="Moor"))
    assert answer.headers["location"] == f"{STAFF}/{olu}?done=asked"
    assert await state_of(world, slug, f"oak@{slug}.example.org") == ("officer", True)
    request = _REQUEST.findall((await amos.get(f"{STAFF}/requests")).text)[0]
    assert (await amos.submit(f"{STAFF}/requests/{request}/refusal")).status_code == 303
    assert (await amos.submit(f"{STAFF}/requests/{request}/approval")).status_code == 404
    assert await state_of(world, slug, f"oak@{slug}.example.org") == ("officer", True)


@pytest.mark.parametrize(
    "meanwhile",
    [
        "update app.admin_request set made_at = now() - interval '8 days' where force_id = $1 returning 1",
        "update app.staff set active = false where force_id = $1 and name = 'Ada Ash' returning 1",
        "update app.staff set role = 'hub' where force_id = $1 and name = 'Ada Ash' returning 1",
    ],
)
async def test_a_request_lapses_with_time_and_with_who_made_it(world: World, meanwhile: str) -> None:
    slug, ada, amos = await two_administrators(world)
    await ada.submit(f"{STAFF}/new", **about("Una Usk", slug, "admin"))
    request = _REQUEST.findall((await amos.get(f"{STAFF}/requests")).text)[0]
    await world.ask(slug, meanwhile)
    assert (await amos.submit(f"{STAFF}/requests/{request}/approval")).status_code == 404
    assert "Nobody waits" in (await amos.get(f"{STAFF}/requests")).text
    assert await state_of(world, slug, f"usk@{slug}.example.org") == ("", True)
    again = await amos.submit(f"{STAFF}/new", **about("Una Usk", slug, "admin"))
    assert again.headers["location"].endswith("?done=asked"), "it can be asked for anew"
    assert len(_REQUEST.findall((await amos.get(f"{STAFF}/requests")).text)) == 1


async def test_the_only_administrator_is_told_who_the_second_person_is(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    for path in ("/new", "/requests"):
        assert "Ask the national team to invite the second one" in (await ada.get(f"{STAFF}{path}")).text


async def test_nobody_changes_their_own_role_or_access(world: World) -> None:
    slug, ada, _amos = await two_administrators(world)
    own = await id_of(world, slug, f"ada@{slug}.example.org")
    answer = await ada.submit(f"{STAFF}/{own}", **about("Ada Ash", slug, "supervisor"))
    assert (answer.status_code, "You cannot change your own role" in answer.text) == (422, True)
    for path in ("/suspension", "/departure"):
        assert "You cannot change your own access" in (await ada.get(f"{STAFF}/{own}{path}")).text
        refused = await ada.submit(f"{STAFF}/{own}{path}")
        assert (refused.status_code, "You cannot change your own access" in refused.text) == (409, True)
    assert await state_of(world, slug, f"ada@{slug}.example.org") == ("admin", True)
    renamed = await ada.submit(f"{STAFF}/{own}", **about("Ada Ashe", slug, "admin"))
    assert renamed.headers["location"] == f"{STAFF}/{own}?done=changed"


async def test_who_gets_another_role_is_signed_out_and_has_its_pages_next(world: World) -> None:
    slug, ada, _amos = await two_administrators(world)
    olu, olu_id = await hired(world, slug, "Olu Oak", "officer")
    assert (await olu.get("/staff")).status_code == 200
    answer = await ada.submit(f"{STAFF}/{olu_id}", **about("Olu Oak", slug, "supervisor", unit="Moor"))
    assert answer.headers["location"] == f"{STAFF}/{olu_id}?done=moved"
    assert "/staff/sign-in" in (await olu.get("/staff")).headers["location"]
    await olu.sign_in_as(Employee("Olu Oak", "supervisor", f"oak@{slug}.example.org"))
    assert "Everything that waits in the force" in (await olu.get("/staff/inbox")).text
