"""Batches over HTTP: what goes in, what is held, and what is refused, one item never costing the others."""

import asyncio
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from tests.cast import Victim, World, crime, event
from tests.web.api.conftest import RecordSystem
from trackmycrime.domain.ingest.parsing import MOST_BYTES, MOST_EVENTS
from trackmycrime.web.api import examples

PENNY = Victim("Penny", "Parr", "AV/1009/26", "penny@example.org")
pytestmark = pytest.mark.asyncio(loop_scope="session")
PROBLEM = "application/problem+json"
NOTHING: dict[str, Any] = {"accepted": 0, "duplicate": 0, "held": [], "rejected": []}


def _reference() -> str:
    return f"AV/{uuid4().hex[:12]}/26"


async def test_an_array_and_lines_are_both_taken(avonside: RecordSystem) -> None:
    reference = _reference()
    events = [crime(reference, [PENNY.as_event()]), event("stage.changed", reference, stage="investigation")]
    said = event("update.published", reference, text="A café's camera saw it.")

    assert await avonside.push(events) == {**NOTHING, "accepted": 2}
    lines = b"\n".join(msgspec.json.encode(each) for each in (*events, said)) + b"\n"
    answer = await avonside.send(lines, "application/x-ndjson")
    assert answer.json() == {**NOTHING, "accepted": 1, "duplicate": 2}
    assert answer.headers["content-type"] == "application/json"
    held = (await avonside.compare(reference)).json()
    assert [entry["text"] for entry in held["timeline"] if entry["event"] == said["id"]] == ["A café's camera saw it."]


async def test_the_examples_of_the_pages_are_accepted(avonside: RecordSystem) -> None:
    assert await avonside.push(list(examples.EVENTS.values())) == {**NOTHING, "accepted": len(examples.EVENTS)}


async def test_one_bad_item_costs_only_itself(avonside: RecordSystem) -> None:
    reference = _reference()
    wrong = event("stage.changed", reference, stage=7)
    batch = [crime(reference, [PENNY.as_event()]), {"type": "crime.closed"}, "no object", wrong]
    lines = [*(msgspec.json.encode(each) for each in batch), b"{not json", b'{"id": "a\\u0000b"}', b'{"id": "\\ud800"}']

    told = (await avonside.send(b"\n".join(lines), "application/x-ndjson")).json()

    assert (told["accepted"], told["duplicate"]) == (1, 0)
    assert [held["id"] for held in told["held"]] == [wrong["id"]]
    assert "stage" in told["held"][0]["reason"]
    assert [rejected["index"] for rejected in told["rejected"]] == [1, 2, 4, 5, 6]


async def test_an_update_waits_for_its_crime(avonside: RecordSystem) -> None:
    reference = _reference()
    early = event("update.published", reference, text="It came before its crime.")

    told = await avonside.push([early])
    assert told["accepted"] == 0
    assert told["held"] == [{"id": early["id"], "reason": "We have not been told about this crime yet."}]
    assert (await avonside.compare(reference)).status_code == 404

    assert (await avonside.push([crime(reference, [PENNY.as_event()])]))["accepted"] == 1
    held = (await avonside.compare(reference)).json()
    assert held["held"] == []
    assert [entry["text"] for entry in held["timeline"]] == ["It came before its crime."]


async def test_the_same_batch_again_changes_nothing_and_the_same_id_with_other_content_is_held(
    avonside: RecordSystem,
) -> None:
    reference = _reference()
    said = event("update.published", reference, text="We found a glove.")
    batch = [crime(reference, [PENNY.as_event()]), said]
    await avonside.push(batch)
    before = (await avonside.compare(reference)).json()

    assert await avonside.push(batch) == {**NOTHING, "duplicate": 2}
    assert (await avonside.compare(reference)).json() == before

    told = await avonside.push([{**said, "text": "We found two gloves."}])
    assert [held["id"] for held in told["held"]] == [said["id"]]
    after = (await avonside.compare(reference)).json()
    assert after["timeline"] == before["timeline"]
    assert [held["id"] for held in after["held"]] == [said["id"]]


async def test_the_same_batch_from_two_sides_at_once_goes_in_once(avonside: RecordSystem) -> None:
    reference = _reference()
    batch = [crime(reference, [PENNY.as_event()]), event("update.published", reference, text="Once is enough.")]

    told = await asyncio.gather(*(avonside.push(batch) for _ in range(4)))

    assert sorted((each["accepted"], each["duplicate"]) for each in told) == [(0, 2)] * 3 + [(2, 0)]
    assert len((await avonside.compare(reference)).json()["timeline"]) == 1


async def test_what_cannot_be_read_at_all_is_refused_with_a_reason(avonside: RecordSystem) -> None:
    for body, kind, status in (
        (b"{", "application/json", 400),
        (b'{"id": "1"}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "text/plain", 415),
        (b"[]", "application/xml", 415),
    ):
        answer = await avonside.send(body, kind)
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), body
        assert set(answer.json()) == {"type", "title", "status"}
    packed = {"content-type": "application/json", "content-encoding": "gzip"}
    assert (await avonside.http.post("/api/v1/events", content=b"[]", headers=packed)).status_code == 415
    unclear = await avonside.send(b"[]", backfill="perhaps")
    assert (unclear.status_code, unclear.json()["errors"][0]["name"]) == (400, "backfill")
    assert await avonside.push([]) == NOTHING


async def test_a_batch_has_its_limits(avonside: RecordSystem) -> None:
    most = b"[" + b",".join([b"1"] * MOST_EVENTS) + b"]"
    more = b"[" + b",".join([b"1"] * (MOST_EVENTS + 1)) + b"]"
    large = b"[" + b" " * (MOST_BYTES - 2) + b"]"

    assert len((await avonside.send(most)).json()["rejected"]) == MOST_EVENTS
    assert (await avonside.send(large)).status_code == 200
    for body in (more, large + b" ", large + b" " * 10_000):
        answer = await avonside.send(body)
        assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


async def test_a_full_batch_goes_in_whole(avonside: RecordSystem) -> None:
    reference = _reference()
    said = [event("update.published", reference, text=f"Update {number}") for number in range(MOST_EVENTS - 1)]

    assert (await avonside.push([crime(reference, [PENNY.as_event()]), *said]))["accepted"] == MOST_EVENTS


async def test_a_first_load_invites_nobody(world: World, avonside: RecordSystem) -> None:
    loaded = Victim("Basil", "Backfill", _reference(), "basil@example.org")
    invited = Victim("Imogen", "Invited", _reference(), "imogen@example.org")

    assert (await avonside.push([crime(loaded.reference, [loaded.as_event()])], backfill="true"))["accepted"] == 1
    assert (await avonside.push([crime(invited.reference, [invited.as_event()])]))["accepted"] == 1

    sql = """select p.source_id from app.invite i join app.person p on p.force_id = $1 and p.id = i.person_id
             where i.force_id = $1 and p.source_id = any($2::text[])"""
    assert await world.ask("avonside", sql, [loaded.person, invited.person]) == [(invited.person,)]
