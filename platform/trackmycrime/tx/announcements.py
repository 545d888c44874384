"""What the database announces to every process that listens, over a connection of its own."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import asyncpg

from trackmycrime.tx.connections import Connection

_AGAIN_AFTER = 1.0  # seconds, when the connection was lost
_FAILED = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


class Announcements:
    """Listens to one channel for as long as the process lives, and says each time that there was something.

    Nothing depends on it: who listens also looks for themselves now and then. A connection pool that hands out connections
    transaction by transaction keeps announcements to itself, and so does a database that is being restarted.
    """

    def __init__(self, url: str, channel: str, told: Callable[[], None]) -> None:
        self._url, self._channel, self._told = url, channel, told
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while True:
            try:
                await self._until_lost()
            except _FAILED:
                await asyncio.sleep(_AGAIN_AFTER)

    async def _until_lost(self) -> None:
        made: Any = asyncpg  # it has no types
        connection = await made.connect(self._url)
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(partial(_end, lost))
            await connection.add_listener(self._channel, self._hear)
            self._told()  # of what was announced before
            await lost.wait()
        finally:
            cast("Connection", connection).terminate()

    def _hear(self, *_announcement: object) -> None:
        self._told()

    async def stop(self) -> None:
        """Stop listening."""
        self._listening.cancel()
        await asyncio.wait([self._listening])


def _end(lost: asyncio.Event, _connection: object) -> None:
    lost.set()
