"""National operators: national tables, through advanced-alchemy's repositories where no window is counted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from advanced_alchemy.repository import SQLAlchemyAsyncRepository
from msgspec import Struct
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from trackmycrime.kit import ids
from trackmycrime.kit.time import now
from trackmycrime.store.tables import Operator, OperatorFailure, OperatorSession
from trackmycrime.tx import NationalTx


class OperatorRow(Struct, frozen=True):
    """An operator."""

    id: UUID
    email: str
    name: str
    password_hash: str | None
    active: bool
    invited_at: datetime


class OperatorSessionRow(Struct, frozen=True):
    """A live session of an operator."""

    id: UUID
    operator_id: UUID
    csrf: str
    seen_at: datetime
    name: str


class Operators(SQLAlchemyAsyncRepository[Operator]):
    """The operators' repository."""

    model_type = Operator


class OperatorSessions(SQLAlchemyAsyncRepository[OperatorSession]):
    """The repository of operators' sessions."""

    model_type = OperatorSession


def _row(operator: Operator) -> OperatorRow:
    return OperatorRow(
        operator.id, operator.email, operator.name, operator.password_hash, operator.active, operator.invited_at
    )


async def all_of_them(tx: NationalTx) -> list[OperatorRow]:
    """Return every operator, by name."""
    return [
        _row(operator) for operator in await Operators(session=tx.session).get_many(order_by=(Operator.name, False))
    ]


async def by_email(tx: NationalTx, email: str) -> OperatorRow | None:
    """Return who has this address (lower case), or None."""
    found = await Operators(session=tx.session).get_one_or_none(email=email)
    return _row(found) if found else None


async def by_id(tx: NationalTx, operator_id: UUID) -> OperatorRow | None:
    """Return an operator, or None."""
    found = await Operators(session=tx.session).get_one_or_none(id=operator_id)
    return _row(found) if found else None


async def by_invite(tx: NationalTx, invite_hash: bytes) -> OperatorRow | None:
    """Return whose registration link this is, or None."""
    found = await Operators(session=tx.session).get_one_or_none(invite_hash=invite_hash)
    return _row(found) if found else None


async def invite(tx: NationalTx, email: str, name: str, invite_hash: bytes) -> UUID:
    """Enter an operator who has yet to choose a password, or give them a new link; return their id."""
    operators, values = Operators(session=tx.session), {"invite_hash": invite_hash, "invited_at": now()}
    known = await operators.get_one_or_none(email=email)
    if known is None:
        return (await operators.add(Operator(email=email, name=name, active=True, **values))).id
    await tx.session.execute(update(Operator).where(Operator.id == known.id).values(**values))
    return known.id


async def set_password(tx: NationalTx, operator_id: UUID, password_hash: str) -> None:
    """Replace a password."""
    await tx.session.execute(update(Operator).where(Operator.id == operator_id).values(password_hash=password_hash))


async def live_session(
    tx: NationalTx, cookie_hash: bytes, idle: timedelta, absolute: timedelta
) -> OperatorSessionRow | None:
    """Return the live session of a cookie, or None."""
    query = (
        select(
            OperatorSession.id,
            OperatorSession.operator_id,
            OperatorSession.csrf,
            OperatorSession.seen_at,
            Operator.name,
        )
        .join(Operator, Operator.id == OperatorSession.operator_id)
        .where(OperatorSession.cookie_hash == cookie_hash, Operator.active)
        .where(OperatorSession.seen_at > func.now() - idle, OperatorSession.created_at > func.now() - absolute)
    )
    row = (await tx.session.execute(query)).first()
    return OperatorSessionRow(*row) if row else None


async def add_session(tx: NationalTx, operator_id: UUID, cookie_hash: bytes, csrf: str) -> None:
    """Begin a session."""
    session = OperatorSession(operator_id=operator_id, cookie_hash=cookie_hash, csrf=csrf)
    await OperatorSessions(session=tx.session).add(session)


async def touch_session(tx: NationalTx, session_id: UUID) -> None:
    """Note that a session is in use."""
    await tx.session.execute(update(OperatorSession).where(OperatorSession.id == session_id).values(seen_at=func.now()))


async def end_session(tx: NationalTx, session_id: UUID) -> None:
    """End one session."""
    await tx.session.execute(delete(OperatorSession).where(OperatorSession.id == session_id))


async def failures(tx: NationalTx, windows: Sequence[tuple[bytes, datetime]]) -> dict[bytes, int]:
    """Return the failed sign-ins of each bucket in its window."""
    query = select(OperatorFailure.bucket, OperatorFailure.window_start, OperatorFailure.failures).where(
        OperatorFailure.bucket.in_([bucket for bucket, _ in windows])
    )
    wanted = set(windows)
    found = await tx.session.execute(query)
    return {bucket: number for bucket, start, number in found if (bucket, start) in wanted}


async def add_failures(tx: NationalTx, windows: Sequence[tuple[bytes, datetime]]) -> None:
    """Count one failure in each bucket."""
    new = insert(OperatorFailure).values(
        [{"id": ids.new(), "bucket": bucket, "window_start": start, "failures": 1} for bucket, start in sorted(windows)]
    )
    key = [OperatorFailure.bucket, OperatorFailure.window_start]
    await tx.session.execute(
        new.on_conflict_do_update(index_elements=key, set_={"failures": OperatorFailure.failures + 1})
    )
