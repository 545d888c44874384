"""What the force answers to a victim."""

from uuid import UUID

from trackmycrime.domain import audit, cases, tasks
from trackmycrime.domain.cases import Case
from trackmycrime.domain.cases.sides import addressed, on_case
from trackmycrime.domain.cases.timeline import EntryKind
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.domain.updates import clean, tell
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx


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
