"""The only door to the database.

Whoever wants data says first whose it is: a ForceTx sees one force and no other, a NationalTx sees the national tables and
no victim's data. PostgreSQL holds both to it by row-level security and by grants; this module binds the force to the
transaction, in one place, and lets nobody forget it.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from advanced_alchemy.config import AsyncSessionConfig, EngineConfig, SQLAlchemyAsyncConfig
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from trackmycrime.kit.actor import Actor
from trackmycrime.tx.announcements import Announcements
from trackmycrime.tx.connections import Connections, Driver
from trackmycrime.tx.pinned import Pinned
from trackmycrime.tx.transactions import ForceRef, ForceTx, NationalTx, Tx

__all__ = ["Database", "ForceDoor", "ForceRef", "ForceTx", "NationalDoor", "NationalTx", "Pinned"]

_BEGIN = text("select 1")  # the driver's transaction begins with the first statement
_NATIONAL = 2  # connections: the registry is read now and then, and operators are few


@dataclass(frozen=True, slots=True)
class ForceDoor:
    """The way into one force's data, for whoever needs more than one transaction."""

    database: "Database"
    force: ForceRef

    def begin(self, actor: Actor) -> ForceTx:
        """Return a transaction bound to this force; the caller commits and closes it."""
        return ForceTx(actor, self.database.connections(), force=self.force)

    @asynccontextmanager
    async def open(self, actor: Actor) -> AsyncGenerator[ForceTx]:
        """Open a transaction that commits at a clean end and is undone otherwise."""
        tx = self.begin(actor)
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
        try:
            session, driver = await _begun(self.database.session(self.role))
        except DBAPIError as lost:
            # The database was restarted: every pooled connection is stale, and nothing has been done yet. Once more, then.
            if not lost.connection_invalidated:
                raise
            session, driver = await _begun(self.database.session(self.role))
        return NationalTx(actor, session, driver)

    @asynccontextmanager
    async def open(self, actor: Actor) -> AsyncGenerator[NationalTx]:
        """Open a transaction that commits at a clean end and is undone otherwise."""
        tx = await self.begin(actor)
        async with _ending(tx):
            yield tx


@asynccontextmanager
async def _ending(tx: Tx) -> AsyncGenerator[None]:
    try:
        yield
        await tx.commit()
    finally:
        await tx.close()


async def _begun(session: AsyncSession) -> tuple[AsyncSession, Driver]:
    try:
        connection = await session.connection()
        await connection.execute(_BEGIN)
        return session, cast("Driver", (await connection.get_raw_connection()).driver_connection)
    except BaseException:
        await session.close()
        raise


class Database:
    """The connections of the roles that this process may use, made when first asked for."""

    def __init__(
        self,
        urls: Callable[[str], str],
        *,
        wake: Callable[[ForceRef, tuple[str, ...]], None] | None = None,
        pool: int = 16,
    ) -> None:
        self._urls, self._pool = urls, pool
        self._configs: dict[str, SQLAlchemyAsyncConfig] = {}
        self._connections: Connections | None = None
        self._announcements: dict[str, Announcements] = {}
        self.wake: Callable[[ForceRef, tuple[str, ...]], None] = wake or _nobody

    def force(self, force: ForceRef) -> ForceDoor:
        """Return the door to one force."""
        return ForceDoor(self, force)

    def national(self, role: str) -> NationalDoor:
        """Return the door to the national tables for a role."""
        return NationalDoor(self, role)

    def connections(self) -> Connections:
        """Return the connections to the forces' data; only the doors ask for them."""
        if self._connections is None:
            self._connections = Connections(self._urls("app"), self._pool)
        return self._connections

    def session(self, role: str) -> AsyncSession:
        """Return a new session of a role on the national tables; only the doors ask for it."""
        if role not in self._configs:
            self._configs[role] = _config(self._urls(role))
        return self._configs[role].create_session_maker()()

    def listen(self, channel: str, told: Callable[[], None]) -> None:
        """Call `told` whenever the database announces something on a channel, from now on; once is enough."""
        if channel not in self._announcements:
            self._announcements[channel] = Announcements(self._urls("app"), channel, told)

    async def close(self) -> None:
        """Close every connection."""
        while self._announcements:
            await self._announcements.popitem()[1].stop()
        if self._connections is not None:
            await self._connections.close()
        for config in self._configs.values():
            await config.get_engine().dispose()


def _nobody(_force: ForceRef, _jobs: tuple[str, ...]) -> None:
    """Wake nobody: the clock finds the work."""


def _config(url: str) -> SQLAlchemyAsyncConfig:
    return SQLAlchemyAsyncConfig(
        connection_string=url.replace("postgresql://", "postgresql+asyncpg://", 1),
        session_config=AsyncSessionConfig(expire_on_commit=False, autoflush=False),
        engine_config=EngineConfig(hide_parameters=True, pool_size=_NATIONAL, max_overflow=_NATIONAL),
    )
