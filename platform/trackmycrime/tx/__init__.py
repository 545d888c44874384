"""The only door to the database.

Whoever wants data says first whose it is: a ForceTx sees one force and no other, a NationalTx sees the national tables and
no victim's data. PostgreSQL holds both to it by row-level security and by grants; this module binds the force to the
transaction, in one place, and lets nobody forget it.
"""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, cast
from uuid import UUID

from advanced_alchemy.config import AsyncSessionConfig, EngineConfig, SQLAlchemyAsyncConfig
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from trackmycrime.kit.actor import Actor
from trackmycrime.kit.sealing import Keyring
from trackmycrime.tx.tables import ForceTable

FORCE = "force_id"
_BEGIN = text("select 1")  # the driver's transaction begins with the first statement
_BIND = text("select set_config('app.force_id', :force, true)")


class Driver(Protocol):
    """What we use of asyncpg's connection."""

    async def fetch(self, query: str, *args: object) -> Sequence[Sequence[Any]]:
        """Return the rows of a query."""
        ...

    async def execute(self, query: str, *args: object) -> str:
        """Carry out a statement and return what PostgreSQL says of it, such as "UPDATE 3"."""
        ...


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


class _Tx:
    # Not a dataclass: Litestar would take one apart and put it together again at every request.
    __slots__ = ("_wakes", "actor", "driver", "session")

    def __init__(self, actor: Actor, session: AsyncSession, driver: Driver) -> None:
        self.actor, self.session, self.driver = actor, session, driver
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

    async def commit(self) -> None:
        """Make it true. A failing commit raises: it is never a success."""
        await self.session.commit()

    async def close(self) -> None:
        """Undo what was not committed, and give the connection back."""
        await self.session.close()


class ForceTx(_Tx):
    """One transaction, by one actor, that sees one force and no other.

    Statements get the force's id as $1, always: the predicate in the statement lets PostgreSQL plan for one partition
    (row-level security, which is the guarantee, would lock and plan them all), and no caller can name a force.
    """

    __slots__ = ("force",)

    def __init__(self, actor: Actor, session: AsyncSession, driver: Driver, *, force: ForceRef) -> None:
        super().__init__(actor, session, driver)
        self.force = force

    @property
    def keys(self) -> Keyring:
        """The keys of this force."""
        return self.force.keys

    async def allow(self, seconds: int) -> None:
        """Let a statement of this transaction take so long: a batch may take longer than a page."""
        await self.driver.execute("select set_config('statement_timeout', $1, true)", f"{seconds}s")

    async def all[T](self, kind: Callable[..., T], sql: str, *args: object) -> list[T]:
        """Return the rows as `kind`, made from the columns in their order."""
        return [kind(*row) for row in await self.driver.fetch(sql, self.force.id, *args)]

    async def one[T](self, kind: Callable[..., T], sql: str, *args: object) -> T | None:
        """Return the first row as `kind`, or None."""
        rows = await self.driver.fetch(sql, self.force.id, *args)
        return kind(*rows[0]) if rows else None

    async def column(self, sql: str, *args: object) -> list[Any]:
        """Return the first column."""
        return [row[0] for row in await self.driver.fetch(sql, self.force.id, *args)]

    async def pairs(self, sql: str, *args: object) -> list[tuple[Any, Any]]:
        """Return the first two columns."""
        return [(row[0], row[1]) for row in await self.driver.fetch(sql, self.force.id, *args)]

    async def value(self, sql: str, *args: object) -> Any:  # noqa: ANN401 - a single SQL value has the type its query gives it
        """Return the first column of the first row, or None."""
        found = await self.column(sql, *args)
        return found[0] if found else None

    async def run(self, sql: str, *args: object) -> int:
        """Carry out a change and return how many rows it touched."""
        return int((await self.driver.execute(sql, self.force.id, *args)).rsplit(" ", 1)[-1])

    async def many(self, sql: str, rows: Sequence[Sequence[object]]) -> list[Any]:
        """Carry out one statement for many rows: it unnests its arguments, one array for each column.

        Returns the first column of what the statement returns. Nothing is asked of the database when there are no rows.
        """
        return await self.column(sql, *(list(column) for column in zip(*rows, strict=True))) if rows else []


class NationalTx(_Tx):
    """One transaction, by one operator or by the service, over the national tables only."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ForceDoor:
    """The way into one force's data, for whoever needs more than one transaction."""

    database: "Database"
    force: ForceRef

    async def begin(self, actor: Actor) -> ForceTx:
        """Open a transaction bound to this force; the caller commits and closes it."""
        session, driver = await _opened(lambda: self.database.session("app", force=self.force))
        return ForceTx(actor, session, driver, force=self.force)

    @asynccontextmanager
    async def open(self, actor: Actor) -> AsyncGenerator[ForceTx]:
        """Open a transaction that commits at a clean end and is undone otherwise."""
        tx = await self.begin(actor)
        async with _ending(tx):
            yield tx
        self.database.wake(self.force, tx.wakes)


