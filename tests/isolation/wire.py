"""Requests below any client library: every header exactly as given, two Hosts if need be; and what came back."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast
from urllib.parse import quote, urlencode

import msgspec
from litestar.types import ASGIApp, Message, Scope
from msgspec import Struct

from tests.cast import DOMAIN

_BOUNDARY = "a-line-that-no-file-has"
_LOWEST_ECHO = 4  # nothing shorter is taken for an echo of what was sent
_CHANGES_BY_ITSELF = (  # what differs between two equal answers: forms' and access tokens, identifiers of what was just made
    re.compile(rb'name="_csrf" value="[^"]*"'),
    re.compile(rb'"access_token":"[^"]*"'),
    re.compile(rb'name="work" value="[^"]*"'),
    re.compile(rb'name="once" value="[^"]*"'),
    re.compile(rb'"challenge": "[^"]*"'),
    re.compile(rb'govuk-panel__title">[^<]*<'),  # an activation code
    re.compile(rb"\d+ entr(?:y is|ies are) not sealed yet"),  # that somebody looked is one more
    re.compile(
        rb'"(?:number|made_at|until|proof)":"[^"]*"|"(?:not_sealed_yet|unsealed)":\d+'
    ),  # of a file of the audit
)


class Sent(Struct, frozen=True, kw_only=True):
    """One request. `cookies`, `query` and `form` are encoded on the way; `echo` is what an answer may repeat."""

    method: str = "GET"
    hosts: tuple[str, ...]
    path: str
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    cookies: Mapping[str, str] = {}
    form: Mapping[str, str] | None = None
    file: str = ""
    json: object = None
    network: str = "192.0.2.7"
    echo: tuple[str, ...] = ()

    def with_(self, **changes: object) -> "Sent":
        """Return the same request, changed."""
        return msgspec.structs.replace(self, **changes)


class Answer(Struct, frozen=True):
    """What came back, whole: nothing is followed and nothing is decoded."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    complete: bool

    def header(self, name: str) -> str:
        """Return a header, or an empty text."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def whole(self) -> bytes:
        """Everything that a reader gets: headers and body."""
        return "\n".join(f"{key}: {value}" for key, value in self.headers).encode() + b"\n\n" + self.body


async def ask(app: ASGIApp, sent: Sent) -> Answer:
    """Send a request to the application, and return the answer."""
    content, kind = _content(sent)
    headers = [("host", host) for host in sent.hosts] + [(name.lower(), value) for name, value in sent.headers.items()]
    if sent.cookies:
        headers.append(("cookie", "; ".join(f"{name}={value}" for name, value in sent.cookies.items())))
    if kind:
        headers += [("content-type", kind), ("content-length", str(len(content)))]
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": sent.method,
        "path": sent.path,
        "raw_path": quote(sent.path).encode(),
        "query_string": urlencode(sent.query).encode(),
        "root_path": "",
        "scheme": "https",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": (sent.network, 4711),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }
    got: list[dict[str, Any]] = []
    heard = asyncio.Event()
    body = iter([{"type": "http.request", "body": content, "more_body": False}])

    async def receive() -> Any:
        if message := next(body, None):
            return message
        await heard.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        got.append(cast("dict[str, Any]", message))
        ended = len(got) > 1 and not got[-1].get("more_body", False)
        if ended or (_streams(got[0]) and len(got) > 1):  # what has no end is listened to until its first words
            heard.set()

    await app(cast("Scope", scope), receive, send)
    return _answer(got)


def _content(sent: Sent) -> tuple[bytes, str]:
    if sent.json is not None:
        return msgspec.json.encode(sent.json), "application/json"
    if sent.form is not None and sent.file:
        return _parts(sent.form, sent.file), f"multipart/form-data; boundary={_BOUNDARY}"
    if sent.form is not None:
        return urlencode(sent.form).encode(), "application/x-www-form-urlencoded"
    return b"", ""


def _parts(form: Mapping[str, str], file: str) -> bytes:
    head = f"--{_BOUNDARY}\r\nContent-Disposition: form-data; name="
    fields = [f'{head}"{name}"\r\n\r\n{text}\r\n' for name, text in form.items()]
    told = f'{head}"file"; filename="file.csv"\r\nContent-Type: text/csv\r\n\r\n{file}\r\n'
    return "".join((*fields, told, f"--{_BOUNDARY}--\r\n")).encode()


def _answer(got: Sequence[dict[str, Any]]) -> Answer:
    headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in got[0]["headers"])
    body = b"".join(message.get("body", b"") for message in got[1:])
    complete = len(got) > 1 and (_streams(got[0]) or not got[-1].get("more_body", False))
    return Answer(got[0]["status"], headers, body, complete)


def _streams(start: dict[str, Any]) -> bool:
    return any(name.lower() == b"content-type" and b"event-stream" in value for name, value in start["headers"])


def same(first: tuple[Sent, Answer], second: tuple[Sent, Answer]) -> bool:
    """Say whether two answers are the same but for what legitimately differs: tokens, request ids, and what was sent."""
    echoes = _echoes((*first[0].echo, *second[0].echo))
    return _plain(first[1], echoes) == _plain(second[1], echoes)


def _plain(answer: Answer, echoes: re.Pattern[bytes] | None) -> tuple[int, list[tuple[str, bytes]], bytes]:
    headers = [
        (name, value.partition("=")[0].encode() if name == "set-cookie" else _cleared(value.encode(), echoes))
        for name, value in answer.headers
        if name not in {"x-request-id", "content-length"}
    ]
    body = answer.body
    for pattern in _CHANGES_BY_ITSELF:
        body = pattern.sub(b"", body)
    return answer.status, headers, _cleared(body, echoes)


def without_echo(sent: Sent, body: bytes) -> bytes:
    """Return an answer without what the request itself had said."""
    return _cleared(body, _echoes(sent.echo))


@cache
def _echoes(texts: tuple[str, ...]) -> re.Pattern[bytes] | None:
    long = sorted({text for text in texts if len(text) >= _LOWEST_ECHO}, key=len, reverse=True)
    forms = [form for text in long for form in (text, quote(text, safe=""), quote(text), quote(quote(text), safe=""))]
    return re.compile(b"|".join(re.escape(form.encode()) for form in forms)) if forms else None


def _cleared(body: bytes, echoes: re.Pattern[bytes] | None) -> bytes:
    return echoes.sub(b"(sent)", body) if echoes else body


def host(slug: str) -> str:
    """Return the Host of a site; the national front page has no label."""
    return f"{slug}.{DOMAIN}" if slug else DOMAIN
