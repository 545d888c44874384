"""What victims write, and what the force answers."""

from uuid import UUID

from trackmycrime.domain import audit, cases, feed, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases import Case
from trackmycrime.domain.cases.sides import addressed, on_case
from trackmycrime.domain.cases.timeline import Draft, EntryKind, say
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.domain.updates import clean, tell
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _, language
from trackmycrime.tx import ForceTx


class CaseClosed(Conflict):
    """A closed case takes no more messages; the words say what to do instead."""

    def __init__(self) -> None:
        super().__init__(
            _("This case is closed, so you cannot send messages about it. Call us if something has changed.")
        )


async def send(tx: ForceTx, case: Case, text: str, *, once: str = "") -> UUID:
    """Send a victim's message about a case of theirs to the force: it waits in the hub's inbox, and the force's systems are told.

    Raises NotFound where the force does not take messages, CaseClosed, Invalid for an empty or too long text, and
    SaidAlready when the same form (`once`) said it before.
    """
    if not configuration(tx).has(Feature.TWO_WAY_MESSAGING):
        raise NotFound(_("Page not found"))
    if case.closed:
        raise CaseClosed
    return await _from_victim(tx, case, clean(text, "message"), TaskKind.MESSAGE, once)


async def ask_for_update(tx: ForceTx, case: Case, *, once: str = "") -> None:
    """Ask the force for an update; asking again while nobody has answered changes nothing. Raises SaidAlready."""
    if not await tasks.waits_for(tx, TaskKind.UPDATE_REQUEST, case.id):
        text = _("I would like an update on my case, please.")
        await _from_victim(tx, case, text, TaskKind.UPDATE_REQUEST, once)


async def ask_for_call(tx: ForceTx, case: Case, when: str, *, once: str = "") -> UUID:
    """Ask the force to call at a time when it is safe to speak. Raises Invalid when no time is given, and SaidAlready."""
    told = when.strip()
    if not told:
        raise Invalid({"when": _("Tell us when it is safe to call you")})
    text = _("Please call me. It is safe to call: %(when)s", when=clean(told, "when"))
    return await _from_victim(tx, case, text, TaskKind.CALL_REQUEST, once)


async def _from_victim(tx: ForceTx, case: Case, text: str, kind: TaskKind, once: str) -> UUID:
    draft = Draft(
        kind=EntryKind.MESSAGE,
        topic=kind,
        text=text,
        to=(tx.actor.id,),
        author_kind=tx.actor.kind,
        author_id=tx.actor.id,
        language=language(),
        happened_at=now(),
    )
    entry_id = await say(tx, case, draft, once=once)
    task = tasks.new(kind, case_id=case.id, person_id=tx.actor.id, entry_id=entry_id)
    await tasks.enter(tx, [task], after=[Deed(f"{kind}.sent", entry_id, case.id)])
    await feed.tell(tx, [Fact(f"{kind}.sent", case.id, tx.actor.id, entry_id)])
    return entry_id


async def reply(tx: ForceTx, case_id: UUID, text: str, *, to: UUID | None = None, once: str = "") -> UUID:
    """Answer `to` (or the only victim); what they waited for is answered, and the next date is counted anew.

    Raises Invalid for an empty or too long text, or when a case with several victims has nobody chosen, and
    SaidAlready when the same form (`once`) said it before.
    """
    case = await cases.seen_by_actor(tx, case_id)
    if not await answerable(tx, case.id):
        raise NotFound(_("Page not found"))
    told = clean(text, "reply")
    recipients = await _recipients(tx, case, to)
    entry_id = await tell(tx, case, EntryKind.REPLY, told, recipients, once=once)
    await tasks.answered(tx, case.id, recipients)
    await audit.record(tx, "reply.sent", subject_id=entry_id, case_id=case.id)
    return entry_id


async def answerable(tx: ForceTx, case_id: UUID) -> bool:
    """Say whether staff can answer on a case: where victims can write, and where something waits for an answer."""
    if configuration(tx).has(Feature.TWO_WAY_MESSAGING):
        return True
    return any(task.kind in tasks.ANSWERED_BY_REPLY for task in await tasks.on_case(tx, case_id))


async def _recipients(tx: ForceTx, case: Case, to: UUID | None) -> list[UUID]:
    found = addressed(await on_case(tx, case.id), [to] if to else ())
    if found is None:
        raise Invalid({"to": _("Choose whom you are answering")})
    return found
