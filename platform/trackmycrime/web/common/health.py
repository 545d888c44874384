"""Whether the service lives, and whether it is ready: asked by what runs it, on any host."""

import msgspec
from litestar.types import Receive, Scope, Send

from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.settings import Settings

LOADING = "demonstration.loading"  # a file in the home folder while the demonstration is being loaded


class Health:
    """Answers /health/liveness and /health/readiness."""

    def __init__(self, settings: Settings, registry: Registry) -> None:
        self._settings, self._registry = settings, registry

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer 200, or 503 with what is missing."""
        missing: list[str] | None = None
        if scope["path"] == "/health/liveness":
            missing = []
        elif scope["path"] == "/health/readiness":
            missing = await self._missing()
        status = 404 if missing is None else 503 if missing else 200
        body = msgspec.json.encode({"missing": missing or []})
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    async def _missing(self) -> list[str]:
        try:
            self._registry.forget()
            await self._registry.all()
        except Exception:  # noqa: BLE001 - whatever stands between us and the database, we are not ready
            return ["database"]
        loading = not self._settings.production and (self._settings.home / LOADING).exists()
        return ["demonstration"] if loading else []
