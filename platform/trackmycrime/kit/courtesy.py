"""People go first: what is done behind their backs on the same machine rests between its turns while they are here.

A saturated processor makes everybody wait, at whatever priority: platform/decisions/0008 has the figures.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

_NOTED_EVERY, _GONE_AFTER = 0.5, 2.0  # seconds
_REST = 6  # times as long as the work: then six of seven requests find the machine as it is without that work
_LONGEST = 10.0  # seconds: whoever sends batches waits for an answer
_LOOK_EVERY = 0.1


class Courtesy:
    """One process's share in it. Processes of one machine see each other's people by a file in the service's home."""

    def __init__(self, home: Path) -> None:
        self._sign = home / "people"
        self._noted = -_NOTED_EVERY
        self._began = self._ended = 0.0

    def meet(self) -> None:
        """Note that somebody uses a page."""
        at = time.monotonic()
        if at - self._noted >= _NOTED_EVERY:
            self._noted = at
            with suppress(OSError):  # without a home on the disk nobody rests
                self._sign.touch(mode=0o600)

    def in_company(self) -> bool:
        """Say whether somebody used a page within the last two seconds."""
        try:
            return time.time() - self._sign.stat().st_mtime < _GONE_AFTER
        except OSError:
            return False

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Rest for the last turn if that is still due, before anything is locked, and then work."""
        await self.give_way(self._began, self._ended)
        self._began = time.monotonic()
        try:
            yield
        finally:
            self._ended = time.monotonic()

    async def give_way(self, began: float, ended: float) -> None:
        """Rest after a turn of work (its moments by `time.monotonic`), for as long as people are here and it is due."""
        until = ended + min((ended - began) * _REST, _LONGEST)
        while time.monotonic() < until and self.in_company():  # noqa: ASYNC110  it is a file that tells
            await asyncio.sleep(_LOOK_EVERY)
