"""What record systems read: facts of which none is ever skipped, and crimes, each force its own."""

import pytest

from tests.cast import ALICE, CAROL, OSMAN, World, crime, event
from tests.web.api.conftest import RecordSystem
from trackmycrime.domain import feed
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.identity import clients
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_fact_that_commits_late_is_given_late_and_never_skipped(world: World, avonside: RecordSystem) -> None:
    door = world.registry.door(await world.force("avonside"))
    start = await _end(avonside)
    early = door.begin(service("test"))
    try:
        await early.allow(60)  # as a batch does it, which writes at once what others write at the end
        await feed.tell(early, [Fact("test.early")])
        async with door.open(service("test")) as late:
            await feed.tell(late, [Fact("test.late")])
        while_open = await avonside.read(start)
        await early.commit()
    finally:
        await early.close()

    assert while_open["events"] == []
    assert while_open["next"] == start
    after = await avonside.read(start)
    assert [each["type"] for each in after["events"]] == ["test.early", "test.late"]
    assert (await avonside.read(after["next"]))["events"] == []


async def test_pages_follow_each_other_without_gap_or_repeat(world: World, avonside: RecordSystem) -> None:
    start = await _end(avonside)
    async with world.registry.door(await world.force("avonside")).open(service("test")) as tx:
        await feed.tell(tx, [Fact(f"test.page{number}") for number in range(7)])

    cursor, seen = start, list[str]()
    while page := (told := await avonside.read(cursor, limit=3))["events"]:
        assert len(page) <= 3
        seen += [each["type"] for each in page]
        cursor = told["next"]
    assert seen == [f"test.page{number}" for number in range(7)]


async def test_wrong_cursors_and_limits_are_refused(avonside: RecordSystem) -> None:
    for after in ("nonsense", "1-", "-1", "1-1-1", "9" * 30 + "-1", f"1-{2**63}", "\u0661-\u0661", "1-1\x00"):
        answer = await avonside.http.get("/api/v1/events", params={"after": after})
        assert answer.status_code == 422, after
        assert answer.json()["errors"][0]["name"] == "after"
    for limit in ("0", "-1", "1001", "many"):
        answer = await avonside.http.get("/api/v1/events", params={"limit": limit})
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


async def test_a_force_reads_only_its_own(avonside: RecordSystem, brackenshire: RecordSystem) -> None:
    registered = {each["person"] for each in (await _all(avonside)) if each["type"] == "victim.registered"}
    theirs = {each["person"] for each in (await _all(brackenshire)) if each["type"] == "victim.registered"}

    assert ALICE.person in registered
    assert CAROL.person in theirs
    assert not registered & theirs


async def test_a_crime_is_given_whole_with_each_text_once_and_no_credential(avonside: RecordSystem) -> None:
    told = (await avonside.compare("av 1001 26")).json()

    assert told["reference"] == ALICE.reference
    assert told["officer"] == {"collar_number": "4711", "name": OSMAN.name, "role": "PC", "unit": "Harbour"}
    assert [each["person"] for each in told["victims"]] == [ALICE.person]
    assert told["victims"][0]["registered"] is True
    assert told["next_update_by"]
    updates = [each for each in told["timeline"] if each["type"] == "update"]
    assert [(each["text"], each["to"]) for each in updates[:1]] == [
        ("We have asked two shops for their recordings.", [ALICE.person])
    ]
    assert not {"password", "password_hash", "email", "mobile", "date_of_birth"} & set(told["victims"][0])


