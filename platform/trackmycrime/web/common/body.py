"""The body of a request, read to its end before the answer leaves: else its sender finds the line cut instead of the answer.

Whoever is refused early (a token that ran out, a batch too large) is often still sending. The server would close under
them, and what they see is a broken connection. So what is left is read and forgotten, within limits.
"""

import asyncio
from contextlib import suppress

from litestar.types import HTTPScope, Receive, ReceiveMessage

_MOST_BYTES = 128 * 1024 * 1024  # more than what somebody takes for a list by mistake
_PATIENCE_SECONDS = 10.0
_ANNOUNCING = frozenset({b"content-length", b"transfer-encoding"})


class Body:
    """Receives one request's body, and knows whether there is more of it."""

    def __init__(self, scope: HTTPScope, receive: Receive) -> None:
        self._receive = receive
        self._more = any(name in _ANNOUNCING for name, _value in scope["headers"])

    async def receive(self) -> ReceiveMessage:
        """Receive the next part, as an ASGI application does."""
        message = await self._receive()
        self._more = message["type"] == "http.request" and message["more_body"]
        return message

    async def finish(self) -> bool:
        """Read what is left and forget it; say whether that was all."""
        if not self._more:
            return True
        left = _MOST_BYTES
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                while self._more and left > 0:
                    message = await self.receive()
                    left -= len(message["body"]) if message["type"] == "http.request" else 0
        return not self._more
