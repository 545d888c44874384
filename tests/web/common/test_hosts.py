"""Host forms on a raw socket to the real server: the right force's page or a refusal, never another's; no link follows a header."""

import http.client
import re
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.cast import ALICE, DOMAIN, OPERATOR, PASSWORD, World, event
from tests.server import serving
from trackmycrime.domain.notifications.dispatch import dispatch
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.senders import Senders
from trackmycrime.gateways.text import Text

pytestmark = pytest.mark.asyncio(loop_scope="session")

OURS, OTHER = f"avonside.{DOMAIN}", f"brackenshire.{DOMAIN}"
NAMES = (b"Avonside Police", b"Brackenshire Constabulary")
EVIL = "evil.example.org"
CLAIMS = (
    "".join(
        f"{name}: {EVIL}\r\n"
        for name in ("X-Forwarded-Host", "X-Host", "X-Original-Host", "X-Forwarded-Server", "X-HTTP-Host-Override")
    )
    + f"Forwarded: host={EVIL};proto=https\r\nX-Original-URL: /staff\r\nX-Rewrite-URL: /staff\r\nOrigin: https://{EVIL}\r\n"
)
"""What a request may claim besides its Host."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def port(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[int]:
    with serving(world.settings, tmp_path_factory.mktemp("hosts") / "serve.log") as url:
        yield int(url.rpartition(":")[2])


def told(port: int, head: bytes, body: bytes = b"") -> tuple[int, bytes]:
    """Send bytes as they are, and return the status and all of the answer; 0 when the line is closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head + b"Connection: close\r\n\r\n" + body)
        answer = b""
        while part := line.recv(65536):
            answer += part
    return (int(answer.split(b" ", 2)[1]), answer) if answer else (0, b"")


def hosts(*values: str) -> bytes:
    return "".join(f"Host: {value}\r\n" for value in values).encode("latin-1")


@pytest.mark.parametrize(
    "values",
    [
        (),
        ("",),
        (" ",),
        (OURS, OURS),
        (OURS, OTHER),
        (f"{OURS}, {OTHER}",),
        (f"{OURS} {OTHER}",),
        ("avonside.localhost",),
        ("avonside.localhost:",),
        ("avonside.localhost:8001",),
        ("avonside.localhost:08000",),
        ("avonside.localhost:8000:8000",),
        ("avonside.localhost:80 00",),
        ("avonside.localhost:\uff18000".encode().decode("latin-1"),),
        ("avonside.localhost.:8000",),
        (f"{OURS}.",),
        (f".{OURS}",),
        (f"-{OURS}",),
        (f"_{OURS}",),
        ("avon_side.localhost:8000",),
        ("avon%73ide.localhost:8000",),
        ("avonside%2elocalhost:8000",),
        ("avonside\u3002localhost:8000".encode().decode("latin-1"),),
        ("av\u00f3nside.localhost:8000",),
        ("xn--avnside-b4a.localhost:8000",),
        (f"evil@{OURS}",),
        (f"{OURS}@{EVIL}",),
        (f"{OURS}/",),
        (f"{OURS}#",),
        (f"{OURS}?",),
        (f"http://{OURS}",),
        (f"[{OURS}]",),
        ("avonside.brackenshire.localhost:8000",),
        ("www.avonside.localhost:8000",),
        ("*.localhost:8000",),
        ("127.0.0.1:8000",),
        ("[::1]:8000",),
        (EVIL,),
        ("x" * 5000,),
    ],
)
async def test_a_host_that_is_not_exactly_ours_is_refused(port: int, values: tuple[str, ...]) -> None:
    for claims in (b"", f"X-Forwarded-Host: {OURS}\r\nForwarded: host={OURS}\r\n".encode()):
        status, answer = told(port, b"GET / HTTP/1.1\r\n" + hosts(*values) + claims)
        assert status in {400, 421}, (values, status)
        assert not any(name in answer for name in NAMES)


async def test_case_and_space_around_a_host_lead_to_its_own_force(port: int) -> None:
    for value, shown, hidden in (
        (OURS, *NAMES),
        (OURS.upper(), *NAMES),
        (f"  {OURS}  ", *NAMES),
        (OTHER, *NAMES[::-1]),
    ):
        status, answer = told(port, b"GET / HTTP/1.1\r\n" + hosts(value))
        assert (status, shown in answer, hidden in answer) == (200, True, False), value


