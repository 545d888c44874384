"""Messages: the first page after signing in. What is new, can I answer, what came before."""

from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import messages
from trackmycrime.domain.cases import Case, Officer, authors, timeline
from trackmycrime.domain.cases.timeline import Entry, EntryKind, SaidAlready
from trackmycrime.domain.tenancy.configuration import OfficerStyle
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.time import LONDON, today
from trackmycrime.kit.words import _, language, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, go, page, page_with_holes, refused
from trackmycrime.web.common.dates import day
from trackmycrime.web.common.frame import Form, Link
from trackmycrime.web.common.holes import Holes
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.timeline import EntryLine, OfficerLine
from trackmycrime.web.common.timeline import timeline as draw_timeline
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim import closed, desk
from trackmycrime.web.victim.closed import ClosedPart


class MessagesPage(Struct, frozen=True):
    """All that the page shows but the form; timelines are drawn already, `due` is in words and "" for no promise."""

    new: str
    number_new: int
    latest: str
    earlier: str
    older_href: str
    officer: OfficerLine | None
    can_write: bool
    who_reads: str
    due: str
    due_passed: bool
    phone: str
    urgent: str
    sent: str
    support: tuple[Link, ...]
    closed: ClosedPart | None


class CallPage(Struct, frozen=True):
    """All that the page for asking for a call shows."""

    form: Form
    phone: str


class MessagesController(Controller):
    """A victim's messages."""

    path = "/messages"

    @get(opt={"permission": Permission.MESSAGE_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is new, and what came before."""
        number = request.query_params.get("page", "1")
        sent = _confirmation(request.query_params.get("done", ""))
        return await _shown(tx, visit, Form({}, {}), number=int(number) if number.isdecimal() else 1, sent=sent)

    @post(opt={"permission": Permission.MESSAGE_SEND})
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Redirect | Page:
        """Send a message."""
        visit.site.need(Feature.TWO_WAY_MESSAGING)
        case = desk.own_case(visit)
        try:
            with suppress(SaidAlready):
                await messages.send(tx, case, form.get("message", ""), once=form.get("once", ""))
        except Refusal as refusal:
            return await _shown(tx, visit, refused(form, refusal), status=refusal.status)
        return go("/messages?done=message")

    @post("/update-requests", opt={"permission": Permission.MESSAGE_SEND})
    async def ask_for_update(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Redirect:
        """Ask for an update."""
        case = desk.own_case(visit)
        with suppress(SaidAlready):
            await messages.ask_for_update(tx, case, once=form.get("once", ""))
        return go("/messages?done=update")

    @get("/call-requests", opt={"permission": Permission.MESSAGE_SEND})
    async def call_form(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the form for asking for a call."""
        return await _call_form(tx, visit, Form({}, {}))

    @post("/call-requests", opt={"permission": Permission.MESSAGE_SEND})
    async def ask_for_call(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Redirect | Page:
        """Ask for a call at a safe time."""
        case = desk.own_case(visit)
        try:
            with suppress(SaidAlready):
                await messages.ask_for_call(tx, case, form.get("when", ""), once=form.get("once", ""))
        except Refusal as refusal:
            return await _call_form(tx, visit, refused(form, refusal), status=refusal.status)
        return go("/messages?done=call")


async def _call_form(tx: ForceTx, visit: Visit, form: Form, *, status: int = 200) -> Page:
    case = desk.own_case(visit)
    frame = desk.frame(tx, visit, case, "/messages")
    return page("victim/messages/call.html", frame, status=status, page=CallPage(form, frames.phone(visit)))


async def _shown(tx: ForceTx, visit: Visit, form: Form, *, number: int = 1, status: int = 200, sent: str = "") -> Page:
    case = desk.own_case(visit)
    entries, more = await timeline.page(tx, case, number=number)
    force, reader = visit.site, visit.actor.id
    lines = [_line(force, case, entry, mine=entry.author_id == reader) for entry in entries]
    holes = Holes()
    shown = _page(force, case, holes, lines)
    shown = structs.replace(shown, sent=sent, older_href=f"/messages?page={number + 1}" if more else "")
    frame = desk.frame(tx, visit, case, "/messages", new=shown.number_new, put=holes.put)
    return page_with_holes("victim/messages/index.html", frame, holes, form, status=status, page=shown)


def _page(force: Force, case: Case, holes: Holes, lines: Sequence[EntryLine]) -> MessagesPage:
    new, read = [line for line in lines if line.new], [line for line in lines if not line.new]
    latest, earlier = (read[:0], read) if new else (read[:1], read[1:])
    return MessagesPage(
        new=holes.put(_drawn(new)),
        number_new=len(new),
        latest=holes.put(_drawn(latest)),
        earlier=holes.put(_drawn(earlier)),
        older_href="",
        officer=_officer_line(force, case.officer, holes),
        can_write=force.has(Feature.TWO_WAY_MESSAGING) and not case.closed,
        who_reads=_who_reads(force),
        due=holes.put(day(case.due_at) if case.due_at else ""),
        due_passed=bool(case.due_at and case.due_at.astimezone(LONDON).date() < today()),
        phone=force.configuration.contact.non_emergency,
        urgent=_("Messages here are not read 24 hours a day."),
        sent="",
        support=_support(language()),
        closed=closed.part(case, holes.put),
    )


@lru_cache
def _support(_language: str) -> tuple[Link, ...]:
    return (
        Link(_("Talk to someone who can help"), "/support"),
        Link(_("Stay safe when you use this service"), "/help"),
    )


def _drawn(lines: Sequence[EntryLine]) -> str:
    return draw_timeline(lines, language()) if lines else ""


def _confirmation(done: str) -> str:
    return {
        "message": _("Your message has been sent"),
        "update": _("You have asked for an update"),
        "call": _("You have asked us to call you"),
    }.get(done, "")


def _line(force: Force, case: Case, entry: Entry, *, mine: bool) -> EntryLine:
    kind = "sent" if mine else "system" if entry.kind is EntryKind.NOTICE else "officer"
    body = "" if kind == "system" else entry.text
    who = (
        entry.text
        if kind == "system"
        else _("You")
        if mine
        else authors.author(force.configuration, case, entry.author_id, entry.author_name)
    )
    foot = _read_foot(force, entry) if mine else ""
    return EntryLine(str(entry.id), kind, who, entry.happened_at, body, entry.language, entry.unread, foot)


def _read_foot(force: Force, entry: Entry) -> str:
    if entry.read_at is None:
        return _("Not read yet")
    named = force.configuration.officers is OfficerStyle.NAME
    reader = entry.read_by if named and entry.read_by else force.name
    return _("Read by %(who)s on %(when)s", who=reader, when=day(entry.read_at))


def _officer_line(force: Force, officer: Officer | None, holes: Holes) -> OfficerLine | None:
    return (
        OfficerLine(holes.put(authors.officer(force.configuration, officer)), holes.put(officer.unit))
        if officer
        else None
    )


def _who_reads(force: Force) -> str:
    routing = force.configuration.routing
    return _promised(routing.contact_team_in(language()), routing.reply_working_days, language())


@lru_cache(maxsize=1000)
def _promised(team: str, days: int, _language: str) -> str:
    first = _("The %(team)s reads your message first, then your officer.", team=team)
    aim = ngettext("We aim to reply within %(num)s working day.", "We aim to reply within %(num)s working days.", days)
    return f"{first} {aim}"
