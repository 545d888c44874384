"""A record system of a force, as the running service meets it: over HTTP, with a client of its own."""

import json
import urllib.parse
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from tests.journeys.conftest import Service


class RecordSystem:
    """Signs in as a new client of the force, or as one that was made for it."""

    def __init__(self, service: Service, force: str, made: Mapping[str, str] | None = None) -> None:
        self._service, self._force = service, force
        own = made or _made(service, force)
        proof = b64encode(f"{own['client_id']}:{own['client_secret']}".encode()).decode()
        grant = urllib.parse.urlencode({"grant_type": "client_credentials"}).encode()
        token = self._ask("/oauth/token", grant, {"Authorization": f"Basic {proof}"})["access_token"]
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def push(self, events: list[dict[str, object]], *, backfill: bool = False) -> dict[str, Any]:
        """Push events and return the answer; with `backfill` as those of a first load."""
        path = "/api/v1/events?backfill=true" if backfill else "/api/v1/events"
        return self._ask(path, json.dumps(events).encode(), self._headers)

    def feed(self) -> list[dict[str, Any]]:
        """Return everything that happened here."""
        return self._ask("/api/v1/events?limit=1000", None, self._headers)["events"]

    def _ask(self, path: str, body: bytes | None, headers: dict[str, str]) -> dict[str, Any]:
        address = f"http://127.0.0.1:{self._service.port}{path}"
        host = f"{self._force}.localhost:{self._service.port}"
        request = urllib.request.Request(address, body, {"Host": host, **headers})
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
            return json.load(answer)


def _made(service: Service, force: str) -> Mapping[str, str]:
    return json.loads(service.run("client", "create", "--force", force, "--name", "Journey", "--json").stdout)
