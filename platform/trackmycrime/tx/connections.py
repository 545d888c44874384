"""Connections to the forces' data, straight from the driver: the hot pages cannot afford a session around each statement.

What SQLAlchemy's asynchronous session costs, and why it is not here: platform/decisions/0006.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol, cast
from uuid import UUID

import asyncpg
import msgspec

from trackmycrime.tx.pinned import Pinned

_LOST = (asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError, asyncpg.InterfaceError, ConnectionError)


_UNBOUND = (asyncpg.UndefinedObjectError, asyncpg.InvalidTextRepresentationError)
_STATEMENTS = (
    300  # whose plans a connection keeps: those of the busy pages for every force, and the usual ones of the others
)


class Driver(Protocol):
    """What we use of asyncpg's connection."""

    async def fetch(self, query: str, *args: object) -> Sequence[Sequence[Any]]:
        """Return the rows of a query."""
        ...

    async def execute(self, query: str, *args: object) -> str:
        """Carry out a statement and return what PostgreSQL says of it, such as "UPDATE 3"."""
        ...


class Connection(Driver, Protocol):
    """A connection out of a pool."""

    def is_closed(self) -> bool:
        """Say whether the connection is gone."""
        ...

    def terminate(self) -> None:
        """Drop the connection, without a word to the server."""
        ...

    async def close(self) -> None:
        """End the connection."""
        ...


class NotCommitted(Exception):
    """PostgreSQL undid a transaction that was to be committed."""


class Connections:
    """The connections of this process as the role that sees one force at a time: at most so many, opened when needed.

    A stack, and a count of what is free: a connection of the driver's own pool costs a task for each transaction.
    """

    def __init__(self, url: str, most: int) -> None:
        self._url = url
        self._free = asyncio.Semaphore(most)
        self._idle: list[Connection] = []
        self._given_out = 0

    async def ask(self, force_id: UUID, sql: Pinned, *args: object) -> Sequence[Sequence[Any]]:
        """Return the rows of a reading that needs no transaction but its own: one round trip, where others take three.

        It binds itself to the force. When the database was restarted it is asked once more, as in `begin`.
        """
        try:
            return await self._asked(sql.alone(force_id), args)
        except _LOST:
            self._drop_idle()
            return await self._asked(sql.alone(force_id), args)
        except _UNBOUND:  # this PostgreSQL looks at the policies first: then as everything else is read
            return await self._asked_within(force_id, sql, args)

    async def _asked(self, text: str, args: tuple[object, ...]) -> Sequence[Sequence[Any]]:
        connection = await self._taken()
        try:
            return await connection.fetch(text, *args)
        except asyncpg.PostgresError:
            raise
        except BaseException:
            connection.terminate()  # nobody knows what it would answer next
            raise
        finally:
            self._give_back(connection)

    async def _asked_within(self, force_id: UUID, sql: Pinned, args: tuple[object, ...]) -> Sequence[Sequence[Any]]:
        connection = await self.begin(force_id)
        try:
            return await connection.fetch(sql.of(force_id), *args)
        finally:
            await self.release(connection, undo=True)

    async def begin(self, force_id: UUID) -> Connection:
        """Return a connection in a transaction that is bound to a force: the one place where a transaction is.

        Beginning and binding are one round trip. The binding ends with the transaction, whatever ends it. When the
        database was restarted every waiting connection is stale, and nothing has been done yet: once more, then.
        """
        try:
            return await self._begun(force_id)
        except _LOST:
            self._drop_idle()
            return await self._begun(force_id)

    async def _begun(self, force_id: UUID) -> Connection:
        connection = await self._taken()
        try:
            await connection.execute(f"begin; set local app.force_id = '{force_id}'")
        except BaseException:
            connection.terminate()
            self._give_back(connection)
            raise
        return connection

    async def _taken(self) -> Connection:
        await self._free.acquire()
        try:
            connection = self._open_one() or await _connected(self._url)
        except BaseException:
            self._free.release()
            raise
        self._given_out += 1
        return connection

    def _open_one(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return None

    def _give_back(self, connection: Connection) -> None:
        self._given_out -= 1
        if not connection.is_closed():
            self._idle.append(connection)
        self._free.release()

    async def commit(self, connection: Driver) -> None:
        """Commit. Raises NotCommitted when a statement before had failed: PostgreSQL then undoes everything, quietly."""
        done = await connection.execute("commit")
        if done != "COMMIT":
            raise NotCommitted(done)

    async def release(self, connection: Connection, *, undo: bool) -> None:
        """Give a connection back, after undoing what was not committed."""
        try:
            if undo and not connection.is_closed():
                await connection.execute("rollback")
        except BaseException as lost:
            connection.terminate()  # with the connection, the server undoes its transaction
            if not isinstance(lost, _LOST):
                raise
        finally:
            self._give_back(connection)

    @property
    def given_out(self) -> int:
        """How many connections are in somebody's hands at this moment."""
        return self._given_out

    def _drop_idle(self) -> None:
        while self._idle:
            self._idle.pop().terminate()

    async def close(self) -> None:
        """Close every connection that waits; nobody asks for one any more."""
        while self._idle:
            await self._idle.pop().close()


async def _connected(url: str) -> Connection:
    made: Any = asyncpg  # it has no types
    connection = await made.connect(url, statement_cache_size=_STATEMENTS)
    await _prepare(connection)
    return cast("Connection", connection)


async def _prepare(connection: Any) -> None:  # noqa: ANN401 - as above
    """JSON goes in as the text that it is, and comes out as what it says."""
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=str, decoder=msgspec.json.decode, format="text"
        )
