"""Transactions: one by one actor on one force's data, and one on the national tables."""

import re
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, Self, override
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from trackmycrime.kit.actor import Actor
from trackmycrime.kit.sealing import Keyring
from trackmycrime.tx.connections import Connection, Connections, Driver
from trackmycrime.tx.pinned import Pinned

_ARGUMENT = re.compile(r"\$((?!1\b)\d+)")  # but $1, which is the force in all of them


@dataclass(frozen=True, slots=True)
class ForceRef:
    """One force, as much of it as every layer may know: whose data, whose keys, under which address on the web.

    `origin` is the stored one (https://kent.example.org), never what a request claims. `published` is the force's
    configuration as the domain reads it; it goes with the transaction so that both are of one moment.
    """

    id: UUID
    slug: str
    origin: str
    keys: Keyring = field(repr=False)
    published: object = field(repr=False)


class Tx:
    """What both kinds have: an actor, the jobs to wake, and an end."""

    # Not a dataclass: Litestar would take one apart and put it together again at every request.
    __slots__ = ("_wakes", "actor")

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._wakes: list[str] = []

    def acting(self, actor: Actor) -> Self:
        """Let this actor act from now on, and return the transaction: who it is is often known only after it began."""
        self.actor = actor
        return self

    def wake(self, job: str) -> None:
        """Ask for a job once this transaction has committed; the clock finds the work even if nobody is woken."""
        if job not in self._wakes:
            self._wakes.append(job)

    @property
    def wakes(self) -> tuple[str, ...]:
        """The jobs to wake after the commit."""
        return tuple(self._wakes)

    @abstractmethod
    async def commit(self) -> None:
        """Make it true. A failing commit raises: it is never a success."""

    @abstractmethod
    async def close(self) -> None:
        """Undo what was not committed, and give the connection back."""


