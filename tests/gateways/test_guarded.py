"""Where the service may be sent by an address that a force typed in: the internet, and on request this machine; nowhere else."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio

from trackmycrime.gateways.guarded import Failed, Fault, Guarded

pytestmark = pytest.mark.asyncio(loop_scope="session")

FORBIDDEN = (
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[::1]/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://192.0.2.1/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:a00:1::]/",
    "https://2130706433/",
    "https://0x7f000001/",
    "http://example.org@127.0.0.1/",
    "ftp://127.0.0.1/",
    "http://93.184.215.14/",
)


async def fault(address: str, *, loopback: bool = False) -> str:
    async with httpx2.AsyncClient(transport=Guarded(loopback=loopback), trust_env=False) as asking:
        try:
            await asking.get(address)
        except Failed as failed:
            return failed.fault
    return ""


@pytest.mark.parametrize("address", FORBIDDEN)
async def test_no_address_leads_inside(address: str) -> None:
    assert await fault(address) == Fault.FORBIDDEN


@pytest.mark.parametrize("address", [each for each in FORBIDDEN if "127.0.0.1" not in each and "localhost" not in each])
async def test_this_machine_and_nothing_else_can_be_allowed(address: str) -> None:
    if any(own in address for own in ("[::1]", "2130706433", "0x7f000001")):
        return
    assert await fault(address, loopback=True) == Fault.FORBIDDEN


class Answering:
    """A server on this machine that says what it is told to say, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer, self.asked = b"", ""

    async def heard(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        self.asked = (await reader.readuntil(b"\r\n\r\n")).decode()
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@pytest_asyncio.fixture(loop_scope="session")
async def answering() -> AsyncIterator[tuple[Answering, str]]:
    made = Answering()
    server = await asyncio.start_server(made.heard, "127.0.0.1", 0)
    async with server:
        yield made, f"http://localhost:{server.sockets[0].getsockname()[1]}/here?a=b"


async def test_a_right_answer_comes_whole(answering: tuple[Answering, str]) -> None:
    server, address = answering
    server.answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-a: b\r\n\r\n{}"
    async with httpx2.AsyncClient(transport=Guarded(loopback=True), trust_env=False) as asking:
        answer = await asking.get(address, headers={"x-own": "1"})
    assert (answer.status_code, answer.content, answer.headers["x-a"]) == (200, b"{}", "b")
    assert server.asked.startswith("GET /here?a=b HTTP/1.1\r\n")
    assert f"host: {address.split('/')[2]}\r\n" in server.asked.lower()
    assert "accept-encoding: identity\r\n" in server.asked.lower()
    assert "x-own: 1\r\n" in server.asked.lower()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\ncontent-length: 0\r\n\r\n", Fault.REDIRECTS),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2000000\r\n\r\n" + b"x" * 2_000_000, Fault.TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 1\r\n\r\nx", Fault.UNUSABLE),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nx", Fault.UNREACHABLE),
        (b"not HTTP at all\r\n\r\n", Fault.UNREACHABLE),
        (b"", Fault.UNREACHABLE),
    ],
)
async def test_what_cannot_be_used_is_refused(answering: tuple[Answering, str], answer: bytes, why: str) -> None:
    server, address = answering
    server.answer = answer
    assert await fault(address, loopback=True) == why


async def test_a_name_that_nobody_has_is_said_so() -> None:
    assert await fault("https://nobody.invalid/") == Fault.UNREACHABLE
