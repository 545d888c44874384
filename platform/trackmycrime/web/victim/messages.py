"""Messages: the first page after signing in. What is new, can I answer, what came before."""

from collections.abc import Sequence
from contextlib import suppress

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import messages
from trackmycrime.domain.cases import Case, authors, timeline
from trackmycrime.domain.cases.timeline import Entry, EntryKind, SaidAlready
from trackmycrime.domain.identity import roster
from trackmycrime.domain.messages import MayBeDanger
from trackmycrime.domain.tenancy.configuration import OfficerStyle
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.domain.tenancy.routing import Destination
from trackmycrime.domain.tenancy.wording import Told, spoken
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.time import LONDON, today
from trackmycrime.kit.words import _, kept, language, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go, page_with_holes, refused
from trackmycrime.web.common.dates import coming, day
from trackmycrime.web.common.fields import uuid_or_none
from trackmycrime.web.common.frame import Form, Link
from trackmycrime.web.common.gate import CSRF_FIELD
from trackmycrime.web.common.holes import NOTHING, Holes
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.readers import away, who_reads
from trackmycrime.web.common.timeline import EntryLine, OfficerLine
from trackmycrime.web.common.timeline import timeline as draw_timeline
from trackmycrime.web.common.visit import SESSION_COOKIE, AnyRequest, Visit
from trackmycrime.web.victim import closed, desk
from trackmycrime.web.victim.closed import ClosedPart


class MessagesPage(Struct, frozen=True):
    """All that the page shows but the form; timelines are drawn already, `due` is in words and "" for no promise.

    `told_late` says that a supervisor was told of a promise whose day has passed, `moves` that there is a page of how cases
    move forward, `danger` that what was about to be sent suggests danger, and `draft` that the form holds what was kept and
    not sent.
    """

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
    told_late: bool
    moves: bool
    interval: str
    phone: str
    urgent: str
    intro: Told
    sent: str
    case: str
    danger: bool
    draft: bool
    support: tuple[Link, ...]
    closed: ClosedPart | None


_ASKS: dict[str, object] = {"permission": Permission.MESSAGE_SEND, "stands_on": "/messages"}


async def _keep_unsent(request: AnyRequest, visit: Visit) -> bool:
    """Keep what somebody sent after their session had ended, or begun anew, where it can be theirs alone."""
    form = {name: value for name, value in (await request.form()).multi_items() if isinstance(value, str)}
    csrf, case_id, told = form.get(CSRF_FIELD, ""), uuid_or_none(form.get("case", "")), form.get("message", "")
    if visit.session is None:
        cookie = request.cookies.get(SESSION_COOKIE, "")
        return await messages.keep_unsent(visit.force_tx(), cookie, csrf, case_id, told)
    async with visit.door.open(visit.actor) as keeping:  # the request itself is refused, and what it did is undone
        return await messages.keep_of_earlier(keeping, csrf, case_id, told)


