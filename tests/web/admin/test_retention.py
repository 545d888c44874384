"""What goes by the clock and what never does: holds, open cases, other forces, the audit, and what does not come back."""

import asyncio

import pytest

from tests.cast import HANNAH, Browser, World, crime, event, moment
from tests.web.admin.configured import filled, force_with, publish
from tests.web.admin.kept import closed_case, is_here, night, open_case, rows_of, somebody
from trackmycrime.domain import audit
from trackmycrime.domain.retention import holds
from trackmycrime.jobs.chores import CLOCK
from trackmycrime.kit.actor import Actor, Kind

pytestmark = pytest.mark.asyncio(loop_scope="session")
RETENTION, HOLDS, COMING = "/admin/retention", "/admin/retention/holds", "/admin/retention/coming"
_OF_CASES = (
    *("case", "case_person", "timeline_entry", "property_item", "duty", "step", "event", "feed_entry", "task"),
    *("invite", "read_mark", "draft", "hearing", "opening"),
)
_OF_PEOPLE = ("person", "account", "notification", "factor", "reset", "text_code", "data_request", "halfway")


async def hold(browser: Browser, reference: str, why: str = "A claim against the force") -> None:
    placed = await browser.submit(HOLDS, crime_reference=reference, why=why)
    assert placed.headers["location"] == f"{HOLDS}?done=placed", placed.text


async def verified(world: World, slug: str) -> int:
    """Seal the audit of a force, walk its chain, and return how many links it has: none is broken."""
    door = world.registry.door(await world.force(slug))
    async with door.open(CLOCK) as tx:
        while await audit.seal(tx, world.heads):
            pass
    async with door.open(CLOCK) as tx:
        verdict = await audit.verify(tx, world.heads)
    assert verdict.broken is None
    return verdict.links


