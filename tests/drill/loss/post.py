"""A post office of the drill's own: an SMTP server that keeps what it takes, and can stand still where it matters."""

import asyncio
import email
import email.policy
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

_LINK = re.compile(r"https?://\S+/register/(\S+)")


class Where(StrEnum):
    """Where the post office stands still: before it takes a message, or when it has it and has not said so."""

    BEFORE = "before taking it"
    AFTER = "before saying that it took it"


@dataclass
class Receipt:
    """One message as it was taken. `token` is that of the invitation that it brings, else empty."""

    message_id: str
    to: str
    token: str
    at: datetime
    answered: bool = False


@dataclass
class Hold:
    """One stand-still: the first session that comes to it waits until it is released."""

    where: Where
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def stand(self, where: Where) -> None:
        """Stand still, if it is here and nobody has before."""
        if where is self.where and not self.reached.is_set():
            self.reached.set()
            await self.released.wait()


class PostOffice:
    """Takes every message, and remembers each time that it did."""

    def __init__(self) -> None:
        self.receipts: list[Receipt] = []
        self.sessions = 0
        self._hold: Hold | None = None

    def invitation(self, address: str) -> str:
        """Return the token of the invitation that somebody got, or nothing while it has not come."""
        return next((each.token for each in self.receipts if each.to == address and each.token), "")

    @asynccontextmanager
    async def standing_still(self, where: Where) -> AsyncGenerator[Hold]:
        """Stand still at the next message, until the block ends."""
        self._hold = hold = Hold(where)
        try:
            yield hold
        finally:
            self._hold = None
            hold.reached.set()
            hold.released.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk to one sender (RFC 5321)."""
        self.sessions += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._talk(reader, writer)
        finally:
            self.sessions -= 1
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _say(writer, "220 post.example.org")
        while command := (await reader.readline()).decode().strip().upper():
            if command.startswith("MAIL"):
                await self._stand(Where.BEFORE)
            if command == "DATA":
                await _say(writer, "354 go on")
                receipt = self._take(await reader.readuntil(b"\r\n.\r\n"))
                await self._stand(Where.AFTER)
                await _say(writer, "250 taken")
                receipt.answered = True
            elif command == "QUIT":
                await _say(writer, "221 bye")
                return
            else:
                await _say(writer, "250 yes")

    async def _stand(self, where: Where) -> None:
        if self._hold is not None:
            await self._hold.stand(where)

    def _take(self, content: bytes) -> Receipt:
        message = email.message_from_bytes(content, policy=email.policy.default)
        body = message.get_body(("plain",))
        found = _LINK.search(body.get_content()) if body else None
        receipt = Receipt(message["Message-ID"], message["To"], found[1] if found else "", datetime.now(UTC))
        self.receipts.append(receipt)
        return receipt


async def _say(writer: asyncio.StreamWriter, line: str) -> None:
    writer.write(f"{line}\r\n".encode())
    await writer.drain()


@asynccontextmanager
async def post_office() -> AsyncGenerator[tuple[PostOffice, str]]:
    """Open a post office on a free port, and give it with its address as a setting takes it."""
    office = PostOffice()
    server = await asyncio.start_server(office.serve, "127.0.0.1", 0)
    try:
        yield office, f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