class MessagesController(Controller):
    """A victim's messages."""

    path = "/messages"

    @get(opt={"permission": Permission.MESSAGE_READ})
    async def index(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]
    ) -> Page | Redirect:
        """Show what is new, and what came before; who has no case to follow is shown what there is instead."""
        if not desk.session_of(visit).followed:
            return go("/cases")
        number = request.query_params.get("page", "1")
        case = desk.own_case(visit)
        done = request.query_params.get("done", "")
        sent = _sent(tx, visit, case, done) if done else ""
        return await _shown(tx, visit, case, NOTHING, number=int(number) if number.isdecimal() else 1, sent=sent)

    @post(opt=_ASKS | {"keeps_unsent": _keep_unsent})
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Redirect | Page:
        """Send a message; words that suggest danger come back once, with whom to call."""
        visit.site.need(Feature.TWO_WAY_MESSAGING)
        case = await desk.case_of_form(tx, visit, form)
        try:
            with suppress(SaidAlready):
                told, warned = form.get("message", ""), "warned" in form
                await messages.send(tx, case, told, once=form.get("once", ""), warned=warned)
        except MayBeDanger as refusal:
            return await _shown(tx, visit, case, Form(form, {}), status=refusal.status, danger=True)
        except Refusal as refusal:
            return await _shown(tx, visit, case, refused(form, refusal), status=refusal.status)
        return go("/messages?done=message")

    @post("/update-requests", opt=_ASKS)
    async def ask_for_update(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Redirect:
        """Ask for an update."""
        case = await desk.case_of_form(tx, visit, form)
        with suppress(SaidAlready):
            await messages.ask_for_update(tx, case, once=form.get("once", ""))
        return go("/messages?done=update")

    @post("/drafts", status_code=204, opt=_ASKS | {"keeps_unsent": _keep_unsent})
    async def keep(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> None:
        """Keep what has been written so far, and not sent."""
        await messages.keep_draft(tx, await desk.case_of_form(tx, visit, form), form.get("message", ""))


async def _shown(
    tx: ForceTx,
    visit: Visit,
    case: Case,
    form: Form,
    *,
    number: int = 1,
    status: int = 200,
    sent: str = "",
    danger: bool = False,
) -> Page:
    said = await timeline.page(tx, case, number=number)
    force, reader = visit.site, visit.actor.id
    lines = [_line(force, case, entry, mine=entry.author_id == reader) for entry in said.entries]
    holes = Holes()
    older = f"/messages?page={number + 1}" if said.more else ""
    kept = bool(said.begun) and form is NOTHING
    shown = structs.replace(
        _page(force, case, messages.reader(tx, case), holes, lines),
        sent=sent,
        older_href=older,
        danger=danger,
        draft=kept,
    )
    if kept:
        form = Form({"message": said.begun}, {})
    frame = desk.frame(tx, visit, case, "/messages", new=shown.number_new, put=holes.put)
    return page_with_holes("victim/messages/index.html", frame, holes, form, status=status, page=shown)


def _page(force: Force, case: Case, to: Destination, holes: Holes, lines: Sequence[EntryLine]) -> MessagesPage:
    number_new = sum(line.new for line in lines)
    new, latest, earlier = _in_order(lines)
    return MessagesPage(
        new=holes.put(_drawn(new)),
        number_new=number_new,
        latest=holes.put(_drawn(latest)),
        earlier=holes.put(_drawn(earlier)),
        older_href="",
        officer=_officer_line(force, case, holes),
        can_write=force.has(Feature.TWO_WAY_MESSAGING) and not case.closed,
        who_reads=who_reads(force.configuration, to, force.typical_reply),
        due=holes.put(day(case.due_at) if case.due_at else ""),
        due_passed=bool(case.due_at and case.due_at.astimezone(LONDON).date() < today()),
        told_late=case.told_late,
        moves=force.has(Feature.JOURNEY),
        interval=_interval(force.configuration.update_interval_days),
        phone=force.configuration.contact.non_emergency,
        urgent=_("Messages here are not read 24 hours a day."),
        intro=force.told("page.messages"),
        sent="",
        case=holes.put(str(case.id)),
        danger=False,
        draft=False,
        support=_support(),
        closed=closed.part(case, force.configuration.retention.access_months, holes.put),
    )


def _in_order(lines: Sequence[EntryLine]) -> tuple[Sequence[EntryLine], Sequence[EntryLine], Sequence[EntryLine]]:
    """Return what is new, else what is latest, and what came before: what somebody wrote stands before what just happened."""
    new = sorted((line for line in lines if line.new), key=lambda line: not line.body)
    if not new:
        return (), lines[:1], lines[1:]
    read = [line for line in lines if not line.new]
    told = [line for line in read if line.body][:1]
    if told and not new[0].body:
        return (), [*told, *new], [line for line in read if line not in told]
    return new, (), read


@kept
def _interval(days: int) -> str:
    return ngettext(
        "We update you at least once every %(num)s day.", "We update you at least once every %(num)s days.", days
    )


@kept
def _support() -> tuple[Link, ...]:
    return (
        Link(_("Talk to someone who can help"), "/support"),
        Link(_("Your rights"), "/rights"),
        Link(_("Stay safe when you use this service"), "/help/safety"),
    )


def _drawn(lines: Sequence[EntryLine]) -> str:
    return draw_timeline(lines, language()) if lines else ""


def _sent(tx: ForceTx, visit: Visit, case: Case, done: str) -> str:
    return _confirmation(visit.site, done, away(visit.site.configuration, messages.reader(tx, case)))


def _confirmation(force: Force, done: str, away: str) -> str:
    """Say what was sent, and when it will be read if nobody is there now."""
    sent = {
        "message": spoken(force.told("sent.message")),
        "update": _("You have asked for an update"),
        "call": _("You have asked us to call you"),
    }.get(done, "")
    return f"{sent}. {away}" if sent and away else sent


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


def _officer_line(force: Force, case: Case, holes: Holes) -> OfficerLine | None:
    officer = case.officer
    if officer is None:
        return None
    duty = None if case.closed else roster.shown(force.configuration, officer.next_on_duty)
    put = holes.put
    return OfficerLine(
        put(authors.officer(force.configuration, officer)), put(officer.unit), put(coming(duty) if duty else "")
    )
