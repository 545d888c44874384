"""A record system: it gets a token and pushes events."""

from base64 import b64encode
from collections.abc import Sequence
from http import HTTPStatus

import msgspec
from msgspec import Struct

from tests.bench.visitor import Visitor, at
from trackmycrime.settings import Settings

_LINES = "application/x-ndjson"


class Client(Struct, frozen=True):
    """What a record system proves itself by."""

    client_id: str
    secret: str


class Told(Struct, frozen=True):
    """What the service says of a batch."""

    accepted: int
    duplicate: int
    held: list[object]
    rejected: list[object]


def token(visitor: Visitor, client: Client) -> str:
    """Return an access token."""
    basic = b64encode(f"{client.client_id}:{client.secret}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
    answer = visitor.post("/oauth/token", b"grant_type=client_credentials", headers)
    if answer.status != HTTPStatus.OK:
        raise LookupError(answer.status, answer.text)
    return msgspec.json.decode(answer.body)["access_token"]


def push(settings: Settings, client: Client, slug: str, events: Sequence[object]) -> None:
    """Push a batch, all of which must be accepted and applied at once."""
    visitor = at(settings, slug)
    send(visitor, token(visitor, client), msgspec.json.Encoder().encode_lines(events), len(events))


def send(visitor: Visitor, access_token: str, lines: bytes, number: int) -> None:
    """Send a batch of so many events that is encoded already."""
    headers = {"Authorization": f"Bearer {access_token}", "Content-Type": _LINES}
    answer = visitor.post("/api/v1/events", lines, headers)
    if answer.status != HTTPStatus.OK or msgspec.json.decode(answer.body, type=Told) != Told(number, 0, [], []):
        raise LookupError(answer.status, answer.text[:1000])
