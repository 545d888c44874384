"""Requests about somebody's data: entered as they came, answered within a month; an erasure by two people."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.retention import rights
from trackmycrime.domain.retention.holds import LONGEST_WHY
from trackmycrime.domain.retention.rights import PAGE, Request, Right, State
from trackmycrime.kit.errors import Conflict, Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, retention_words
from trackmycrime.web.admin.retention_deletions import DELETIONS
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import day, moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.paging import around, page_number
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.rights import chosen, entered, kinds, note, ways
from trackmycrime.web.common.visit import AnyRequest, Visit

REQUESTS = f"{desk.RETENTION}/requests"


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
        number = page_number(request.query_params.get("page", ""))
        found, all_of_them = await rights.page(tx, number)
        before, after = around(number, PAGE, all_of_them)
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
            await note(visit, refusal)
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
            await rights.decide(tx, request_id, _decision(form), form.get("why", ""))
        except (Invalid, Conflict) as refusal:
            return await _one(tx, visit, request_id, refused(form, refusal), refusal)
        return go(f"{REQUESTS}/{request_id}?done=decided")


def _decision(form: dict[str, str]) -> State:
    state = chosen(State, form.get("state", ""))
    if state in {None, State.OPEN}:
        raise Invalid({"state": _("Choose what you decide")})
    return State(form["state"])


def _asked(visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    shown = NewPage(form, tuple(kinds().items()), tuple(ways().items()))
    return page("admin/retention/new_request.html", desk.frame(visit, desk.RETENTION), refusal=refusal, page=shown)


async def _one(
    tx: ForceTx, visit: Visit, request_id: UUID, form: Form, refusal: Refusal | None = None, *, done: str = ""
) -> Page:
    request = _line(await rights.one(tx, request_id))
    states = _states(request)
    shown = RequestPage(form, request, states, LONGEST_WHY, done)
    return page("admin/retention/request.html", desk.frame(visit, desk.RETENTION), refusal=refusal, page=shown)


def _states(request: RequestLine) -> tuple[tuple[str, str], ...]:
    """Return what can be decided: nobody is offered an erasure that would be refused."""
    refused_one = (State.REFUSED, _("Refused"))
    if request.erasure and (request.own or request.held):
        return (refused_one,)
    granted = _("Erase this person, now and for ever") if request.erasure else _("Granted, and done")
    return (State.GRANTED, granted), refused_one


def _line(request: Request) -> RequestLine:
    decided = ""
    if request.decided_at:
        decided = _("%(name)s, %(at)s", name=request.decider, at=moment(request.decided_at))
    return RequestLine(
        href=f"{REQUESTS}/{request.id}",
        kind=kinds()[request.kind],
        via=ways()[request.via],
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
