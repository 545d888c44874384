"""What Schemathesis is told beyond the document: how to sign in, real data to start from, and what no answer may give."""

import http.client
import json
import os
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode, urlsplit

import schemathesis

type Case = schemathesis.Case[Any]

BRIEF: dict[str, Any] = json.loads(Path(os.environ["TMC_FUZZ_BRIEF"]).read_text())
OURS, OTHER, REFERENCES = BRIEF["ours"], BRIEF["other"], BRIEF["references"]
ELSEWHERE, NOBODY = BRIEF["elsewhere"], "NOBODY/1/26"
MACHINE = {"pushEvents", "readEvents", "compareCrime"}
FORM, LINES = "application/x-www-form-urlencoded", "application/x-ndjson"
LOOKED_AT, THEN_EVERY = 40, 20  # of what an operation answered with success
_tally = Path(BRIEF["tally"]).open("a", buffering=1)  # noqa: SIM115 - it is written to until the process ends
_addresses = 0
_successes: Counter[str] = Counter()


class Asked(NamedTuple):
    """A request as it was sent."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Told(NamedTuple):
    """All of an answer that could tell something."""

    status: int
    headers: dict[str, str]
    content: bytes


def _tell(operation: str, what: int) -> None:
    _tally.write(json.dumps([operation, what]) + "\n")


def _id_of(case: Case) -> str:
    return str(case.operation.definition.raw["operationId"])


def _send(asked: Asked) -> Told:
    connection = http.client.HTTPConnection(str(BRIEF["url"]).removeprefix("http://"), timeout=20)
    connection.request(asked.method, asked.target, asked.body, asked.headers)
    answer = connection.getresponse()
    unlike = {"date", "x-request-id"}
    headers = {name.lower(): value for name, value in answer.getheaders() if name.lower() not in unlike}
    return Told(answer.status, headers, answer.read())


def _secret(site: Mapping[str, str]) -> str:
    return "Basic " + b64encode(f"{site['client_id']}:{site['client_secret']}".encode()).decode()


def _token(site: Mapping[str, str]) -> str:
    headers = {"Host": site["host"], "Authorization": _secret(site), "Content-Type": FORM}
    told = _send(Asked("POST", "/oauth/token", headers, b"grant_type=client_credentials"))
    return f"Bearer {json.loads(told.content)['access_token']}"


@schemathesis.auth(refresh_interval=300)
class RecordSystem:
    """Signs in as the record system of the force that is attacked."""

    def get(self, case: Case, ctx: schemathesis.AuthContext) -> str:
        """Return an access token."""
        return _token(OURS)

    def set(self, case: Case, data: str, ctx: schemathesis.AuthContext) -> None:
        """Send it; the token's own address takes the client's secret instead."""
        case.headers["Authorization"] = data if _id_of(case) in MACHINE else _secret(OURS)


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Come from another address each time: else the token's limit would answer everything after thirty failures."""
    global _addresses  # noqa: PLW0603 - a counter for the whole process
    _addresses += 1
    case.headers["X-Forwarded-For"] = f"10.{_addresses >> 16 & 255}.{_addresses >> 8 & 255}.{_addresses & 255}"


@schemathesis.hook
def after_call(context: schemathesis.HookContext, case: Case, response: schemathesis.Response) -> None:
    """Count the answer; a method that the document does not name is another matter."""
    named = case.method.upper() == case.operation.method.upper()
    _tell(_id_of(case) if named else "other methods", response.status_code)


@schemathesis.hook
def map_body(context: schemathesis.HookContext, body: object) -> Any:
    """Let half of the events be about crimes that the force has: what is about others is only held."""
    events = cast("list[object]", body) if isinstance(body, list) else []
    for number, event in enumerate(events):
        size = len(str(event))
        if isinstance(event, dict) and "crime" in event and (size + number) % 2:
            cast("dict[str, object]", event)["crime"] = REFERENCES[size % len(REFERENCES)]
    return cast("Any", body)


