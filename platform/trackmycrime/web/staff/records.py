"""Records that wait: what the record system sent and we cannot use yet, corrected or put aside by those who may see it."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import NotOpened, stages
from trackmycrime.domain.ingest import mending, reasons, settling
from trackmycrime.domain.ingest.mending import Asks
from trackmycrime.domain.ingest.settling import LONGEST_WHY, ListedRow, Record
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.paging import page_number
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.staff import desk

RECORDS = "/staff/records"
_DISMISSED = "dismissed"


class RecordLine(Struct, frozen=True):
    """A record in the list."""

    href: str
    kind: str
    why: str
    reference: str
    came: str


class RecordsPage(Struct, frozen=True):
    """All that the list shows."""

    done: str
    heading: str
    dismissed: bool
    records: tuple[RecordLine, ...]
    newer_href: str
    older_href: str


class RecordPage(Struct, frozen=True):
    """All that is shown of one record: what it says, and what is asked about it. `asks` is "" where nothing is."""

    record: RecordLine
    next_step: str
    lines: tuple[tuple[str, str], ...]
    asks: str
    field: str
    hint: str
    options: tuple[tuple[str, str], ...]
    form: Form
    dismissing: Form
    dismissed: str
    why: str
    longest_why: int
    done: str


class ClosedPage(Struct, frozen=True):
    """What is shown of a record before its case is opened."""

    record: RecordLine
    case_href: str
    done: str


class RecordsController(Controller):
    """Records that wait."""

    path = RECORDS

    @get(opt={"permission": Permission.RECORDS_WORK})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show a page of what waits, or of what was put aside."""
        number = page_number(request.query_params.get("page", ""))
        state = _DISMISSED if request.query_params.get("state") == _DISMISSED else "held"
        found, total = await settling.page(tx, number, state=state)
        base = f"{RECORDS}?state={state}&page="
        shown = RecordsPage(
            done=_done(request.query_params.get("done", "")),
            heading=_heading(total, dismissed=state == _DISMISSED),
            dismissed=state == _DISMISSED,
            records=tuple(_line(row) for row in found),
            newer_href=f"{base}{number - 1}" if number > 1 else "",
            older_href=f"{base}{number + 1}" if number * settling.PAGE < total else "",
        )
        return page("staff/records/index.html", await desk.frame(tx, visit, desk.INBOX), page=shown)

    @get("/{event_id:uuid}", opt={"permission": Permission.RECORDS_WORK})
    async def show(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], event_id: FromPath[UUID]
    ) -> Page:
        """Show one, with what it says."""
        done = _done(request.query_params.get("done", ""))
        try:
            return await _shown(tx, visit, event_id, _NOTHING, _NOTHING, done=done)
        except NotOpened:
            return await _closed(tx, visit, event_id, done=done)

    @post("/{event_id:uuid}/correction", opt={"permission": Permission.RECORDS_WORK})
    async def correct(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        event_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Correct it, and use it if it can be used now."""
        try:
            used = await settling.correct(tx, event_id, form.get("answer", ""), _people(form))
        except Invalid as refusal:
            return await _shown(tx, visit, event_id, refused(form, refusal), _NOTHING, refusal)
        return go(f"{RECORDS}?done=used" if used else f"{RECORDS}/{event_id}?done=more")

    @post("/{event_id:uuid}/dismissal", opt={"permission": Permission.RECORDS_WORK})
    async def dismiss(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        event_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Put it aside, with the reason."""
        try:
            await settling.dismiss(tx, event_id, form.get("why", ""))
        except Invalid as refusal:
            return await _shown(tx, visit, event_id, _NOTHING, refused(form, refusal), refusal)
        return go(f"{RECORDS}?done=dismissed")

    @post("/{event_id:uuid}/return", opt={"permission": Permission.RECORDS_WORK})
    async def bring_back(self, tx: NamedDependency[ForceTx], event_id: FromPath[UUID]) -> Redirect:
        """Let it wait again."""
        await settling.bring_back(tx, event_id)
        return go(f"{RECORDS}/{event_id}?done=back")


_NOTHING = Form({}, {})
_TO = "to_"


def _people(form: dict[str, str]) -> list[str]:
    return [name.removeprefix(_TO) for name in form if name.startswith(_TO)]


def _heading(total: int, *, dismissed: bool) -> str:
    if dismissed:
        return ngettext("%(num)s record was put aside", "%(num)s records were put aside", total)
    return ngettext("%(num)s record waits", "%(num)s records wait", total) if total else _("No record waits")


def _done(done: str) -> str:
    return {
        "used": _("It is corrected, and the case has it now"),
        "more": _("That is corrected. Something else in it has to be corrected too"),
        "dismissed": _("It is put aside. You can bring it back"),
        "back": _("It waits again"),
    }.get(done, "")


def _line(row: ListedRow) -> RecordLine:
    return RecordLine(
        f"{RECORDS}/{row.id}",
        reasons.kind(row.type),
        reasons.why(row.reason),
        row.reference or _("No crime"),
        moment(row.received_at),
    )


async def _shown(
    tx: ForceTx,
    visit: Visit,
    event_id: UUID,
    form: Form,
    dismissing: Form,
    refusal: Refusal | None = None,
    *,
    done: str = "",
) -> Page:
    record = await settling.record(tx, event_id)
    asked = record.question
    shown = RecordPage(
        record=_line(record.listed),
        next_step=reasons.next_step(record.listed.reason),
        lines=tuple(record.lines),
        asks="" if asked.asks is Asks.NOTHING else asked.asks,
        field=mending.field(asked.path),
        hint=asked.hint,
        options=_options(record),
        form=form if form.values or form.errors else Form({"answer": asked.given}, {}),
        dismissing=dismissing,
        dismissed=_dismissed(record),
        why=record.why,
        longest_why=LONGEST_WHY,
        done=done,
    )
    return page("staff/records/show.html", await desk.frame(tx, visit, desk.INBOX), refusal=refusal, page=shown)


async def _closed(tx: ForceTx, visit: Visit, event_id: UUID, *, done: str) -> Page:
    """Show no more than the list does, and where to open the case."""
    row = await settling.listed(tx, event_id)
    shown = ClosedPage(_line(row), f"{desk.CASES}/{row.case_id}", done)
    return page("staff/records/closed.html", await desk.frame(tx, visit, desk.INBOX), page=shown)


def _options(record: Record) -> tuple[tuple[str, str], ...]:
    if record.question.asks is Asks.STAGE:
        return tuple((stage, stages.plain(stage)) for stage in stages.Stage)
    return tuple((_TO + person, name) for person, name in record.people)


def _dismissed(record: Record) -> str:
    if record.listed.state != _DISMISSED or record.dismissed_at is None:
        return ""
    return _("Put aside by %(name)s, %(at)s.", name=record.dismissed_by, at=moment(record.dismissed_at))
