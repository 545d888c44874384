"""What the tests of the API share: a record system that pushes and reads over HTTP."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import httpx
import msgspec
import pytest_asyncio

from tests.cast import DOMAIN, World


class RecordSystem:
    """A force's record system, with a client of its own."""

    def __init__(self, world: World, slug: str, client_id: str, secret: str) -> None:
        self.origin, self.client_id, self.secret = f"https://{slug}.{DOMAIN}", client_id, secret
        transport = httpx.ASGITransport(app=world.app, client=("192.0.2.20", 4711))
        self.http = httpx.AsyncClient(transport=transport, base_url=self.origin)

    async def ask_for_token(self, **form: str) -> httpx.Response:
        """Ask for a token with the id and the secret by HTTP Basic."""
        body = {"grant_type": "client_credentials", **form}
        return await self.http.post("/oauth/token", data=body, auth=(self.client_id, self.secret))

    async def sign_in(self) -> str:
        """Get a token, use it from now on, and return it."""
        token: str = (await self.ask_for_token()).json()["access_token"]
        self.http.headers["authorization"] = f"Bearer {token}"
        return token

    async def push(self, events: Sequence[Mapping[str, object]], **query: str) -> dict[str, Any]:
        """Push a batch as a JSON array, and return what became of it."""
        answer = await self.send(msgspec.json.encode(events), **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def send(self, body: bytes, kind: str = "application/json", **query: str) -> httpx.Response:
        """Push a body as it is."""
        return await self.http.post("/api/v1/events", content=body, headers={"content-type": kind}, params=query)

    async def read(self, after: str = "", limit: int = 1000) -> dict[str, Any]:
        """Return a page of what happened here."""
        answer = await self.http.get("/api/v1/events", params={"after": after, "limit": limit})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def compare(self, reference: str) -> httpx.Response:
        """Ask what is held of a crime."""
        return await self.http.get("/api/v1/crimes", params={"reference": reference})


async def _connected(world: World, slug: str) -> RecordSystem:
    system = RecordSystem(world, slug, *await world.client(slug))
    await system.sign_in()
    return system


@pytest_asyncio.fixture(loop_scope="session")
async def avonside(world: World) -> AsyncIterator[RecordSystem]:
    """Give Avonside's record system, signed in."""
    system = await _connected(world, "avonside")
    yield system
    await system.http.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def brackenshire(world: World) -> AsyncIterator[RecordSystem]:
    """Give Brackenshire's record system, signed in."""
    system = await _connected(world, "brackenshire")
    yield system
    await system.http.aclose()
