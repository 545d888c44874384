"""The national audit: what operators did."""

from datetime import datetime
from uuid import UUID

from advanced_alchemy.repository import SQLAlchemyAsyncRepository
from msgspec import Struct
from sqlalchemy import select

from trackmycrime.store.tables import NationalAudit
from trackmycrime.tx import NationalTx


class NationalDeed(Struct, frozen=True):
    """What an operator did."""

    at: datetime
    actor_id: UUID
    what: str
    subject: str


class NationalAudits(SQLAlchemyAsyncRepository[NationalAudit]):
    """The national audit's repository."""

    model_type = NationalAudit


async def add(tx: NationalTx, what: str, subject: str, detail: dict[str, object]) -> None:
    """Record a deed of this transaction's actor."""
    row = NationalAudit(actor_kind=tx.actor.kind, actor_id=tx.actor.id, what=what, subject=subject, detail=detail)
    await NationalAudits(session=tx.session).add(row)


async def newest(tx: NationalTx, limit: int) -> list[NationalDeed]:
    """Return the newest deeds, newest first."""
    columns = (NationalAudit.at, NationalAudit.actor_id, NationalAudit.what, NationalAudit.subject)
    found = await tx.session.execute(select(*columns).order_by(NationalAudit.at.desc()).limit(limit))
    return [NationalDeed(*row) for row in found]
