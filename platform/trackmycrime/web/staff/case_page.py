"""The page of a case that was opened: danger first, then what waits, what to say, and all that was said."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct, structs

from trackmycrime.domain import cases, messages, property, tasks
from trackmycrime.domain.cases import Case, hearings, parties, sides, timeline
from trackmycrime.domain.cases.timeline import Audience, Entry, EntryKind
from trackmycrime.domain.property import Item
from trackmycrime.domain.tasks import ANSWERED_BY_REPLY, Task
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.time import LONDON
from trackmycrime.kit.words import ENGLISH, WELSH, _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import update_events
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.dates import day, day_line
from trackmycrime.web.common.frame import CaseBar, Form
from trackmycrime.web.common.timeline import EntryLine
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.staff import desk, party_lines, task_lines
from trackmycrime.web.staff.party_lines import Danger, PartyLine
from trackmycrime.web.staff.task_lines import TaskLine

_EMPTY = Form({}, {})


class Filled(Struct, frozen=True):
    """What was filled in on the page's forms, and what is wrong with it."""

    update: Form = _EMPTY
    reply: Form = _EMPTY
    forward: Form = _EMPTY

    def errors(self) -> dict[str, str]:
        """Return everything that is wrong, in the order of the page."""
        return self.forward.errors | self.reply.errors | self.update.errors


class ItemLine(Struct, frozen=True):
    """A piece of property."""

    what: str
    details: str
    status: str


class HearingLine(Struct, frozen=True):
    """A court hearing."""

    court: str
    kind: str
    at: datetime


class CasePage(Struct, frozen=True):
    """All that the page shows.

    An update can begin with one of `beginnings`, which are pairs of what it is about and its words. `languages` are those
    that it can be in, empty where there is one. `questions` wait for a reply, `tasks` for something else. `choices` are pairs of an id and a name, empty when there is
    only one to write to.
    """

    done: str
    href: str
    offence: str
    dangers: tuple[Danger, ...]
    questions: tuple[TaskLine, ...]
    tasks: tuple[TaskLine, ...]
    colleagues: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]
    hears: tuple[str, ...]
    can_reply: bool
    beginnings: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    filled: Filled
    entries: tuple[EntryLine, ...]
    newer_href: str
    older_href: str
    officer: str
    unit: str
    reported: date | None
    parties: tuple[PartyLine, ...]
    property: tuple[ItemLine, ...]
    hearings: tuple[HearingLine, ...]


async def show(
    tx: ForceTx,
    visit: Visit,
    case_id: UUID,
    filled: Filled = Filled(),  # noqa: B008 - it is frozen
    *,
    number: int = 1,
    status: int = 200,
    done: str = "",
) -> Page:
    """Show a case to a member of staff, and record that it was read."""
    case = await cases.read_by_staff(tx, case_id)
    shown = await _page(tx, visit, case, filled, number, done)
    frame = await desk.frame(tx, visit, desk.CASES, case_bar=_bar(case))
    return page("staff/cases/show.html", frame, status=status, page=shown)


async def show_again(tx: ForceTx, visit: Visit, case_id: UUID, filled: Filled, refusal: Refusal) -> Page:
    """Show the case with what is wrong. What was refused is undone, but that the case was read again stays recorded."""
    await tx.close()
    async with visit.door.open(visit.actor) as reading:
        return await show(reading, visit, case_id, filled, status=refusal.status)


async def _page(tx: ForceTx, visit: Visit, case: Case, filled: Filled, number: int, done: str) -> CasePage:
    found = await parties.on_case(tx, case)
    names = {party.id: party.name for party in found}
    waiting = await tasks.on_case(tx, case.id)
    said = await timeline.page(tx, case, number=number)
    items = await property.on_case(tx, case.id) if visit.site.has(Feature.PROPERTY_PAGE) else []
    href = f"{desk.CASES}/{case.id}?page="
    return CasePage(
        done=done,
        href=f"{desk.CASES}/{case.id}",
        offence=case.offence_title,
        dangers=party_lines.dangers(found),
        questions=tuple(_task(tx, task, names) for task in waiting if task.kind in ANSWERED_BY_REPLY),
        tasks=tuple(_task(tx, task, names) for task in waiting if task.kind not in ANSWERED_BY_REPLY),
        colleagues=await _colleagues(tx, case),
        choices=party_lines.choices(found, await sides.on_case(tx, case.id)),
        hears=party_lines.hears(found),
        beginnings=_beginnings(visit.site),
        languages=_languages(visit.site),
        can_reply=await messages.answerable(tx, case.id),
        filled=_preselected(_in_english(filled), waiting),
        entries=tuple(_entry(tx, entry, names) for entry in said.entries),
        newer_href=f"{href}{number - 1}" if number > 1 else "",
        older_href=f"{href}{number + 1}" if said.more else "",
        officer=f"{case.officer.name} ({case.officer.collar_number})" if case.officer else _("No officer yet"),
        unit=case.officer.unit if case.officer else "",
        reported=case.reported_at.astimezone(LONDON).date() if case.reported_at else None,
        parties=tuple(party_lines.line(party, names, f"{desk.CASES}/{case.id}") for party in found),
        property=tuple(map(_item, items)),
        hearings=tuple(HearingLine(h.court, h.hearing_type, h.at) for h in await hearings.on_case(tx, case)),
    )