class ForceTx(Tx):
    """One transaction, by one actor, that sees one force and no other. It begins with its first statement that is not pinned.

    Statements get the force's id as $1, always: the predicate in the statement lets PostgreSQL plan for one partition
    (row-level security, which is the guarantee, would lock and plan them all), and no caller can name a force.
    """

    __slots__ = ("_appended", "_closed", "_connection", "_connections", "_ended", "_is_batch", "force")

    def __init__(self, actor: Actor, connections: Connections, *, force: ForceRef) -> None:
        super().__init__(actor)
        self._connections, self.force = connections, force
        self._connection: Connection | None = None
        self._appended: dict[tuple[str, tuple[object, ...]], list[Sequence[object]]] = {}
        self._closed = self._ended = self._is_batch = False

    async def _begun(self) -> Driver:
        if self._connection is None:
            self._require_open()
            self._connection = await self._connections.begin(self.force.id)
        return self._connection

    def _require_open(self) -> None:
        if self._closed:  # nobody would commit what began now, nor give its connection back
            message = "this transaction is over"
            raise RuntimeError(message)

    @override
    async def commit(self) -> None:
        if self._appended:
            await self._write_appended()
        if self._connection is not None:
            await self._connections.commit(self._connection)
        self._ended = True

    @override
    async def close(self) -> None:
        self._closed = True
        connection, self._connection = self._connection, None
        if connection is not None:
            await self._connections.release(connection, undo=not self._ended)

    @property
    def keys(self) -> Keyring:
        """The keys of this force."""
        return self.force.keys

    async def allow(self, seconds: int) -> None:
        """Let a statement of this transaction take so long, planned for what it is given: a batch is not a page.

        It finds its rows by index: statistics lag behind tables that grow by thousands in a moment, and what they call empty
        would be read once for each row.
        """
        self._is_batch = True
        await (await self._begun()).execute(
            "select set_config('statement_timeout', $1, true), set_config('plan_cache_mode', 'force_custom_plan', true),"
            " set_config('enable_seqscan', 'off', true)",
            f"{seconds}s",
        )

    async def _rows(self, sql: str, args: tuple[object, ...]) -> Sequence[Sequence[Any]]:
        if isinstance(sql, Pinned):
            return await self._pinned(sql, args)
        connection = self._connection or await self._begun()
        return await connection.fetch(sql, self.force.id, *args)

    async def _pinned(self, sql: Pinned, args: tuple[object, ...]) -> Sequence[Sequence[Any]]:
        if self._connection is None:
            self._require_open()
            return await self._connections.ask(self.force.id, sql, *args)
        return await self._connection.fetch(sql.of(self.force.id), *args)

    async def all[T](self, kind: Callable[..., T], sql: str, *args: object) -> list[T]:
        """Return the rows as `kind`, made from the columns in their order."""
        return [kind(*row) for row in await self._rows(sql, args)]

    async def one[T](self, kind: Callable[..., T], sql: str, *args: object) -> T | None:
        """Return the first row as `kind`, or None."""
        rows = await self._rows(sql, args)
        return kind(*rows[0]) if rows else None

    async def column(self, sql: str, *args: object) -> list[Any]:
        """Return the first column."""
        return [row[0] for row in await self._rows(sql, args)]

    async def pairs(self, sql: str, *args: object) -> list[tuple[Any, Any]]:
        """Return the first two columns."""
        return [(row[0], row[1]) for row in await self._rows(sql, args)]

    async def value(self, sql: str, *args: object) -> Any:  # noqa: ANN401 - a single SQL value has the type its query gives it
        """Return the first column of the first row, or None."""
        found = await self.column(sql, *args)
        return found[0] if found else None

    async def run(self, sql: str, *args: object) -> int:
        """Carry out a change and return how many rows it touched."""
        done = await (await self._begun()).execute(sql, self.force.id, *args)
        return int(done.rsplit(" ", 1)[-1])

    async def many(self, sql: str, rows: Sequence[Sequence[object]], *more: object) -> list[Any]:
        """Carry out one statement for many rows: it unnests its arguments, one array for each column, then `more`.

        Returns the first column of what the statement returns. Nothing is asked of the database when there are no rows.
        """
        if not rows:
            return []
        columns = (list(column) for column in zip(*rows, strict=True))
        if not self._is_batch:
            return await self.column(sql, *columns, *more)
        # What checks the foreign keys is a statement too: with plans of its own it would be planned anew for each row.
        batch = await self._begun()
        await batch.execute("set local plan_cache_mode = force_generic_plan")
        found = await self.column(sql, *columns, *more)
        await batch.execute("set local plan_cache_mode = force_custom_plan")
        return found

    async def append(self, sql: str, rows: Sequence[Sequence[object]], *more: object) -> None:
        """Write rows that this transaction does not read again, by a statement as `many` takes it.

        All that is appended goes in together at the commit: each statement is a round trip that somebody waits for. A batch
        has nobody waiting and much to keep in mind, so it writes at once.
        """
        if self._is_batch:
            await self.many(sql, rows, *more)
        elif rows:
            self._appended.setdefault((sql, more), []).extend(rows)

    async def _write_appended(self) -> None:
        given = [(sql, [*map(list, zip(*rows, strict=True)), *more]) for (sql, more), rows in self._appended.items()]
        self._appended.clear()
        together = _together(tuple((sql, len(args)) for sql, args in given))
        await self.run(together, *chain.from_iterable(args for _sql, args in given))


@lru_cache(maxsize=256)
def _together(statements: tuple[tuple[str, int], ...]) -> str:
    """Return several statements as one: each with as many arguments of its own as said, and all with the force's id."""
    numbered: list[str] = []
    before = 0
    for sql, count in statements:
        numbered.append(_ARGUMENT.sub(lambda found, before=before: f"${int(found[1]) + before}", sql))
        before += count
    *first, last = numbered
    named = ", ".join(f"appended_{number} as ({sql})" for number, sql in enumerate(first))
    return f"with {named} {last}" if named else last


class NationalTx(Tx):
    """One transaction, by one operator or by the service, over the national tables only.

    `session` is advanced-alchemy's, for the repositories of `store`.
    """

    __slots__ = ("driver", "session")

    def __init__(self, actor: Actor, session: AsyncSession, driver: Driver) -> None:
        super().__init__(actor)
        self.session, self.driver = session, driver

    @override
    async def commit(self) -> None:
        await self.session.commit()

    @override
    async def close(self) -> None:
        await self.session.close()
