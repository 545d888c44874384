"""An open page is told that something new has come: to its reader alone, as long as the session lives, and at no cost."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.cast import DOMAIN, HANNAH, Browser, World, event
from tests.web.staff.conftest import Crimes, Told
from trackmycrime.app import create_app
from trackmycrime.web.common.edge import Edge

pytestmark = pytest.mark.asyncio(loop_scope="session")

SOON = 20.0  # seconds: longer than two rounds of asking, on a busy machine


class Ear:
    """An EventSource: asks for the news, and hears what comes until it goes away."""

    def __init__(self, app: Edge, cookie: str) -> None:
        self.app, self.cookie = app, cookie
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.gone = asyncio.Event()
        self.asked = False

    async def receive(self) -> Any:
        """Send the request, then nothing more until it goes away."""
        if not self.asked:
            self.asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        """Hear a part of the answer."""
        self.heard.put_nowait(message)

    async def listen(self) -> None:
        """Ask for the news, and stay."""
        host = f"avonside.{DOMAIN}".encode()
        headers = [(b"host", host), (b"cookie", f"__Host-session={self.cookie}".encode())]
        scope: Any = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "path": "/messages/news",
            "raw_path": b"/messages/news",
            "query_string": b"",
            "root_path": "",
            "scheme": "https",
            "headers": headers,
            "client": ("192.0.2.7", 4711),
            "server": ("127.0.0.1", 8000),
            "state": {},
        }
        await self.app(scope, self.receive, self.send)

    async def next(self) -> dict[str, Any]:
        """Return the next part of the answer."""
        return await asyncio.wait_for(self.heard.get(), SOON)

    async def said(self) -> bytes:
        """Return the next thing said, but comments."""
        while True:
            body: bytes = (await self.next()).get("body", b"")
            if not body.startswith(b":"):
                return body


@asynccontextmanager
async def listening(app: Edge, browser: Browser) -> AsyncGenerator[Ear]:
    """Let a browser's page listen for the length of a block; its stream has begun when the block does."""
    ear = Ear(app, browser.http.cookies["__Host-session"])
    task = asyncio.create_task(ear.listen())
    try:
        start = await ear.next()
        assert start["status"] == 200, start
        names = {name.decode(): value.decode() for name, value in start["headers"]}
        assert names["content-type"].startswith("text/event-stream")
        assert names["x-accel-buffering"] == "no"
        assert names["cache-control"] == "no-store"
        assert (await ear.next())["body"] == b": nothing yet\n\n"
        yield ear
    finally:
        ear.gone.set()
        await asyncio.wait_for(task, SOON)


async def reading(told: Told, who: int = 0) -> Browser:
    browser = told.world.browser("avonside")
    await browser.sign_in(told.victims[who])
    return browser


async def publish(told: Told, text: str, who: int = 0) -> None:
    update = event("update.published", told.reference, text=text, to=[told.victims[who].person])
    await told.world.push("avonside", [update])


async def test_only_whom_an_update_is_for_is_told_and_the_page_is_not_changed_by_it(world: World) -> None:
    told = await Crimes(world).make("Vera", "Wanda")
    vera, wanda = await reading(told), await reading(told, 1)
    async with listening(world.app, vera) as hers, listening(world.app, wanda) as others:
        await publish(told, "The camera was read.")
        assert await hers.said() == b"event: news\ndata: 1\n\n"
        await publish(told, "And the second one.")
        assert await hers.said() == b"event: news\ndata: 2\n\n"
        await publish(told, "For Wanda.", 1)
        assert await others.said() == b"event: news\ndata: 1\n\n", "the two before were not hers to hear of"
    page = (await vera.get("/messages")).text
    assert "The camera was read." in page
    async with listening(world.app, vera) as again:
        await publish(told, "A third thing.")
        assert await again.said() == b"event: news\ndata: 1\n\n", "what was read is no news"


async def test_listening_keeps_no_session_alive_and_ends_with_it(world: World) -> None:
    told = await Crimes(world).make()
    vera = await reading(told)
    seen = """select s.seen_at from app.session s join app.case_person cp on cp.force_id = $1 and cp.person_id = s.subject_id
              where s.force_id = $1 and cp.case_id = $2"""
    ago = "update app.session s set seen_at = now() - interval '{}' from app.case_person cp where s.force_id = $1 and cp.force_id = $1 and cp.person_id = s.subject_id and cp.case_id = $2 returning 1"
    await world.ask("avonside", ago.format("10 minutes"), told.id)
    before = await world.ask("avonside", seen, told.id)
    async with listening(world.app, vera) as ear:
        assert await world.ask("avonside", seen, told.id) == before
        await world.ask("avonside", ago.format("16 minutes"), told.id)
        assert await ear.said() == b"event: end\ndata:\n\n"
    assert (await vera.get("/messages")).status_code == 303


async def test_signing_out_ends_what_listens(world: World) -> None:
    told = await Crimes(world).make()
    vera = await reading(told)
    async with listening(world.app, vera) as ear:
        await vera.get("/exit")
        assert await ear.said() == b"event: end\ndata:\n\n"


async def test_a_browser_listens_once_and_holds_no_connection(world: World) -> None:
    told = await Crimes(world).make()
    app = create_app(world.settings, pool=1)
    vera = await reading(told)
    async with listening(app, vera) as first, listening(app, vera) as second:
        assert await first.said() == b"event: end\ndata:\n\n"
        await publish(told, "Said while two tabs are open.")
        assert await second.said() == b"event: news\ndata: 1\n\n", "with the one connection there is"
    async with listening(app, vera) as last:
        await app.close()
        assert await last.said() == b"", "it ends with its process, and may be asked for again"


async def test_strangers_hear_nothing(world: World) -> None:
    nobody = await world.browser("avonside").get("/messages/news")
    assert (nobody.status_code, nobody.headers["location"]) == (303, "/sign-in?next=%2Fmessages%2Fnews")
    hannah = world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    assert (await hannah.get("/messages/news")).status_code == 404
    told = await Crimes(world).make()
    vera = await reading(told)
    stolen = world.browser("brackenshire")
    stolen.http.cookies = vera.http.cookies
    assert (await stolen.get("/messages/news")).status_code == 303
