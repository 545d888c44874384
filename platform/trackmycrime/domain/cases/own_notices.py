"""Telling somebody what happened to their own account: on their case, to them alone, with a word that there is something new."""

from uuid import UUID

from trackmycrime.domain import notifications
from trackmycrime.domain.cases import timeline
from trackmycrime.domain.cases.access import seen_by_actor
from trackmycrime.domain.cases.timeline import Draft, EntryKind
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.time import now
from trackmycrime.tx import ForceTx


async def tell_owner(tx: ForceTx, session: Session, topic: str, *, what: str = "") -> None:
    """Say something of ours (notices.said) to whoever is signed in, on the case that they look at; nowhere if there is none."""
    if session.followed is not None:
        await tell(tx, session.followed.id, topic, what=what)


async def tell(tx: ForceTx, case_id: UUID, topic: str, *, what: str = "", person_id: UUID | None = None) -> None:
    """Say something of ours on a case that this actor sees; to the actor, unless it is to `person_id`."""
    to = person_id or tx.actor.id
    await say(tx, case_id, topic, to, what=what)
    await notifications.news(tx, {case_id: [to]})


async def say(tx: ForceTx, case_id: UUID, topic: str, to: UUID, *, what: str = "") -> None:
    """Say something of ours on a case, without a word of it anywhere else."""
    draft = Draft(
        kind=EntryKind.NOTICE,
        text=what,
        topic=topic,
        to=(to,),
        author_kind=Kind.SERVICE,
        happened_at=now(),
    )
    await timeline.say(tx, await seen_by_actor(tx, case_id), draft)
