"""My case so far: a victim takes with her what she may see and nothing else; whoever is at risk chooses first."""

import re
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from tests.cast import ALICE, CAROL, HANNAH, OSMAN, Browser, Victim, World, configuration, crime, event, moment
from tests.domain.test_notifications import drained, to
from trackmycrime.domain import data_requests
from trackmycrime.domain.tenancy.configuration import OfficerStyle
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import now

pytestmark = pytest.mark.asyncio(loop_scope="session")

OFFICER = {"collar_number": "4711", "name": OSMAN.name, "role": "PC", "unit": "Harbour", "email": OSMAN.email}
RING = {"id": "1", "description": "Gold ring", "status": "missing", "serial": "GR-11"}


async def both(world: World, **changes: object) -> tuple[Victim, Victim]:
    """Return two victims on one reference, each of whom has an update and a message of her own."""
    reference = f"MC/{uuid4().hex[:8]}/26"
    vera = Victim("Vera", "Vance", reference, f"{uuid4().hex[:8]}@example.org")
    wanda = Victim("Wanda", "Ward", reference, f"{uuid4().hex[:8]}@example.org")
    told = [vera.as_event(**changes), wanda.as_event()]
    await world.push("avonside", [crime(reference, told, officer=OFFICER, property=[RING])])
    await world.register("avonside", wanda)
    if not changes:
        await world.register("avonside", vera)
    for each in (vera, wanda):
        text = f"For {each.name} alone: a window was measured."
        await world.push("avonside", [event("update.published", reference, text=text, to=[each.person])])
    browser = await signed_in(world, wanda)
    await browser.submit("/messages", message="Wanda wrote <this> herself.")
    return vera, wanda


async def at_risk(world: World) -> tuple[Victim, Browser]:
    vera, _wanda = await both(world)
    changed = vera.as_event(safety=["domestic_abuse"])
    await world.push("avonside", [event("victim.changed", vera.reference, victim=changed, time=moment())])
    return vera, await signed_in(world, vera)


async def signed_in(world: World, victim: Victim, slug: str = "avonside") -> Browser:
    browser = world.browser(slug)
    await browser.sign_in(victim)
    return browser


async def audited(world: World, victim: Victim, what: str) -> int:
    sql = "select count(*) from app.audit a join app.person p on p.force_id = $1 and p.id = a.actor_id where a.force_id = $1 and a.what = $2 and p.source_id = $3"
    ((number,),) = await world.ask("avonside", sql, what, victim.person)
    return number


async def test_a_copy_never_has_another_victims_entries(world: World) -> None:
    vera, wanda = await both(world)
    for own, other in ((vera, wanda), (wanda, vera)):
        browser = await signed_in(world, own)
        await browser.get("/my-case")
        copy = (await browser.submit("/my-case/copies")).text
        assert f"For {own.name} alone" in copy
        assert f"For {other.name} alone" not in copy
        assert ("Wanda wrote &lt;this&gt; herself." in copy) is (own is wanda)
        assert "Alice" not in copy


async def test_a_victim_takes_everything_she_may_see_with_her_and_strangers_get_nothing(world: World) -> None:
    vera, _wanda = await both(world)
    steps = [
        event("stage.changed", vera.reference, stage="investigation", time=moment(1)),
        event("hearing.listed", vera.reference, court="Saltby Crown Court", hearing_type="Trial", at=moment(-9)),
    ]
    await world.push("avonside", steps)
    browser = await signed_in(world, vera)
    page = (await browser.get("/my-case")).text
    assert "stays on this device" in page
    assert vera.reference not in page.split("<title>")[1].split("</title>")[0]
    answer = await browser.submit("/my-case/copies")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="copy.html"'
    assert answer.headers["cache-control"] == "no-store"
    for told in (
        vera.reference,
        OSMAN.name,
        "Harbour",
        "Gold ring",
        "GR-11",
        "Being investigated",
        "Saltby Crown Court",
    ):
        assert told in answer.text, told
    assert answer.text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert not re.findall(r'(?:src|href)="(?!#)', answer.text), "it has to stand by itself"
    assert await audited(world, vera, "case.copied") == 1

    for slug, stranger in (("avonside", ALICE), ("brackenshire", CAROL)):
        other = await signed_in(world, stranger, slug)
        await other.get("/my-case")
        assert "Gold ring" not in (await other.submit("/my-case/copies")).text
    hannah = world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    assert (await hannah.get("/my-case")).status_code == (await hannah.submit("/my-case/copies")).status_code == 404
    nobody = world.browser("avonside")
    assert (await nobody.submit("/my-case/copies")).headers["location"].startswith("/sign-in")
    browser.csrf = "forged"
    assert (await browser.submit("/my-case/copies")).status_code == 403


