"""What victims write to the force: messages, and asking for an update."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import structs

from trackmycrime.domain import feed, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases import Case
from trackmycrime.domain.cases.timeline import Draft, EntryKind, say
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.messages import danger
from trackmycrime.domain.messages.danger import MayBeDanger
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.domain.tenancy.routing import Destination, destination
from trackmycrime.domain.updates import clean
from trackmycrime.kit.errors import Conflict, NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _, language
from trackmycrime.store.cases import drafts
from trackmycrime.tx import ForceTx

DANGER = "danger"  # why a task is urgent, by name


class CaseClosed(Conflict):
    """A closed case takes no more messages; the words say what to do instead."""

    def __init__(self) -> None:
        super().__init__(
            _("This case is closed, so you cannot send messages about it. Call us if something has changed.")
        )


def require_open(tx: ForceTx, case: Case) -> None:
    """Raise NotFound where the force does not take messages, and CaseClosed on a closed case."""
    if not configuration(tx).has(Feature.TWO_WAY_MESSAGING):
        raise NotFound(_("Page not found"))
    if case.closed:
        raise CaseClosed


async def send(tx: ForceTx, case: Case, text: str, *, once: str = "", warned: bool = False) -> UUID:
    """Send a victim's message about a case of theirs to the force: it waits in the hub's inbox, and the force's systems are told.

    Words that suggest danger raise MayBeDanger until their writer was `warned`; then they are sent, and come first in the
    inbox. Raises NotFound where the force does not take messages, CaseClosed, Invalid for an empty or too long text, and
    SaidAlready when the same form (`once`) said it before.
    """
    require_open(tx, case)
    told = clean(text, "message")
    why = (DANGER,) if danger.suggested(told) else ()
    if why and not warned:
        raise MayBeDanger
    entry_id = await from_victim(tx, case, told, TaskKind.MESSAGE, once, why=why)
    await drafts.forget(tx, case.id, tx.actor.id)
    return entry_id


async def ask_for_update(tx: ForceTx, case: Case, *, once: str = "") -> None:
    """Ask the force for an update; asking again while nobody has answered changes nothing. Raises SaidAlready."""
    if not await tasks.waits_for(tx, TaskKind.UPDATE_REQUEST, case.id):
        text = _("I would like an update on my case, please.")
        await from_victim(tx, case, text, TaskKind.UPDATE_REQUEST, once)


def reader(tx: ForceTx, case: Case) -> Destination:
    """Return who reads first what its victim writes about a case now: what they are told, and where it then goes."""
    return destination(configuration(tx), case.offence_group, case.area, now())


async def from_victim(
    tx: ForceTx, case: Case, text: str, kind: TaskKind, once: str, *, why: Sequence[str] = ()
) -> UUID:
    """Write what a victim says, and enter it for whoever reads it first: urgent with a reason `why`. Raises SaidAlready."""
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
    task = tasks.new(kind, case_id=case.id, person_id=tx.actor.id, entry_id=entry_id, why=why, urgent=bool(why))
    to = reader(tx, case)
    task = structs.replace(task, unit=to.unit, silent_at=to.silent_at)
    await tasks.enter(tx, [task], after=[Deed(f"{kind}.sent", entry_id, case.id)])
    detail: dict[str, object] = {"urgent": True} if why else {}
    await feed.tell(tx, [Fact(f"{kind}.sent", case.id, tx.actor.id, entry_id, detail=detail)])
    return entry_id
