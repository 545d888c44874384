"""The edge: which site a request is for, and what holds for every answer."""

from typing import Any

import pytest

from tests.cast import ALICE, World
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.headers import CONTENT_SECURITY_POLICY

pytestmark = pytest.mark.asyncio(loop_scope="session")

type Answer = tuple[int, dict[str, str], bytes]


async def asked(world: World, hosts: list[str], path: str = "/", method: str = "GET", **headers: str) -> Answer:
    """Ask below any client library: hosts exactly as given, even none or two."""
    sent: list[Any] = []
    raw = [(b"host", host.encode("latin-1")) for host in hosts]
    raw += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "https",
        "headers": raw,
        "client": ("192.0.2.1", 1),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await world.app(scope, receive, send)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:])


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        ["avonside.localhost:8000", "avonside.localhost:8000"],
        ["avonside.localhost"],
        ["avonside.localhost:8000."],
        ["avonside.localhost.:8000"],
        ["nowhere.localhost:8000"],
        ["a.avonside.localhost:8000"],
        [".localhost:8000"],
        ["evil@avonside.localhost:8000"],
        ["avonside.localhost:8000@evil.example.org"],
        ["127.0.0.1:8000"],
        ["evil.example.org"],
        ["xlocalhost:8000"],
        ["avonsidelocalhost:8000"],
        ["avonside.localhost:8000\t"],
        ["aéonside.localhost:8000"],
    ],
)
async def test_any_other_host_is_misdirected(world: World, hosts: list[str]) -> None:
    status, headers, body = await asked(world, hosts, x_forwarded_host="avonside.localhost:8000")
    assert status == 421
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert b"Avonside" not in body


async def test_each_host_has_its_own_site_whatever_else_a_request_claims(world: World) -> None:
    for host, name in (
        ("avonside.localhost:8000", b"Avonside Police"),
        ("AVONSIDE.localhost:8000", b"Avonside Police"),
        ("brackenshire.localhost:8000", b"Brackenshire Constabulary"),
    ):
        status, _headers, body = await asked(
            world, [host], x_forwarded_host="evil.example.org", forwarded="host=evil.example.org"
        )
        assert (status, name in body) == (200, True)
        assert b"evil.example.org" not in body
    assert (await asked(world, ["avonside.localhost:8000"], "/forces"))[0] == 404
    assert (await asked(world, ["console.localhost:8000"], "/messages"))[0] == 404
    assert (await asked(world, ["localhost:8000"], "/staff"))[0] == 404


async def test_health_answers_on_any_host(world: World) -> None:
    for hosts in ([], ["whatever"], ["avonside.localhost:8000"]):
        assert (await asked(world, hosts, "/health/liveness"))[0] == 200
        assert (await asked(world, hosts, "/health/readiness"))[0] == 200
        assert (await asked(world, hosts, "/health/other"))[0] == 404


async def test_headers_are_on_every_answer_and_head_has_no_body(world: World) -> None:
    host = ["avonside.localhost:8000"]
    for method, path, expected in (
        ("GET", "/", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/cases/not-a-uuid/choice", 404),
        ("DELETE", "/messages", 404),
        ("POST", "/sign-in", 403),
        ("GET", "/messages", 303),
        ("OPTIONS", "/messages", 204),
    ):
        status, headers, _body = await asked(world, host, path, method)
        assert status == expected, path
        assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert headers["strict-transport-security"].startswith("max-age=")
        assert len(headers["x-request-id"]) == 16
    status, headers, body = await asked(world, host, "/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 1000


async def test_a_missing_page_is_shown_in_the_forces_name(world: World) -> None:
    status, _headers, body = await asked(world, ["brackenshire.localhost:8000"], "/nowhere")
    assert status == 404
    assert b"Brackenshire Constabulary" in body
    assert b"Page not found" in body


async def test_a_failing_commit_is_never_a_success(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = world.browser("avonside")
    await browser.sign_in(ALICE)
    count = "select count(*) from app.timeline_entry where force_id = $1"
    before = await world.ask("avonside", count)
    real = ForceTx.commit

    async def broken(self: ForceTx) -> None:
        await self.run("select pg_terminate_backend(pg_backend_pid()) from app.force where id = $1")
        await real(self)

    monkeypatch.setattr(ForceTx, "commit", broken)
    answer = await browser.submit("/messages", message="Said into the void.")
    monkeypatch.undo()
    assert answer.status_code == 500
    assert await world.ask("avonside", count) == before
    assert (await browser.get("/messages")).status_code == 200


async def test_a_form_that_is_too_large_is_refused_clearly(world: World) -> None:
    browser = world.browser("avonside")
    await browser.sign_in(ALICE)
    answer = await browser.submit("/messages", message="x" * 300_000)
    assert answer.status_code == 413
    assert "What you sent is too large" in answer.text
    assert "Nothing was saved. Go back and send less." in answer.text
    assert " MB" not in answer.text, "no file can be sent here"


async def test_brand_and_static_files_are_kept_for_ever_and_belong_to_the_force(world: World) -> None:
    force = await world.force("avonside")
    path = f"/assets/brand.{force.digest}.css"
    status, headers, body = await asked(world, ["avonside.localhost:8000"], path)
    assert (status, headers["content-type"].split(";")[0]) == (200, "text/css")
    assert "immutable" in headers["cache-control"]
    assert b"--tmc-header-background" in body
    assert (await asked(world, ["avonside.localhost:8000"], "/assets/brand.0000000000000000.css"))[0] == 404
    assert (await asked(world, ["avonside.localhost:8000"], "/static/../app.py"))[0] == 404
