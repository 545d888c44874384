"""Requests about somebody's data: entered as they came, answered within a month; an erasure by two people."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.retention import rights
from trackmycrime.domain.retention.holds import LONGEST_WHY
from trackmycrime.domain.retention.rights import PAGE, Request, Right, State, Via
from trackmycrime.kit.errors import Conflict, Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, retention_words
from trackmycrime.web.admin.retention_deletions import DELETIONS
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import day, moment
from trackmycrime.web.common.deputies import read_day
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

REQUESTS = f"{desk.RETENTION}/requests"
_ORDER = ("kind", "via", "crime_reference", "last_name", "date_of_birth", "month", "year", "received")


class RequestLine(Struct, frozen=True):
    """A request: what for, how and when it came, until when it has to be answered, and what became of it."""

    href: str
    kind: str
    via: str
    reference: str
    received: str
    due: str
    late: bool
    state: str
    open: bool
    erasure: bool
    entered_by: str
    decided: str
    why: str
    proof: str
    own: bool
    held: bool


class OwnLine(Struct, frozen=True):
    """A request for a copy that somebody made here themselves."""

    asked: str
    state: str


class RequestsPage(Struct, frozen=True):
    """All that the list shows; `before` and `after` are numbers of pages, 0 for none."""

    requests: tuple[RequestLine, ...]
    before: int
    after: int
    own: tuple[OwnLine, ...]


class NewPage(Struct, frozen=True):
    """The form for a request that came; options are pairs of a value and its words."""

    form: Form
    kinds: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]


class RequestPage(Struct, frozen=True):
    """One request, and the form for its decision."""

    form: Form
    request: RequestLine
    states: tuple[tuple[str, str], ...]
    longest: int
    done: str


class RetentionRequestsController(Controller):
    """What people ask about their data."""

    path = REQUESTS

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """List the requests, what is due first."""
        number = retention_words.page_number(request.query_params.get("page", ""))
        found, all_of_them = await rights.page(tx, number)
        before, after = retention_words.pages(number, PAGE, all_of_them)
        states = retention_words.own_states()
        own = tuple(OwnLine(moment(each.asked_at), states[each.state]) for each in await rights.own(tx))
        shown = RequestsPage(tuple(map(_line, found)), before, after, own)
        return page("admin/retention/requests.html", desk.frame(visit, desk.RETENTION), page=shown)

    @get("/new", opt={"permission": Permission.ADMIN_READ}, sync_to_thread=False)
    def new(self, visit: NamedDependency[Visit]) -> Page:
        """Ask for one that came."""
        return _asked(visit, Form({}, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def enter(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Write it down."""
        try:
            request_id = await entered(tx, form)
        except Invalid as refusal:
            return _asked(visit, refused(form, refusal), refusal)
        return go(f"{REQUESTS}/{request_id}?done=entered")

    @get("/{request_id:uuid}", opt={"permission": Permission.ADMIN_READ})
    async def show(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        request_id: FromPath[UUID],
    ) -> Page:
        """Show one."""
        return await _one(tx, visit, request_id, Form({}, {}), done=_done(request.query_params.get("done", "")))

    @post("/{request_id:uuid}/decision", opt={"permission": Permission.ADMIN_CHANGE})
    async def decide(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        request_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Grant or refuse it."""
        try:
            state = _chosen(State, form.get("state", ""))
            if state in {None, State.OPEN}:
                raise Invalid({"state": _("Choose what you decide")})
            await rights.decide(tx, request_id, State(form["state"]), form.get("why", ""))
        except (Invalid, Conflict) as refusal:
            return await _one(tx, visit, request_id, refused(form, refusal), refusal)
        return go(f"{REQUESTS}/{request_id}?done=decided")


async def entered(tx: ForceTx, form: dict[str, str]) -> UUID:
    """Write a request down as a form has it, and return its id. Raises Invalid by field."""
    fields = Fields(form)
    kind, via = _chosen(Right, form.get("kind", "")), _chosen(Via, form.get("via", ""))
    if kind is None:
        fields.errors["kind"] = _("Choose what they ask for")
    if via is None:
        fields.errors["via"] = _("Choose how it came")
    reference = fields.text("crime_reference", _("Enter the crime reference number"), longest=60)
    last_name = fields.text("last_name", _("Enter their last name"))
    born = fields.date_of_birth(_("Enter their date of birth"))
    received = read_day(form.get("received", ""))
    if received is None:
        fields.errors["received"] = _("Enter the day it came, such as 3 8 2026")
    fields.require_good(*_ORDER)
    return await rights.enter(
        tx, kind or Right.ACCESS, via or Via.LETTER, reference, last_name, born, received or date.min
    )


def _chosen[E: StrEnum](kind: type[E], text: str) -> E | None:
    return kind(text) if text in set(kind) else None


def _asked(visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    shown = NewPage(form, tuple(retention_words.kinds().items()), tuple(retention_words.ways().items()))
    return page("admin/retention/new_request.html", desk.frame(visit, desk.RETENTION), refusal=refusal, page=shown)


async def _one(
    tx: ForceTx, visit: Visit, request_id: UUID, form: Form, refusal: Refusal | None = None, *, done: str = ""
) -> Page:
    request = _line(await rights.one(tx, request_id))
    states = (
        (State.GRANTED, _("Erase this person, now and for ever") if request.erasure else _("Granted, and done")),
        (State.REFUSED, _("Refused")),
    )
    shown = RequestPage(form, request, states, LONGEST_WHY, done)
    return page("admin/retention/request.html", desk.frame(visit, desk.RETENTION), refusal=refusal, page=shown)


def _line(request: Request) -> RequestLine:
    decided = ""
    if request.decided_at:
        decided = _("%(name)s, %(at)s", name=request.decider, at=moment(request.decided_at))
    return RequestLine(
        href=f"{REQUESTS}/{request.id}",
        kind=retention_words.kinds()[request.kind],
        via=retention_words.ways()[request.via],
        reference=request.reference,
        received=day(request.received_on),
        due=day(request.due_on),
        late=request.is_late,
        state=retention_words.states()[request.state],
        open=request.state is State.OPEN,
        erasure=request.kind is Right.ERASURE,
        entered_by=request.maker,
        decided=decided,
        why=request.why,
        proof=f"{DELETIONS}/{request.proof}" if request.proof else "",
        own=request.own,
        held=request.is_held,
    )


def _done(done: str) -> str:
    return {
        "entered": _("The request is written down"),
        "decided": _("The decision is written down"),
    }.get(done, "")
