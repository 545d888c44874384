"""The real web server in front of a test's own database."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from msgspec import structs

from tests.journeys.conftest import COMMAND, free_port
from trackmycrime.settings import Role, Settings

_START_SECONDS = 30


@contextmanager
def serving(settings: Settings, log: Path, *, to_browsers: bool = False) -> Generator[str]:
    """Serve the service on a free port of this machine, as `trackmycrime serve` does, and give its address.

    Its sites keep the names that the settings say, or are `to_browsers` what a browser finds at that port.
    """
    port = free_port()
    if to_browsers:
        settings = structs.replace(settings, domain=f"localhost:{port}", scheme="http")
    environment = os.environ | {
        "PORT": str(port),
        "TRACKMYCRIME_HOME": str(settings.home),
        "TRACKMYCRIME_DOMAIN": settings.domain,
        "TRACKMYCRIME_SCHEME": settings.scheme,
        "TRACKMYCRIME_WEB_WORKERS": "1",
        "TRACKMYCRIME_TRUSTED_PROXIES": "127.0.0.1/32",
        "TRACKMYCRIME_DATABASE_URL": settings.database_url,
    }
    environment |= {f"TRACKMYCRIME_{role.upper()}_DATABASE_URL": settings.database_url_for(role) for role in Role}
    with (
        log.open("w") as lines,
        subprocess.Popen([*COMMAND, "serve"], env=environment, stdout=lines, stderr=lines) as server,
    ):
        try:
            _wait(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{url}/health/liveness", timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
