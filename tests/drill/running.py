"""The real service in processes of its own, as `trackmycrime run` starts it, and browsers that reach it over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import override

import httpx

from tests.cast import Browser, World
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.cli.service import opened
from trackmycrime.settings import Settings

_START_SECONDS, _STOP_SECONDS = 120, 30
_COMMAND = (sys.executable, "-c", "import sys; from trackmycrime.cli import main; sys.exit(main())", "run", "--no-demo")


@asynccontextmanager
async def running(web_workers: int = 2) -> AsyncGenerator[World]:
    """Run the service without the demonstration for as long as the block lasts; the world has no application of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        environment = {
            "PORT": str(_free_port()),
            "TRACKMYCRIME_HOME": str(home),
            "TRACKMYCRIME_WEB_WORKERS": str(web_workers),
        }
        with (Path(folder) / "run.log").open("w") as log:
            process = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs in the loop yet
                _COMMAND, env={**os.environ, **environment}, stdout=log, stderr=log, start_new_session=True
            )
        try:
            _wait_until_ready(process, Path(folder) / "run.log")
            async with opened(Settings.from_environment(environment)) as found:
                yield World(found.settings, found.database, found.registry, found.onboarding, None)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_STOP_SECONDS)
            EmbeddedPostgres(home).discard()  # under root its data lies elsewhere than its home


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while "is ready" not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(log.read_text())
        time.sleep(0.1)


class _Loopback(httpx.AsyncHTTPTransport):
    """Carries what is asked of a force's site to this machine: secure cookies go along, as browsers send them to localhost."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        plain = httpx.Request(
            request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
        )
        return await super().handle_async_request(plain)


def over_http(world: World, slug: str, seconds: float = 150) -> httpx.AsyncClient:
    """Return a client of a force's site on the running service."""
    site = world.settings.origin(slug).replace("http://", "https://", 1)
    return httpx.AsyncClient(base_url=site, transport=_Loopback(world.settings.port), timeout=seconds)


class RealBrowser(Browser):
    """A browser without scripts that reaches the running service."""

    def __init__(self, world: World, slug: str) -> None:
        super().__init__(world, slug)
        self.origin = world.settings.origin(slug)
        self.http = over_http(world, slug)
        self.http.headers["accept"] = "text/html"


async def token(client: httpx.AsyncClient, client_id: str, secret: str) -> None:
    """Let a record system sign in."""
    answer = await client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=(client_id, secret))
    client.headers["authorization"] = f"Bearer {answer.raise_for_status().json()['access_token']}"
