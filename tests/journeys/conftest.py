"""The service as `make run` starts it, with the demonstration, on a free port; and a real browser."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from playwright.sync_api import Browser

from tests.web.common.browser import browser
from trackmycrime.cli.embedded import EmbeddedPostgres

_START_SECONDS, _STOP_SECONDS = 180, 20
COMMAND = (sys.executable, "-c", "import sys; from trackmycrime.cli import main; sys.exit(main())")


class Service(Struct, frozen=True):
    """The running service: where it is, and who may sign in."""

    port: int
    people: list[dict[str, Any]]
    environment: dict[str, str]

    def person(self, who: str, force: str = "kent") -> dict[str, Any]:
        """Return a sign-in of the demonstration."""
        return next(p for p in self.people if p["who"] == who and p.get("force", force) == force)

    def url(self, host: str, path: str = "/") -> str:
        """Return an address on one of the service's sites."""
        return f"http://{host}.localhost:{self.port}{path}"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Carry out one of the service's commands."""
        return subprocess.run([*COMMAND, *words], env=self.environment, capture_output=True, text=True, check=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    port, home = free_port(), tmp_path_factory.mktemp("run")
    environment = {**os.environ, "PORT": str(port), "TRACKMYCRIME_HOME": str(home), "TRACKMYCRIME_WEB_WORKERS": "1"}
    with (home / "run.log").open("w") as log:
        process = subprocess.Popen([*COMMAND, "run"], env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield Service(port, wait_until_ready(process, home), environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_STOP_SECONDS)
        EmbeddedPostgres(home).discard()  # under root its data lies elsewhere than its home


def wait_until_ready(process: subprocess.Popen[bytes], home: Path) -> list[dict[str, Any]]:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, (home / "run.log").read_text()
        if "password" in (home / "run.log").read_text() and (home / "demo.json").exists():
            return json.loads((home / "demo.json").read_text())
        time.sleep(0.1)
    raise AssertionError((home / "run.log").read_text())


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """Start a browser for each test: Playwright keeps an event loop running, beside which no asynchronous test can run."""
    with browser() as started:
        yield started
