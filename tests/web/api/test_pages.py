"""What tells people and programs about the API, and how addresses that are not there answer."""

import json
from importlib import import_module
from importlib.util import find_spec
from typing import cast

import msgspec
import pytest

from tests.cast import World
from tests.web.api.conftest import RecordSystem
from trackmycrime.cli import main
from trackmycrime.domain.feed import Page
from trackmycrime.domain.ingest import Answer
from trackmycrime.domain.ingest.events import Event
from trackmycrime.domain.ingest.holding import Crime
from trackmycrime.web.api import examples, meanings, schemas

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_document_holds_together(avonside: RecordSystem) -> None:
    answer = await avonside.http.get("/api/openapi.json", headers={"authorization": ""})
    assert answer.status_code == 200
    told = answer.json()

    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": avonside.origin}]
    assert {(path, method) for path, operations in told["paths"].items() for method in operations} == {
        ("/oauth/token", "post"),
        ("/api/v1/events", "post"),
        ("/api/v1/events", "get"),
        ("/api/v1/crimes", "get"),
    }
    for reference in _references(told):
        found = told
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found, reference
    if find_spec("openapi_spec_validator"):
        import_module("openapi_spec_validator").validate(told)


def _references(part: object) -> set[str]:
    if isinstance(part, dict):
        fields = cast("dict[str, object]", part)
        own = {str(value) for name, value in fields.items() if name == "$ref"}
        return own.union(*map(_references, fields.values()))
    return set[str]().union(*map(_references, cast("list[object]", part))) if isinstance(part, list) else set()


async def test_the_command_prints_the_same_document_for_any_force(
    avonside: RecordSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    served = (await avonside.http.get("/api/openapi.json")).json()
    capsys.readouterr()
    assert main(["openapi"]) == 0
    printed = json.loads(capsys.readouterr().out)

    assert {**printed, "servers": []} == {**served, "servers": []}
    assert "{force}" in printed["servers"][0]["url"]


async def test_the_examples_are_what_the_code_reads_and_gives() -> None:
    assert set(examples.EVENTS) == set(schemas.event_types())
    for example in examples.EVENTS.values():
        msgspec.convert(example, Event.__value__, strict=False)
    for example, kind in ((examples.ANSWER, Answer), (examples.PAGE, Page), (examples.CRIME, Crime)):
        assert msgspec.json.decode(msgspec.json.encode(msgspec.convert(example, kind))) == example


async def test_the_pages_tell_every_type_of_event_with_an_example(world: World) -> None:
    browser = world.browser("avonside")
    start, inbound, outbound = [(await browser.get(path)).text for path in ("/api", "/api/events", "/api/reading")]

    assert f"{browser.origin}/oauth/token" in start
    assert all(f">{kind}</h2>" in inbound for kind in examples.EVENTS)
    assert all(str(example["id"]) in inbound for example in examples.EVENTS.values())
    assert all(f"<code>{kind}</code>" in outbound for kind in meanings.facts())
    for page in (start, inbound, outbound):
        assert page.count("<h1") == 1


async def test_what_is_not_there_is_a_problem_and_elsewhere_a_page(avonside: RecordSystem) -> None:
    for method, path, status in (
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v2/events", 404),
        ("DELETE", "/api/v1/events", 405),
        ("GET", "/oauth/token", 405),
        ("GET", "/oauth/nothing", 404),
    ):
        answer = await avonside.http.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), path
        assert ("allow" in answer.headers) == (status == 405)
    assert "text/html" in (await avonside.http.get("/nothing")).headers["content-type"]
    assert (await avonside.http.options("/api/v1/events", headers={"authorization": ""})).status_code == 204
