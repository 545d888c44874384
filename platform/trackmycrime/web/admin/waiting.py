"""Records waiting: how much waits and why, without a word of what it says, and trying it again."""

from datetime import UTC, date, datetime, time, timedelta

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.ingest import mending, reasons, settling
from trackmycrime.domain.ingest.settling import CountRow, ListedRow, Tried
from trackmycrime.kit.actor import NOBODY
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.folding import fold
from trackmycrime.kit.time import LONDON, now
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.fields import uuid_or_none
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.paging import page_number
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

WAITING = f"{desk.CLIENTS}/waiting"
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


class CountLine(Struct, frozen=True):
    """How many of a kind wait for a reason, since when, and what happens with them."""

    reason: str
    href: str
    why: str
    kind: str
    number: int
    since: str
    next_step: str


class WaitingLine(Struct, frozen=True):
    """One that waits. `number` is the record system's own, "" where it would give the crime away."""

    id: str
    number: str
    kind: str
    why: str
    field: str
    came: str


class WaitingPage(Struct, frozen=True):
    """All that the page shows."""

    counts: tuple[CountLine, ...]
    lines: tuple[WaitingLine, ...]
    chosen: str
    total: int
    newer_href: str
    older_href: str
    form: Form
    done: str


class WaitingController(Controller):
    """What waits."""

    path = WAITING

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show how much waits and why, and a page of it."""
        return await _shown(request, tx, visit, Form({}, {}))

    @post("/retries", opt={"permission": Permission.ADMIN_CHANGE})
    async def again(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
    ) -> Page | Redirect:
        """Try one record, all that wait for a reason, or a whole day again, in the order in which they came."""
        try:
            since, before = _time(form)
        except Invalid as refusal:
            return await _shown(request, tx, visit, refused(form, refusal), refusal)
        one = uuid_or_none(form["event"]) or NOBODY if "event" in form else None
        tried = await settling.again(tx, since, before, reason=form.get("reason", ""), event_id=one)
        return go(f"{WAITING}?used={tried.used}&left={tried.waiting}&more={int(tried.more)}")


def _time(form: dict[str, str]) -> tuple[datetime, datetime]:
    """Return the day of a form, as London has it; all time where it asks for none."""
    if "day" not in form:
        return _EVER, now()
    parts = [form.get(name, "").strip() for name in ("year", "month", "day")]
    try:
        chosen = date(*(int(part) if part.isascii() and len(part) < 5 else 0 for part in parts))  # noqa: PLR2004  digits
    except ValueError as wrong:
        raise Invalid({"day": _("Enter a day, such as 24 11 2026")}) from wrong
    if not _EVER.date() <= chosen <= now().astimezone(LONDON).date():
        raise Invalid({"day": _("Enter a day that has been, such as yesterday")})
    begins = datetime.combine(chosen, time.min, LONDON)
    return begins, min(datetime.combine(chosen + timedelta(days=1), time.min, LONDON), now())


async def _shown(request: AnyRequest, tx: ForceTx, visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    query = request.query_params
    chosen = query.get("reason", "") if query.get("reason", "") in reasons.names() else ""
    number = page_number(query.get("page", ""))
    found, total = await settling.page(tx, number, reason=chosen)
    base = f"{WAITING}?reason={chosen}&page="
    shown = WaitingPage(
        counts=tuple(_count(row) for row in await settling.counts(tx)),
        lines=tuple(_line(row) for row in found),
        chosen=reasons.names().get(chosen, ""),
        total=total,
        newer_href=f"{base}{number - 1}" if number > 1 else "",
        older_href=f"{base}{number + 1}" if number * settling.PAGE < total else "",
        form=form,
        done=_done(query.get("used", ""), query.get("left", ""), query.get("more", "")),
    )
    return page("admin/waiting/index.html", desk.frame(visit, desk.CLIENTS), refusal=refusal, page=shown)


def _done(used: str, left: str, more: str) -> str:
    if not (used.isascii() and used.isdecimal() and left.isascii() and left.isdecimal() and len(used + left) < 12):  # noqa: PLR2004
        return ""
    return _told(Tried(int(used), int(left), more == "1"))


def _told(tried: Tried) -> str:
    parts = [
        ngettext("%(num)s record could be used now", "%(num)s records could be used now", tried.used),
        ngettext("%(num)s still waits", "%(num)s still wait", tried.waiting),
        *([_("there are more: try again")] if tried.more else []),
    ]
    return ", ".join(parts)


def _count(row: CountRow) -> CountLine:
    return CountLine(
        row.reason,
        f"{WAITING}?reason={row.reason}",
        reasons.why(row.reason),
        reasons.kind(row.type),
        row.number,
        moment(row.since),
        reasons.next_step(row.reason),
    )


def _line(row: ListedRow) -> WaitingLine:
    shows_case = bool(row.folded_reference) and str(row.folded_reference) in fold(row.source_id).upper()
    return WaitingLine(
        str(row.id),
        "" if shows_case else row.source_id,
        reasons.kind(row.type),
        reasons.why(row.reason),
        mending.field_of(row.reason),
        moment(row.received_at),
    )