async def test_an_officer_is_named_in_a_copy_as_the_force_names_them(world: World) -> None:
    published = msgspec.structs.replace(
        configuration("nameless", "Nameless Police"), officers=OfficerStyle.COLLAR_NUMBER
    )
    await world.onboarding.provision(service("test"), published)
    vera = Victim("Vera", "Vance", f"MC/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    await world.push("nameless", [crime(vera.reference, [vera.as_event()], officer=OFFICER)])
    await world.register("nameless", vera)
    browser = await signed_in(world, vera, "nameless")
    await browser.get("/my-case")
    copy = (await browser.submit("/my-case/copies")).text
    assert "Officer 4711" in copy
    assert OSMAN.name not in copy


async def test_for_somebody_at_risk_nothing_is_there_until_she_chooses(world: World) -> None:
    vera, browser = await at_risk(world)
    assert "/my-case" not in (await browser.get("/progress")).text
    page = (await browser.get("/my-case")).text
    assert 'action="/my-case/copies"' not in page
    assert (await browser.submit("/my-case/copies")).status_code == 404
    asked = await browser.submit("/my-case/data-requests", password=vera.password)
    assert asked.status_code == 404
    shown = await browser.submit_and_follow("/my-case/display", shown="yes")
    assert 'action="/my-case/copies"' in shown.text
    assert "/my-case" in (await browser.get("/progress")).text
    assert "For Vera alone" in (await browser.submit("/my-case/copies")).text
    await browser.submit("/my-case/display", shown="no")
    assert (await browser.submit("/my-case/copies")).status_code == 404
    assert await audited(world, vera, "copies.shown") == await audited(world, vera, "copies.hidden") == 1


async def due(world: World, days_ago: float = 0) -> None:
    """Let the time pass until requests that wait are due, or were due some days ago, and let the clock do its round."""
    sql = "update app.data_request set ready_at = $2 where force_id = $1 and state in ('waiting', 'ready') returning id"
    await world.ask("avonside", sql, now() - timedelta(days=days_ago))
    async with world.registry.door(await world.force("avonside")).open(service("test")) as tx:
        await data_requests.make_due(tx)
        await data_requests.expire(tx)


async def test_data_is_there_a_day_after_it_was_asked_for_and_seven_days_long(world: World) -> None:
    vera, wanda = await both(world)
    browser = await signed_in(world, vera)
    await drained(world, "avonside")
    await browser.get("/my-case")
    assert (await browser.submit("/my-case/data-requests", password="")).status_code == 422
    wrong = await browser.submit("/my-case/data-requests", password="four wrong words for a test")
    assert (wrong.status_code, "This is not your password" in wrong.text) == (422, True)
    for _ in range(2):
        asked = await browser.submit("/my-case/data-requests", password=vera.password)
        assert (asked.status_code, asked.headers["location"]) == (303, "/my-case?done=asked")
    assert "Cancel this request" in (await browser.get("/my-case")).text
    assert "If it was not you, cancel it" in (await browser.get("/messages")).text
    assert (await browser.submit("/my-case/data-requests/files", format="json")).status_code == 404
    (notice,) = to(await drained(world, "avonside"), vera)
    for secret in (vera.reference, "data", "copy", "request", "Vera", "crime"):
        assert secret.lower() not in f"{notice.subject} {notice.text}".lower().replace("trackmycrime", ""), secret

    await due(world)
    assert len(to(await drained(world, "avonside"), vera)) == 1
    page = (await browser.get("/my-case")).text
    assert "Cancel this request" not in page
    held = await browser.submit("/my-case/data-requests/files", format="json")
    assert held.headers["content-disposition"] == 'attachment; filename="copy.json"'
    told = msgspec.json.decode(held.content)
    assert told["person"]["last_name"] == "Vance"
    assert told["person"]["email"] == vera.email
    assert [case["reference"] for case in told["cases"]] == [vera.reference]
    read = await browser.submit("/my-case/data-requests/files", format="html")
    for content in (held.text, read.text):
        assert "For Vera alone" in content
        assert "Gold ring" in content
        assert "Wanda" not in content
        assert wanda.email not in content
    (stored,) = await world.ask(
        "avonside",
        "select r.content from app.data_request r join app.person p on p.force_id = $1 and p.id = r.person_id where r.force_id = $1 and p.source_id = $2",
        vera.person,
    )
    assert b"Vera" not in stored[0]
    assert b"Gold" not in stored[0]

    for slug, stranger in (("avonside", wanda), ("avonside", ALICE), ("brackenshire", CAROL)):
        other = await signed_in(world, stranger, slug)
        await other.get("/my-case")
        assert (await other.submit("/my-case/data-requests/files", format="json")).status_code == 404
    nobody = world.browser("avonside")
    assert (await nobody.submit("/my-case/data-requests/files")).headers["location"].startswith("/sign-in")

    await due(world, 6.9)
    assert (await browser.submit("/my-case/data-requests/files", format="json")).status_code == 200
    await due(world, 7.1)
    assert (await browser.submit("/my-case/data-requests/files", format="json")).status_code == 404
    left = "select count(*) from app.data_request where force_id = $1 and state <> 'waiting' and content is not null"
    assert await world.ask("avonside", left) == [(0,)]
    assert await audited(world, vera, "data_request.downloaded") == 3


async def test_a_request_is_cancelled_by_whose_it_is_alone(world: World) -> None:
    vera, wanda = await both(world)
    browser, other = await signed_in(world, vera), await signed_in(world, wanda)
    await browser.get("/my-case")
    await other.get("/my-case")
    await browser.submit("/my-case/data-requests", password=vera.password)
    await other.submit("/my-case/data-requests/cancellation")
    assert "Cancel this request" in (await browser.get("/my-case")).text
    cancelled = await browser.submit_and_follow("/my-case/data-requests/cancellation")
    assert "Cancel this request" not in cancelled.text
    await due(world)
    assert (await browser.submit("/my-case/data-requests/files", format="json")).status_code == 404
    sql = "select count(*) from app.feed_entry f join app.person p on p.force_id = $1 and p.id = f.person_id where f.force_id = $1 and f.type like 'data_request.%' and p.source_id = $2"
    assert await world.ask("avonside", sql, vera.person) == [(2,)]


async def test_guessing_the_password_again_is_slowed_down(world: World) -> None:
    vera, _wanda = await both(world)
    browser = await signed_in(world, vera)
    await browser.get("/my-case")
    answers = [await browser.submit("/my-case/data-requests", password=f"four wrong words {n}") for n in range(12)]
    assert answers[-1].status_code == 429
    assert (await browser.submit("/my-case/data-requests", password=vera.password)).status_code == 429