async def test_nothing_goes_that_is_held_open_or_another_forces(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    other, _ = await force_with(world, "Amos Ames")
    held, opened, due, young = [somebody(name) for name in ("Held", "Open", "Due", "Young")]
    for one in (held, due):
        await closed_case(world, slug, one)
    theirs = await closed_case(world, other, somebody("Theirs"))
    await closed_case(world, slug, young, days=300)
    await open_case(world, slug, opened)
    await hold(ada, held.reference.lower().replace("/", " "))
    coming = (await ada.get(COMING)).text
    for said in (held.reference, due.reference, "Kept: legal hold. A claim against the force"):
        assert said in coming, said
    assert young.reference not in coming
    before = [await rows_of(world, other, table) for table in (*_OF_CASES, *_OF_PEOPLE)]
    assert await night(world, slug) > 0
    assert not await is_here(world, slug, due.reference)
    for one in (held, opened, young):
        assert await is_here(world, slug, one.reference), one.name
    assert await is_here(world, other, theirs)
    assert [await rows_of(world, other, table) for table in (*_OF_CASES, *_OF_PEOPLE)] == before
    contents = "select count(*) from app.event e join app.case c on c.force_id = $1 and c.id = e.case_id where e.force_id = $1 and c.reference = $2 and e.content is null"
    assert await world.ask(slug, contents, held.reference) == [(0,)], "what its records said stays too"
    assert await night(world, slug) == 0, "doing it again finds nothing"


async def test_a_case_that_goes_takes_everything_with_it_and_the_audit_still_holds(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = somebody()
    reference = await open_case(world, slug, vera)
    await world.register(slug, vera)
    browser = world.browser(slug)
    await browser.sign_in(vera)
    await browser.submit("/messages", message="A message that goes too.")
    links = await verified(world, slug)
    await world.push(slug, [event("crime.closed", reference, time=moment(800))])
    await night(world, slug)
    assert [table for table in _OF_CASES if await rows_of(world, slug, table)] == []
    assert [table for table in ("account", "person") if await rows_of(world, slug, table)] == ["account", "person"]
    await world.ask(
        slug, "update app.person set alone_since = now() - interval '40 days' where force_id = $1 returning 1"
    )
    await night(world, slug)
    assert [table for table in _OF_PEOPLE if await rows_of(world, slug, table)] == []
    assert await world.ask(slug, "select count(*) from app.session where force_id = $1 and kind = 'victim'") == [(0,)]
    assert await verified(world, slug) > links
    assert (await browser.get("/messages")).status_code == 303, "they are signed out"
    assert (await world.browser(slug).submit("/sign-in", **vera.typed(password=vera.password))).status_code != 303
    deletions = (await ada.get("/admin/retention/deletions")).text
    for said in ("Closed cases", "People on no case", "Version 1"):
        assert said in deletions, said


async def test_somebody_with_another_case_keeps_their_account(world: World) -> None:
    slug, _ = await force_with(world, "Ada Ash")
    vera = somebody()
    await open_case(world, slug, vera)
    again = somebody("Again")
    again.person = vera.person
    await closed_case(world, slug, again)
    await world.register(slug, vera)
    await night(world, slug)
    await world.ask(
        slug, "update app.person set alone_since = now() - interval '40 days' where force_id = $1 returning 1"
    )
    await night(world, slug)
    assert await is_here(world, slug, vera.reference)
    assert not await is_here(world, slug, again.reference)
    assert await rows_of(world, slug, "account") == 1


async def test_what_was_deleted_does_not_come_back_and_leaves_nothing_of_what_is_sent(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    _other, (amos,) = await force_with(world, "Amos Ames")
    vera, other = somebody(), somebody("Other")
    reference = await closed_case(world, slug, vera)
    await night(world, slug)
    again = [
        crime(reference, [vera.as_event()]),
        event("crime.reopened", reference),
        {"id": "loose", "crime": reference, "type": "x"},
        crime(other.reference, [other.as_event()]),
    ]
    answer = await world.push(slug, again)
    assert [each.index for each in answer.rejected] == [0, 1, 2]
    assert "was deleted here" in answer.rejected[0].reason
    assert (answer.accepted, answer.held) == (1, [])
    assert not await is_here(world, slug, reference)
    assert await is_here(world, slug, other.reference)
    assert await world.ask(slug, "select count(*) from app.event where force_id = $1") == [(1,)]
    for administrator, expected in ((amos, 422), (ada, 303), (ada, 422)):
        returns = await administrator.submit("/admin/retention/deletions/returns", crime_reference=reference)
        assert returns.status_code == expected
    assert (await world.push(slug, again)).accepted == 2, "from now on it may"
    assert await is_here(world, slug, reference)


async def test_a_hold_needs_a_reason_a_case_and_somebody_of_this_force(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    _other, (amos,) = await force_with(world, "Amos Ames")
    vera = somebody()
    await closed_case(world, slug, vera)
    for form, said in (
        ({"crime_reference": vera.reference, "why": ""}, "Say why"),
        ({"crime_reference": "R/none/24", "why": "A claim"}, "no case with this reference"),
    ):
        answer = await ada.submit(HOLDS, **form)
        assert (answer.status_code, said in answer.text) == (422, True)
        assert form["crime_reference"] in answer.text, "what was typed stays"
    stranger = await amos.submit(HOLDS, crime_reference=vera.reference, why="A claim of theirs")
    assert (stranger.status_code, "no case with this reference" in stranger.text) == (422, True)
    await hold(ada, vera.reference)
    twice = await ada.submit(HOLDS, crime_reference=vera.reference, why="Once more")
    assert (twice.status_code, "already" in twice.text) == (422, True)
    ((hold_id, why),) = await world.ask(slug, "select id, why from app.legal_hold where force_id = $1")
    assert b"claim" not in why
    page = (await ada.get(f"{HOLDS}/{hold_id}")).text
    assert vera.reference in page
    assert "Theft" not in page
    assert (await amos.get(f"{HOLDS}/{hold_id}")).status_code == 404
    assert (await amos.submit(f"{HOLDS}/{hold_id}/lifting", why="No more claim")).status_code == 404
    assert (await ada.submit(f"{HOLDS}/{hold_id}/lifting", why="")).status_code == 422
    await night(world, slug)
    assert await is_here(world, slug, vera.reference)
    lifted = await ada.submit(f"{HOLDS}/{hold_id}/lifting", why="No more claim")
    assert lifted.headers["location"] == f"{HOLDS}?done=lifted"
    assert (await ada.submit(f"{HOLDS}/{hold_id}/lifting", why="Once more")).status_code == 409
    assert "No more claim" in (await ada.get(HOLDS)).text
    await night(world, slug)
    assert not await is_here(world, slug, vera.reference)


async def test_the_page_counts_what_would_go_before_anybody_publishes(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = somebody()
    await closed_case(world, slug, vera, days=300)
    form = await filled(ada, RETENTION)
    assert (form["access_months"], form["case_months"]) == ("12", "24")
    wrong = await ada.submit(RETENTION, **{**form, "case_months": "6"})
    assert (wrong.status_code, "no fewer than victims can read" in wrong.text) == (422, True)
    for name, value in (
        ("access_months", "2"),
        ("record_days", "x"),
        ("notification_days", "29"),
        ("person_days", "366"),
    ):
        assert (await ada.submit(RETENTION, **{**form, name: value})).status_code == 422, name
    saved = await ada.submit(RETENTION, **{**form, "access_months": "3", "case_months": "6"})
    assert saved.headers["location"] == f"{RETENTION}#tomorrow", saved.text
    page = (await ada.get(RETENTION)).text
    assert "What would go tomorrow if you publish" in page
    assert "<strong>1</strong>" in page
    review = (await ada.get("/admin/review")).text
    for said in ("Months until a closed case is deleted here", "Months in which victims read a closed case"):
        assert said in review, said
    await night(world, slug)
    assert await is_here(world, slug, vera.reference), "nothing is published"
    await publish(ada)
    coming = (await ada.get(COMING)).text
    assert vera.reference in coming
    await night(world, slug)
    assert not await is_here(world, slug, vera.reference)
    hub = world.browser("avonside")
    await hub.sign_in_as(HANNAH)
    for path in (RETENTION, COMING, HOLDS):
        for stranger in (hub, world.browser("avonside")):
            assert (await stranger.get(path)).status_code in {303, 404}, path


async def test_how_long_a_closed_case_is_read_is_the_forces_own_to_say(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = somebody()
    reference = await open_case(world, slug, vera)
    await world.register(slug, vera)
    browser = world.browser(slug)
    await browser.sign_in(vera)
    await world.push(slug, [event("crime.closed", reference, time=moment(200))])
    assert "A secret of the case." in (await browser.get("/messages")).text
    await ada.submit(RETENTION, **{**await filled(ada, RETENTION), "access_months": "6"})
    await publish(ada)
    assert "A secret of the case." not in (await browser.get("/messages")).text
    assert "6 months after they are closed" in (await browser.get("/cases")).text
    assert "until 6 months after the case is closed" in (await browser.get("/privacy")).text


async def test_what_used_records_said_and_old_notifications_go_and_nobody_notices(world: World) -> None:
    slug, _ = await force_with(world, "Ada Ash")
    vera, kept = somebody(), somebody("Kept")
    reference = await open_case(world, slug, vera, days=5)
    await world.register(slug, vera)
    await open_case(world, slug, kept, days=5)
    waits = event("update.published", "R/not-yet/24", text="It waits.")
    await world.push(slug, [waits])
    await world.ask(
        slug, "update app.event set received_at = now() - interval '91 days' where force_id = $1 returning 1"
    )
    sent = "update app.notification set state = 'sent', ended_at = now() - make_interval(days => 366) where force_id = $1 and person_id = (select id from app.person where force_id = $1 and source_id = $2) returning 1"
    assert await world.ask(slug, sent, vera.person)
    others = await rows_of(world, slug, "notification")
    await night(world, slug)
    said = "select source_id from app.event where force_id = $1 and content is not null"
    assert await world.ask(slug, said) == [(waits["id"],)], "what waits is kept"
    assert 0 < await rows_of(world, slug, "notification") < others
    browser = world.browser(slug)
    await browser.sign_in(vera)
    assert "A secret of the case." in (await browser.get("/messages")).text
    answer = await world.push(slug, [crime("R/not-yet/24", [kept.as_event()])])
    assert answer.held == [], "what waited was used"
    assert await is_here(world, slug, reference)


async def test_a_hold_that_is_just_being_placed_is_not_too_late(world: World) -> None:
    slug, _ = await force_with(world, "Ada Ash")
    vera = somebody()
    await closed_case(world, slug, vera)
    ((admin,),) = await world.ask(slug, "select id from app.staff where force_id = $1 and role = 'admin'")
    door = world.registry.door(await world.force(slug))
    async with door.open(Actor(Kind.STAFF, admin, role="admin")) as tx:
        await holds.place(tx, vera.reference, "A claim against the force")
        going = asyncio.create_task(night(world, slug))
        assert await is_here(world, slug, vera.reference)
    await going
    assert await is_here(world, slug, vera.reference)