async def test_no_request_line_leads_to_another_force(port: int) -> None:
    """The Host decides (RFC 9112 lets an absolute form win): what is answered is its own page, or a refusal."""
    for target in (
        f"http://{OTHER}/",
        f"http://{OTHER}/sign-in",
        f"https://{OTHER}/",
        f"//{OTHER}/",
        f"/\\{OTHER}/",
        f"http://evil@{OTHER}/",
        f"/http://{OTHER}/",
        OTHER,
        "*",
    ):
        for version in ("1.0", "1.1"):
            status, answer = told(port, f"GET {target} HTTP/{version}\r\n".encode() + hosts(OURS))
            assert NAMES[1] not in answer, (target, version)
            assert status in {200, 400, 404, 421}, (target, version, status)
    status, answer = told(port, b"GET / HTTP/1.0\r\n")
    assert status in {400, 421}


async def test_two_forces_on_one_line_do_not_mix(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        for value, shown, hidden in (
            (OURS, *NAMES),
            (OTHER, *NAMES[::-1]),
            (EVIL, b"no such site", NAMES[0]),
            (OURS, *NAMES),
        ):
            line.sendall(b"GET / HTTP/1.1\r\n" + hosts(value) + b"\r\n")
            answer = http.client.HTTPResponse(line)
            answer.begin()
            page = answer.read()
            assert (shown in page, hidden in page) == (True, False)


async def test_no_page_and_no_redirect_follows_what_a_request_claims(port: int) -> None:
    for path in ("/", "/sign-in", "/messages", "/staff", "/nowhere", "/api", "/api/openapi.json", "/support", "/exit"):
        plain = told(port, f"GET {path} HTTP/1.1\r\n".encode() + hosts(OURS))
        claimed = told(port, f"GET {path} HTTP/1.1\r\n".encode() + hosts(OURS) + CLAIMS.encode())
        assert EVIL.encode() not in claimed[1], path
        assert unlike(plain[1]) == unlike(claimed[1]), path


def unlike(answer: bytes) -> bytes:
    """Return an answer without what is different each time."""
    return re.sub(rb"(?m)^(x-request-id|date):.*$", b"", answer)


class Kept:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[Email | Text] = []

    async def send(self, message: Email | Text, /) -> None:
        """Take a message."""
        self.sent.append(message)


async def test_links_that_are_shown_and_sent_follow_the_stored_address(world: World, port: int) -> None:
    """An operator puts a force on board, with every header claiming to be elsewhere; and a victim is told of something."""
    headers = {name: value for name, _colon, value in (line.partition(": ") for line in CLAIMS.splitlines())}
    headers |= {"Host": f"console.{DOMAIN}", "Origin": f"https://console.{DOMAIN}"}
    headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    console = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def sent(path: str, body: str) -> tuple[http.client.HTTPResponse, str]:
        console.request("POST", path, body, headers)
        answer = console.getresponse()
        return answer, answer.read().decode()

    answer, _page = sent("/sign-in", f"email={OPERATOR}&password={PASSWORD.replace(' ', '+')}")
    headers["Cookie"] = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    console.request("GET", "/operators", headers=headers)
    token = console.getresponse().read().decode().split('name="_csrf" value="')[1].split('"')[0]
    _answer, invited = sent("/operators", f"_csrf={token}&name=Olive&email=olive@example.org")
    form = (
        f"_csrf={token}&name=Hostshire+Police&slug=hostshire&non_emergency=101&administrator=ann@hostshire.example.org"
    )
    _answer, done = sent("/forces/new", form)
    assert f"https://console.{DOMAIN}/register/" in invited
    assert f"https://hostshire.{DOMAIN}/staff/register/" in done
    assert EVIL not in invited + done
    await world.push("avonside", [event("update.published", ALICE.reference, text="Something to read.")])
    console.close()
    box = Kept()
    for slug in ("hostshire", "avonside"):
        door = world.registry.door(await world.force(slug))
        while await dispatch(door, Senders(box, box)):
            pass
    emails = [message for message in box.sent if isinstance(message, Email)]
    assert {"ann@hostshire.example.org", ALICE.email} <= {email.to for email in emails}
    for email in emails:
        assert EVIL not in email.text + email.html + (email.unsubscribe_url or "")
        assert all(host.endswith(DOMAIN) for host in re.findall(r"https?://([^/\s\"<]+)", email.text))
