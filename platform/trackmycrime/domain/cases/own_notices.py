"""Telling somebody what happened to their own account: on their case, to them alone, with a word that there is something new."""

from uuid import UUID

from trackmycrime.domain import notifications
from trackmycrime.domain.cases import timeline
from trackmycrime.domain.cases.access import seen_by_actor
from trackmycrime.domain.cases.timeline import Draft, EntryKind
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.time import now
from trackmycrime.tx import ForceTx


async def tell(tx: ForceTx, case_id: UUID, topic: str, *, what: str = "", person_id: UUID | None = None) -> None:
    """Say something of ours (notices.said) on a case that this actor sees; to the actor, unless it is to `person_id`."""
    case, to = await seen_by_actor(tx, case_id), person_id or tx.actor.id
    draft = Draft(
        kind=EntryKind.NOTICE,
        text=what,
        topic=topic,
        to=(to,),
        author_kind=Kind.SERVICE,
        happened_at=now(),
    )
    await timeline.say(tx, case, draft)
    await notifications.news(tx, {case_id: [to]})