@schemathesis.serializer(LINES)
def lines(context: schemathesis.SerializationContext, value: object) -> bytes:
    """Write what is generated for newline-delimited JSON: text as it is, else one line for each item."""
    if isinstance(value, str):
        return value.encode(errors="replace")
    items = cast("list[object]", value) if isinstance(value, list) else [value]
    return "\n".join(json.dumps(item) for item in items).encode()


@schemathesis.check
def every_status_is_named(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """Check that the document names the status: its `default` is for what nobody foresees, and would allow them all."""
    if case.method.upper() == case.operation.method.upper():
        named = case.operation.definition.raw["responses"]
        assert str(response.status_code) in named, f"the document does not name {response.status_code} here"


@schemathesis.check
def every_item_is_answered_for(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """Check that each item of a batch was accepted, known already, held, or rejected."""
    if _id_of(case) != "pushEvents" or response.status_code != HTTPStatus.OK:
        return
    answer = response.json()
    counted = answer["accepted"] + answer["duplicate"] + len(answer["held"]) + len(answer["rejected"])
    sent = _items(_asked(response))
    assert counted == sent, f"{sent} items were sent and {counted} answered for"


def _items(asked: Asked) -> int:
    if asked.headers["Content-Type"].startswith(LINES):
        return sum(1 for line in asked.body.split(b"\n") if line.strip())
    return len(json.loads(asked.body))


@schemathesis.check
def a_force_sees_its_own_alone(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """Check whatever succeeds again: with another force's token, and as another force on its own site."""
    operation = _id_of(case)
    if operation not in MACHINE or response.status_code != HTTPStatus.OK:
        return
    _successes[operation] += 1
    if _successes[operation] > LOOKED_AT and _successes[operation] % THEN_EVERY:
        return
    asked = _asked(response)
    stranger, nonsense = (_send(_as(asked, OURS, token)) for token in (_other_token(), "Bearer nonsense"))
    assert stranger.status == HTTPStatus.UNAUTHORIZED, f"another force's token is answered {stranger.status}"
    assert stranger == nonsense, "another force's token is told apart from none"
    _tell("foreign token", stranger.status)
    if operation == "compareCrime":
        _compare_elsewhere(asked)
    if operation == "readEvents":
        mine = {event["id"] for event in response.json()["events"]}
        theirs = {event["id"] for event in json.loads(_send(_as(asked, OTHER, _other_token())).content)["events"]}
        assert not mine & theirs, "another force reads the same events"
        _tell("foreign feed", len(theirs))


def _compare_elsewhere(asked: Asked) -> None:
    """Hold that each force's crimes are to the other as if nobody had them."""
    for site, token, known in ((OTHER, _other_token(), ""), (OURS, asked.headers["Authorization"], ELSEWHERE)):
        request = _as(asked, site, token)
        foreign = _send(_about(request, known) if known else request)
        assert foreign.status == HTTPStatus.NOT_FOUND, f"another force's crime is answered {foreign.status}"
        assert foreign == _send(_about(request, NOBODY)), "another force's crime is told apart from one nobody has"
        _tell("foreign crime", foreign.status)


def _asked(response: schemathesis.Response) -> Asked:
    sent: Any = response.request
    address = urlsplit(str(sent.url))
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
    return Asked(sent.method, f"{address.path}?{address.query}", dict(sent.headers), body)


def _as(asked: Asked, site: Mapping[str, str], token: str) -> Asked:
    kept = {name: value for name, value in asked.headers.items() if name not in {"Content-Length", "Connection"}}
    return asked._replace(headers={**kept, "Host": site["host"], "Authorization": token})


def _about(asked: Asked, reference: str) -> Asked:
    return asked._replace(target=f"{asked.target.partition('?')[0]}?{urlencode({'reference': reference})}")


def _other_token() -> str:
    if "token" not in OTHER:
        OTHER["token"] = _token(OTHER)
    return str(OTHER["token"])
