"""A force's record system in the demonstration: it pushes its day through the real API of the running service."""

import asyncio
from collections.abc import Sequence

import httpx2
import msgspec

from trackmycrime.domain.identity.clients import NewClient
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _
from trackmycrime.settings import Settings

_TIMEOUT = 120.0
_KNOWN_WITHIN = 40  # tries, 0.1 seconds apart: a web worker knows a new force after two seconds
_NO_SUCH_SITE = 421


async def push(settings: Settings, slug: str, client: NewClient, events: Sequence[dict[str, object]]) -> list[str]:
    """Push events as the record system of a force, and return the ids of those that are held. Raises Refusal."""
    headers = {"host": f"{slug}.{settings.domain}"}
    address = f"http://127.0.0.1:{settings.port}"
    async with httpx2.AsyncClient(base_url=address, headers=headers, timeout=_TIMEOUT, trust_env=False) as http:
        token = msgspec.json.decode((await _token(http, client)).content)["access_token"]
        signed = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        answer = await http.post("/api/v1/events", content=msgspec.json.encode(events), headers=signed)
        _require_good(answer)
    told = msgspec.json.decode(answer.content)
    if told["rejected"]:
        raise Refusal(_("The service did not take the demonstration's events: %(why)s", why=told["rejected"]))
    return [event["id"] for event in told["held"]]


async def _token(http: httpx2.AsyncClient, client: NewClient) -> httpx2.Response:
    """Ask for a token, again until every web worker knows the new force."""
    form, credentials = {"grant_type": "client_credentials"}, (client.client_id, client.client_secret)
    answer = await http.post("/oauth/token", data=form, auth=credentials)
    for _try in range(_KNOWN_WITHIN):
        if answer.status_code != _NO_SUCH_SITE:
            break
        await asyncio.sleep(0.1)
        answer = await http.post("/oauth/token", data=form, auth=credentials)
    _require_good(answer)
    return answer


def _require_good(answer: httpx2.Response) -> None:
    if not answer.is_success:
        raise Refusal(_("The service did not take the demonstration's events: %(why)s", why=answer.text))
