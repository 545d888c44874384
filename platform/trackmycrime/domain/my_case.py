"""My case so far: all that a victim may see of a case, to take with them. For somebody at risk it is hidden until they choose."""

from datetime import datetime

from msgspec import Struct

from trackmycrime.domain import audit, people, property
from trackmycrime.domain.cases import Case, authors, progress, timeline
from trackmycrime.domain.cases.progress import Progress
from trackmycrime.domain.cases.timeline import Entry, EntryKind
from trackmycrime.domain.people import Risk
from trackmycrime.domain.property import Item
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _, language
from trackmycrime.store import my_case as rows
from trackmycrime.tx import ForceTx


class EntryCopy(Struct, frozen=True):
    """Something said on the case. `author` is empty where nobody wrote it, and for what the reader wrote (`mine`)."""

    at: datetime
    kind: EntryKind
    author: str
    mine: bool
    language: str
    text: str


class CaseCopy(Struct, frozen=True):
    """All that a victim may see of a case, as of `made_at`; empty or None where there is nothing, or the force shows nothing."""

    made_at: datetime
    force: str
    reference: str
    offence: str
    reported_at: datetime | None
    closed_at: datetime | None
    officer: str
    unit: str
    next_update_by: datetime | None
    progress: Progress | None
    property: list[Item]
    entries: list[EntryCopy]


class Choice(Struct, frozen=True):
    """Whether copies are shown to this person, and whether that is theirs to choose."""

    shown: bool
    theirs: bool


async def choice(tx: ForceTx) -> Choice:
    """Return whether this victim is shown copies: always, unless they are at risk, or nobody knows."""
    person = (await people.by_id(tx, [tx.actor.id]))[tx.actor.id]
    if (await people.risks(tx, [person]))[person.id] is Risk.NONE:
        return Choice(shown=True, theirs=False)
    return Choice(shown=await rows.is_shown(tx, person.id), theirs=True)


async def choose(tx: ForceTx, *, shown: bool) -> None:
    """Write what somebody at risk chose. For everybody else there is nothing to choose."""
    if (await choice(tx)).theirs:
        await rows.show(tx, tx.actor.id, shown=shown)
        await audit.record(tx, "copies.shown" if shown else "copies.hidden", subject_id=tx.actor.id)


async def require_shown(tx: ForceTx) -> None:
    """Raise NotFound where copies are hidden: as for a page that does not exist."""
    if not (await choice(tx)).shown:
        raise NotFound(_("Page not found"))


async def take(tx: ForceTx, case: Case) -> CaseCopy:
    """Return a copy of a case that this victim was shown; that it was taken is recorded. Raises NotFound where it is hidden."""
    await require_shown(tx)
    await audit.record(tx, "case.copied", subject_id=case.id, case_id=case.id)
    return await copied(tx, case)


async def copied(tx: ForceTx, case: Case) -> CaseCopy:
    """Return all that this victim may see of a case, from where their pages have it."""
    force = configuration(tx)
    return CaseCopy(
        made_at=now(),
        force=force.name_in(language()),
        reference=case.reference,
        offence=case.offence_group,
        reported_at=case.reported_at,
        closed_at=case.closed_at,
        officer=authors.officer(force, case.officer) if case.officer else "",
        unit=case.officer.unit if case.officer else "",
        next_update_by=case.due_at,
        progress=await progress.of(tx, case) if force.has(Feature.JOURNEY) else None,
        property=await property.on_case(tx, case.id) if force.has(Feature.PROPERTY_PAGE) else [],
        entries=[_entry(tx, case, entry) for entry in reversed(await timeline.whole(tx, case))],
    )


def _entry(tx: ForceTx, case: Case, entry: Entry) -> EntryCopy:
    mine = entry.author_id == tx.actor.id
    nobody = mine or entry.kind is EntryKind.NOTICE
    author = "" if nobody else authors.author(configuration(tx), case, entry.author_id, entry.author_name)
    return EntryCopy(entry.happened_at, entry.kind, author, mine, entry.language, entry.text)