async def test_what_the_service_holds_of_a_crime_says_what_waits_and_why(avonside: RecordSystem) -> None:
    amy = {**ALICE.as_event(), "person": "amy-of-test-reading", "given_names": "Amy"}
    bob = {**ALICE.as_event(), "person": "bob-of-test-reading", "given_names": "Bob"}
    reference = "AV/7001/26"
    item = {"id": "i1", "description": "Red kettle", "status": "missing", "value_pence": 1200}
    unclear = event("update.published", reference, text="For whom?")
    named = event("update.published", reference, text="For Bob alone.", to=["bob-of-test-reading"])
    listed = event("hearing.listed", reference, court="Leeds", hearing_type="Trial", at="2026-12-01T10:00:00+00:00")
    await avonside.push([crime(reference, [amy, bob], property=[item], summary="A kettle."), unclear, named, listed])

    told = (await avonside.compare(reference)).json()

    assert told["summary"] == "A kettle."
    assert [(each["id"], each["type"]) for each in told["held"]] == [(unclear["id"], "update.published")]
    assert "several victims" in told["held"][0]["reason"]
    assert [(each["text"], each["to"]) for each in told["timeline"]] == [
        ("For Bob alone.", ["bob-of-test-reading"]),
        ("A court hearing has been listed at Leeds", []),
    ]
    assert [(each["description"], each["value_pence"]) for each in told["property"]] == [("Red kettle", 1200)]
    assert told["hearings"] == [{"court": "Leeds", "hearing_type": "Trial", "at": "2026-12-01T10:00:00Z"}]


async def test_what_a_crime_went_through_can_be_compared_with_what_was_pushed(avonside: RecordSystem) -> None:
    reference = "AV/7002/26"
    told = [
        event("stage.changed", reference, stage="investigation", time="2026-03-01T09:00:00+00:00"),
        event("stage.changed", reference, stage="file_to_cps", time="2026-03-02T09:00:00+00:00"),
        event("outcome.recorded", reference, code=18, time="2026-03-03T09:00:00+00:00"),
        event("crime.closed", reference, time="2026-03-04T09:00:00+00:00"),
        event("crime.reopened", reference, time="2026-03-05T09:00:00+00:00"),
        event("crime.closed", reference, time="2026-03-06T09:00:00+00:00"),
    ]
    amy = {**ALICE.as_event(), "person": "amy-of-test-steps"}
    await avonside.push([crime(reference, [amy]), *reversed(told[:-1])])
    open_again = (await avonside.compare(reference)).json()
    assert (open_again["closed"], open_again["closed_at"]) == (False, None)
    await avonside.push(told)

    held = (await avonside.compare(reference)).json()

    values = ["investigation", "file_to_cps", "18", "", "", ""]
    assert [(each["event"], each["type"], each["value"]) for each in held["steps"]] == [
        (pushed["id"], pushed["type"], value) for pushed, value in zip(told, values, strict=True)
    ]
    assert held["steps"][0]["time"] == "2026-03-01T09:00:00Z"
    assert (held["closed"], held["closed_at"]) == (True, "2026-03-06T09:00:00Z")
    shapes = (await avonside.http.get("/api/openapi.json")).json()["components"]["schemas"]
    assert {"steps", "closed_at"} <= set(shapes["Crime"]["required"])
    assert shapes["Crime"]["properties"]["closed_at"]["description"].startswith("When the closing that holds")
    assert shapes["StepHeld"]["properties"]["value"]["description"].startswith("The stage, or the code")


async def test_another_forces_crime_and_no_crime_are_the_same_bytes(
    avonside: RecordSystem, brackenshire: RecordSystem
) -> None:
    assert (await brackenshire.compare(CAROL.reference)).status_code == 200
    theirs, nobodys = await avonside.compare(CAROL.reference), await avonside.compare("AV/9999/26")

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content
    assert theirs.headers["content-type"] == "application/problem+json"
    for odd in ("", "/", "\x00", "%", "'; --", "é" * 5000):
        assert (await avonside.compare(odd)).status_code == 404


async def test_every_comparison_is_recorded(world: World, avonside: RecordSystem) -> None:
    sql = "select count(*) from app.audit where force_id = $1 and what = 'crime.compared' and actor_id = $2"
    async with world.registry.door(await world.force("avonside")).open(service("test")) as tx:
        client = await clients.find(tx, avonside.client_id)
    assert client is not None

    await avonside.compare(ALICE.reference)

    assert await world.ask("avonside", sql, client.row.id) == [(1,)]


async def _end(system: RecordSystem) -> str:
    cursor = ""
    while (told := await system.read(cursor))["events"]:
        cursor = told["next"]
    return cursor


async def _all(system: RecordSystem) -> list[dict[str, str]]:
    return (await system.read())["events"]
