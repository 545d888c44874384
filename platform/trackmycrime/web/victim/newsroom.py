"""Who has their messages open at this moment, and telling them that something has come: one question for all of a force.

Nobody who listens holds a connection to the database. While somebody does, this process asks once every few seconds for
all of them together, and a force to whose messages nobody listens costs nothing.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import structlog

from trackmycrime.domain import messages
from trackmycrime.domain.messages import Listening
from trackmycrime.kit.actor import service
from trackmycrime.tx import ForceDoor

_ASK_SECONDS = 3.0
_COMMENT_SECONDS = 15.0
_MOST_OF_A_FORCE = 2000  # who comes later reads without being told
NOTHING_YET, THE_END = b": nothing yet\n\n", b"event: end\ndata:\n\n"
_log = structlog.stdlib.get_logger()


@dataclass(eq=False)
class _Listener:
    """One open page: what it has to be told, where nothing ends it, and how much it was told last."""

    listening: Listening
    said: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue[bytes])
    told: int = 0


@dataclass(eq=False)
class _Desk:
    """Those who listen to one force, by their sessions: one page of a browser at most, the newest."""

    door: ForceDoor
    listeners: dict[UUID, _Listener] = field(default_factory=dict[UUID, _Listener])
    asking: asyncio.Task[None] | None = None


class Newsroom:
    """The desks of one process."""

    def __init__(self, *, ask_seconds: float = _ASK_SECONDS) -> None:
        self._ask_seconds = ask_seconds
        self._desks: dict[UUID, _Desk] = {}

    def has_room(self, force_id: UUID) -> bool:
        """Say whether one more may listen to a force."""
        desk = self._desks.get(force_id)
        return desk is None or len(desk.listeners) < _MOST_OF_A_FORCE

    async def stream(self, door: ForceDoor, listening: Listening) -> AsyncGenerator[bytes]:
        """Yield what an EventSource reads: how much is new whenever that changes, and a comment every 15 seconds.

        It ends for good with the session, and when the same browser begins to listen anew; with the process it ends without
        a word, and the browser asks again.
        """
        desk = self._desks.setdefault(door.force.id, _Desk(door))
        listener = self._seat(desk, listening)
        try:
            yield NOTHING_YET
            said = NOTHING_YET
            while said not in {THE_END, b""}:
                said = await _next(listener)
                yield said
        finally:
            self._leave(desk, listener)

    def _seat(self, desk: _Desk, listening: Listening) -> _Listener:
        listener = _Listener(listening)
        older = desk.listeners.get(listening.session_id)
        if older is not None:
            older.said.put_nowait(THE_END)
        desk.listeners[listening.session_id] = listener
        if desk.asking is None or desk.asking.done():
            desk.asking = asyncio.create_task(self._ask(desk))
        return listener

    def _leave(self, desk: _Desk, listener: _Listener) -> None:
        if desk.listeners.get(listener.listening.session_id) is listener:
            del desk.listeners[listener.listening.session_id]

    async def _ask(self, desk: _Desk) -> None:
        while desk.listeners:
            try:
                _tell(desk.listeners, await _asked(desk))
            except Exception as failed:  # noqa: BLE001 - the database is away for a moment: the next round tells
                _log.warning("nobody was told of news", force=desk.door.force.slug, why=type(failed).__name__)
            await asyncio.sleep(self._ask_seconds)

    async def stop(self) -> None:
        """End every stream: this process ends."""
        for desk in self._desks.values():
            for listener in desk.listeners.values():
                listener.said.put_nowait(b"")
            if desk.asking is not None:
                desk.asking.cancel()
                with suppress(asyncio.CancelledError):
                    await desk.asking
        self._desks.clear()


async def _next(listener: _Listener) -> bytes:
    try:
        async with asyncio.timeout(_COMMENT_SECONDS):
            return await listener.said.get()
    except TimeoutError:
        return NOTHING_YET


async def _asked(desk: _Desk) -> Mapping[UUID, int | None]:
    listening = [listener.listening for listener in desk.listeners.values()]
    async with desk.door.open(service("newsroom")) as tx:
        found = await messages.news(tx, listening)
    return {each.session_id: number for each, number in zip(listening, found, strict=True)}


def _tell(listeners: Mapping[UUID, _Listener], found: Mapping[UUID, int | None]) -> None:
    """Tell each what changed for it. Who sat down since the question was asked is told by the next."""
    for session_id, number in found.items():
        listener = listeners.get(session_id)
        if listener is not None and number != listener.told:
            listener.told = number or 0
            listener.said.put_nowait(THE_END if number is None else b"event: news\ndata: %d\n\n" % number)
