"""Connections to the forces' data, straight from the driver: the hot pages cannot afford a session around each statement.

What SQLAlchemy's asynchronous session costs, and why it is not here: platform/decisions/0006.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol, cast
from uuid import UUID

import asyncpg
import msgspec

_LOST = (asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError, asyncpg.InterfaceError, ConnectionError)


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


class _Pool(Protocol):
    async def acquire(self) -> Connection: ...
    async def release(self, connection: Connection) -> None: ...
    async def expire_connections(self) -> None: ...
    async def close(self) -> None: ...
    def get_size(self) -> int: ...
    def get_idle_size(self) -> int: ...


class NotCommitted(Exception):
    """PostgreSQL undid a transaction that was to be committed."""


class Connections:
    """The connections of this process as the role that sees one force at a time."""

    def __init__(self, url: str, most: int) -> None:
        self._url, self._most = url, most
        self._pool: _Pool | None = None
        self._opening = asyncio.Lock()

    async def begin(self, force_id: UUID) -> Connection:
        """Return a connection in a transaction that is bound to a force: the one place where that is done.

        Beginning and binding are one round trip. The binding ends with the transaction, whatever ends it. When the
        database was restarted every waiting connection is stale, and nothing has been done yet: once more, then.
        """
        try:
            return await self._begun(force_id)
        except _LOST:
            await (await self._opened()).expire_connections()
            return await self._begun(force_id)

    async def _begun(self, force_id: UUID) -> Connection:
        pool = self._pool or await self._opened()
        connection = await pool.acquire()
        try:
            await connection.execute(f"begin; set local app.force_id = '{force_id}'")
        except BaseException:
            await pool.release(connection)
            raise
        return connection

    async def _opened(self) -> _Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await _pool(self._url, self._most)
            return self._pool

    async def commit(self, connection: Driver) -> None:
        """Commit. Raises NotCommitted when a statement before had failed: PostgreSQL then undoes everything, quietly."""
        done = await connection.execute("commit")
        if done != "COMMIT":
            raise NotCommitted(done)

    async def release(self, connection: Connection, *, undo: bool) -> None:
        """Give a connection back, after undoing what was not committed."""
        pool = await self._opened()
        try:
            if undo and not connection.is_closed():
                await connection.execute("rollback")
        except _LOST:
            connection.terminate()  # with the connection, the server undoes its transaction
        finally:
            await pool.release(connection)

    @property
    def given_out(self) -> int:
        """How many connections are in somebody's hands at this moment."""
        return self._pool.get_size() - self._pool.get_idle_size() if self._pool else 0

    async def close(self) -> None:
        """Close every connection."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None


async def _pool(url: str, most: int) -> _Pool:
    made: Any = asyncpg  # it has no types
    pool = await made.create_pool(url, min_size=0, max_size=most, init=_prepare, reset=_leave_as_it_is)
    return cast("_Pool", pool)


async def _prepare(connection: Any) -> None:  # noqa: ANN401 - as above
    """JSON goes in as the text that it is, and comes out as what it says."""
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=str, decoder=msgspec.json.decode, format="text"
        )


async def _leave_as_it_is(_connection: object) -> None:
    """Ask for nothing between two transactions: all that we set is local to one."""
