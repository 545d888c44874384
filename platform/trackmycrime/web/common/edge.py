"""The edge: what holds for every answer, found or not. Which site by Host, one transaction, headers, and one log line."""

import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, cast

import structlog
from litestar.types import (
    ASGIApp,
    HTTPResponseStartEvent,
    HTTPScope,
    LifeSpanReceive,
    LifeSpanSend,
    Message,
    Receive,
    Scope,
    Send,
)

from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.kit import words
from trackmycrime.kit.courtesy import Courtesy
from trackmycrime.kit.log import RequestLine, tell_request
from trackmycrime.settings import Settings
from trackmycrime.tx import Database, ForceTx
from trackmycrime.web.common import packing, speech
from trackmycrime.web.common.body import Body
from trackmycrime.web.common.headers import security_headers
from trackmycrime.web.common.visit import VISIT, Visit

_log = structlog.stdlib.get_logger()
_REFUSED = 400


class Surface(StrEnum):
    """The sites that one deployment serves."""

    FORCE = "force"
    CONSOLE = "console"
    APEX = "apex"
    MAILBOX = "mailbox"


class Edge:
    """Wraps the applications of all surfaces."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        registry: Registry,
        surfaces: Mapping[Surface, ASGIApp],
        health: ASGIApp,
        ending: Callable[[], Awaitable[None]],
    ) -> None:
        self._settings, self._database, self._registry = settings, database, registry
        self.surfaces, self._health, self._ending = surfaces, health, ending
        self._labels = {"console": Surface.CONSOLE, "mailbox": Surface.MAILBOX}
        self._headers = security_headers(settings)
        self._courtesy = Courtesy(settings.home)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or live as long as the server does."""
        if cast("str", scope["type"]) == "lifespan":
            await self._live(cast("LifeSpanReceive", receive), cast("LifeSpanSend", send))
        if scope["type"] != "http":
            return
        body = Body(scope, receive)
        request = _Request(scope, body, send, self._headers)
        if scope["path"].startswith("/health/"):
            await self._health(scope, body.receive, request.send)
            return
        await self._serve(request, body.receive)
        request.log()

    async def _live(self, receive: LifeSpanReceive, send: LifeSpanSend) -> None:
        """Say that we are there, and close when the server ends."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def close(self) -> None:
        """Close every connection that this process has."""
        await self._ending()
        await self._database.close()

    async def _serve(self, request: "_Request", receive: Receive) -> None:
        words.use(words.ENGLISH)
        surface, visit = await self._site(request)
        if surface is None or surface not in self.surfaces:
            await request.answer(421, "There is no such site here.")
            return
        request.visit = visit
        speech.listen(request.scope, visit)
        scope = cast("HTTPScope", {**request.scope, "method": request.method, "state": {VISIT: visit}})
        try:
            await self.surfaces[surface](scope, receive, request.send)
        except Exception as error:  # noqa: BLE001 - whatever broke, the reader gets an answer and the log the place
            _log.error("crash", request=visit.request_id, exc_info=error)
            await request.answer(500, "Sorry, there is a problem with the service. Try again later.")
        finally:
            request.route = cast("dict[str, str]", scope).get("path_template", "")
            if visit.tx is not None:
                await visit.tx.close()

    async def _site(self, request: "_Request") -> tuple[Surface | None, Visit]:
        """Say which site a request is for: the Host must be exactly one that we serve."""
        visit = Visit(request.id, _address(request.scope), self._settings, self._database, self._courtesy)
        hosts = [value for name, value in request.scope["headers"] if name == b"host"]
        host = hosts[0].decode("latin-1").lower() if len(hosts) == 1 else ""
        if host == self._settings.domain:
            return Surface.APEX, visit
        label = host.removesuffix("." + self._settings.domain)
        if not host or label == host or "." in label:
            return None, visit
        if label in self._labels:
            return self._labels[label], visit
        visit.force = await self._registry.find(label)
        return (Surface.FORCE if visit.force else None), visit


def _address(scope: HTTPScope) -> str:
    return scope["client"][0] if scope["client"] else ""


class _Request:
    """One request on its way through the edge."""

    def __init__(self, scope: HTTPScope, body: Body, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
        self.scope, self._body, self._send, self._headers = scope, body, send, headers
        self.id = secrets.token_hex(8)
        self.method = "GET" if scope["method"] == "HEAD" else scope["method"]
        self.visit: Visit | None = None
        self._held: HTTPResponseStartEvent | None = None
        self.route, self.status, self.started = "", 0, time.perf_counter()

    async def send(self, message: Message) -> None:
        """Send on; the transaction is committed before the first byte leaves, and a failing commit is a failure."""
        if message["type"] == "http.response.start":
            await self._end(message)
            if not await self._body.finish():
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            self.status = message["status"]
            message["headers"] = [*message["headers"], *self._missing(message), (b"x-request-id", self.id.encode())]
            secret = self.visit is not None and self.visit.session is not None
            if packing.may_pack(self.scope, message, secret=secret):
                self._held = message
                return
        elif message["type"] == "http.response.body":
            if self.scope["method"] == "HEAD":
                message = cast("Message", {**message, "body": b""})
            elif self._held is not None:
                start, self._held = self._held, None
                packing.pack(start, message)
                await self._send(start)
        await self._send(message)

    async def _end(self, message: HTTPResponseStartEvent) -> None:
        visit = self.visit
        if visit is None:
            return
        tx, visit.tx = visit.tx, None
        try:
            if tx is not None and message["status"] < _REFUSED:
                await tx.commit()
        finally:
            if tx is not None:
                await tx.close()
        if isinstance(tx, ForceTx) and message["status"] < _REFUSED:
            visit.database.wake(tx.force, tx.wakes)
        cookies = [(b"set-cookie", cookie.encode()) for cookie in visit.cookies]
        message["headers"] = [*message["headers"], *cookies]

    def _missing(self, message: HTTPResponseStartEvent) -> list[tuple[bytes, bytes]]:
        given = {name.lower() for name, _value in message["headers"]}
        return [header for header in self._headers if header[0] not in given]

    async def answer(self, status: int, text: str) -> None:
        """Answer by ourselves, unless an answer is on its way."""
        if self.status:
            return
        if self.visit is not None:
            self.visit.cookies.clear()
        start: dict[str, Any] = {"type": "http.response.start", "status": status}
        start["headers"] = [(b"content-type", b"text/plain; charset=utf-8")]
        await self.send(cast("Message", start))
        await self.send({"type": "http.response.body", "body": text.encode(), "more_body": False})

    def log(self) -> None:
        """Write the request's one line: never its address beyond the route, its query or its body."""
        line = RequestLine(
            request=self.id,
            method=self.method,
            route=self.route,
            status=self.status,
            milliseconds=round((time.perf_counter() - self.started) * 1000, 1),
            force=self.visit.force.ref.slug if self.visit and self.visit.force else "",
        )
        tell_request(line)