def _beginnings(force: Force) -> tuple[tuple[str, str], ...]:
    named = update_events.events().items()
    english = tuple((f"{event}.{ENGLISH}", name) for event, name in named)
    if not force.has(Feature.WELSH):
        return (("", _("Choose a text")), *english)
    welsh = tuple((f"{event}.{WELSH}", _("%(event)s, in Welsh", event=name)) for event, name in named)
    return (("", _("Choose a text")), *english, *welsh)


def _languages(force: Force) -> tuple[tuple[str, str], ...]:
    return ((ENGLISH, _("English")), (WELSH, _("Welsh"))) if force.has(Feature.WELSH) else ()


def _bar(case: Case) -> CaseBar:
    due = None if case.closed else day_line(case.due_at)
    status = desk.status(case.stage, case.outcome, closed=case.closed)
    return CaseBar(desk.offence(case.offence_group), case.reference, status, due)


def _task(tx: ForceTx, task: Task, names: Mapping[UUID, str]) -> TaskLine:
    who = names.get(task.person_id, "") if task.person_id else ""
    return task_lines.line(task, tx.actor, who=who, whole=True)


async def _colleagues(tx: ForceTx, case: Case) -> tuple[tuple[str, str], ...]:
    """Return to whom something can be forwarded: the officer in the case first, never oneself."""
    found = [row for row in await tasks.workers(tx) if row.id != tx.actor.id]
    found.sort(key=lambda row: case.officer is None or row.id != case.officer.id)
    return tuple((str(row.id), row.name) for row in found)


def _in_english(filled: Filled) -> Filled:
    """Take an update for English unless something else was chosen."""
    if filled.update.values.get("update_language"):
        return filled
    return structs.replace(
        filled, update=Form(filled.update.values | {"update_language": ENGLISH}, filled.update.errors)
    )


def _preselected(filled: Filled, waiting: Sequence[Task]) -> Filled:
    """Answer whoever waits for an answer, unless something else was chosen."""
    waits = [str(task.person_id) for task in waiting if task.kind in ANSWERED_BY_REPLY]
    if filled.reply.values or len(set(waits)) != 1:
        return filled
    return Filled(filled.update, Form({"reply_to": waits[0]}, filled.reply.errors), filled.forward)


def _entry(tx: ForceTx, entry: Entry, names: Mapping[UUID, str]) -> EntryLine:
    mine = entry.author_kind == Kind.STAFF and entry.author_id == tx.actor.id
    notice = entry.kind is EntryKind.NOTICE
    kind = "sent" if mine else "system" if notice else "officer"
    foot = " ".join(filter(None, (_for_whom(entry, names), _receipt(entry))))
    who = entry.text if notice else _author(entry, names)
    body = "" if notice else entry.text
    return EntryLine(str(entry.id), kind, who, entry.happened_at, body, entry.language, entry.unread, foot)


def _author(entry: Entry, names: Mapping[UUID, str]) -> str:
    if entry.author_kind == Kind.VICTIM and entry.author_id:
        return names.get(entry.author_id, _("The victim"))
    return entry.author_name or _("From the record system")


def _for_whom(entry: Entry, names: Mapping[UUID, str]) -> str:
    if entry.author_kind == Kind.VICTIM:
        return ""
    if entry.audience is Audience.STAFF:
        return _("For staff only.")
    if entry.audience is Audience.EVERYONE:
        return _("For everyone on this case.")
    known = [names[person] for person in entry.to if person in names]
    return _("For %(names)s.", names=_(" and ").join(known)) if known else ""


def _receipt(entry: Entry) -> str:
    if entry.author_kind == Kind.VICTIM or entry.audience is Audience.STAFF:
        return ""
    return _("Read on %(when)s.", when=day(entry.read_at)) if entry.read_at else _("Not read yet.")


def _item(item: Item) -> ItemLine:
    what = item.description
    details = ", ".join(filter(None, (what.make, what.model, what.serial)))
    words = {"missing": _("Missing"), "damaged": _("Damaged"), "recovered": _("Recovered")}
    return ItemLine(what.description, details, words[item.status])