@dataclass(frozen=True, slots=True)
class NationalDoor:
    """The way to the national tables, as the role that may do what is asked: "console", "provisioner" or "app"."""

    database: "Database"
    role: str

    async def begin(self, actor: Actor) -> NationalTx:
        """Open a transaction; the caller commits and closes it."""
        session, driver = await _opened(lambda: self.database.session(self.role))
        return NationalTx(actor, session, driver)

    @asynccontextmanager
    async def open(self, actor: Actor) -> AsyncGenerator[NationalTx]:
        """Open a transaction that commits at a clean end and is undone otherwise."""
        tx = await self.begin(actor)
        async with _ending(tx):
            yield tx


@asynccontextmanager
async def _ending(tx: _Tx) -> AsyncGenerator[None]:
    try:
        yield
        await tx.commit()
    finally:
        await tx.close()


async def _opened(make: Callable[[], AsyncSession]) -> tuple[AsyncSession, Driver]:
    try:
        return await _begun(make())
    except DBAPIError as lost:
        # The database was restarted: every pooled connection is stale, and nothing has been done yet. Once more, then.
        if not lost.connection_invalidated:
            raise
        return await _begun(make())


async def _begun(session: AsyncSession) -> tuple[AsyncSession, Driver]:
    try:
        connection = await session.connection()
        if FORCE not in session.info:
            await connection.execute(_BEGIN)
        return session, cast("Driver", (await connection.get_raw_connection()).driver_connection)
    except BaseException:
        await session.close()
        raise


class Database:
    """The engines of the roles that this process may use, made when first asked for."""

    def __init__(
        self,
        urls: Callable[[str], str],
        *,
        wake: Callable[[ForceRef, tuple[str, ...]], None] | None = None,
        pool: int = 8,
    ) -> None:
        self._urls, self._pool = urls, pool
        self._configs: dict[str, SQLAlchemyAsyncConfig] = {}
        self.wake: Callable[[ForceRef, tuple[str, ...]], None] = wake or _nobody

    def force(self, force: ForceRef) -> ForceDoor:
        """Return the door to one force."""
        return ForceDoor(self, force)

    def national(self, role: str) -> NationalDoor:
        """Return the door to the national tables for a role."""
        return NationalDoor(self, role)

    def session(self, role: str, *, force: ForceRef | None = None) -> AsyncSession:
        """Return a new session of a role, bound to a force; only the doors ask for it."""
        if role not in self._configs:
            self._configs[role] = _config(self._urls(role), self._pool)
        session = self._configs[role].create_session_maker()()
        if force is not None:
            session.info[FORCE] = force.id
        return session

    async def close(self) -> None:
        """Close every connection."""
        for config in self._configs.values():
            await config.get_engine().dispose()


def _nobody(_force: ForceRef, _jobs: tuple[str, ...]) -> None:
    """Wake nobody: the clock finds the work."""


def _config(url: str, pool: int) -> SQLAlchemyAsyncConfig:
    config = SQLAlchemyAsyncConfig(
        connection_string=url.replace("postgresql://", "postgresql+asyncpg://", 1),
        session_config=AsyncSessionConfig(expire_on_commit=False, autoflush=False),
        engine_config=EngineConfig(hide_parameters=True, pool_size=pool, max_overflow=pool, pool_pre_ping=False),
    )
    # advanced-alchemy replaces the session class it is given, so we listen on the one that it really uses.
    maker = cast("async_sessionmaker[AsyncSession]", config.create_session_maker())
    real = cast("type[Session]", maker.kw["sync_session_class"])
    event.listen(real, "after_begin", _bind)
    event.listen(real, "before_flush", _stamp)
    event.listen(real, "do_orm_execute", _prune)
    return config


def _bind(session: Session, transaction: Any, connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's event signature
    if not transaction.nested and FORCE in session.info:
        connection.execute(_BIND, {"force": str(session.info[FORCE])})


def _stamp(session: Session, _context: object, _instances: object) -> None:
    for row in session.new:
        if isinstance(row, ForceTable):
            row.force_id = session.info[FORCE]  # KeyError: no force is bound, so nothing of a force may be written


def _prune(state: ORMExecuteState) -> None:
    force = state.session.info.get(FORCE)
    if force is None or state.is_column_load or state.is_relationship_load:
        return
    if state.is_select or state.is_update or state.is_delete:
        state.statement = state.statement.options(
            with_loader_criteria(ForceTable, lambda table: table.force_id == force, include_aliases=True),
        )
