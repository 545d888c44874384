"""How records arrive: the last one, how many in each hour, how long they take, and when administrators are told that none comes."""

from datetime import datetime
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile
from trackmycrime.domain.identity import clients
from trackmycrime.domain.ingest import arrivals
from trackmycrime.domain.ingest.arrivals import Arrivals, HourRow
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.time import LONDON
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common import dates
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

ARRIVALS = f"{desk.CLIENTS}/arrivals"
_HOURS = "records_late_hours"
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


class HourLine(Struct, frozen=True):
    """What arrived within an hour, or by one connection within a day."""

    name: str
    number: int
    waiting: int
    lag: str
    last: str


class ArrivalsPage(Struct, frozen=True):
    """All that the page shows; `late` says what is wrong, "" where nothing is."""

    late: str
    last: str
    lag_hour: str
    lag_day: str
    hours: tuple[HourLine, ...]
    clients: tuple[HourLine, ...]
    form: Form


class ArrivalsController(Controller):
    """How records arrive."""

    path = ARRIVALS

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the last day."""
        draft = await configuring.draft(tx)
        form = Form({_HOURS: str(draft.configuration.records_late_hours), desk.REVISION: str(draft.revision)}, {})
        return await _shown(tx, visit, form)

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Keep in the draft after how many hours administrators are told."""
        draft = await configuring.draft(tx)
        changed = structs.replace(draft.configuration, records_late_hours=_number(form.get(_HOURS, "")))
        try:
            await configuring.save(tx, changed, desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            again = desk.again(form, _worded(refusal), draft.revision, {_HOURS: _HOURS})
            return await _shown(tx, visit, again, refusal)
        return go(desk.REVIEW)


def _number(text: str) -> int:
    told = text.strip()
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 6 else 0  # noqa: PLR2004  digits


def _worded(refusal: Refusal) -> Refusal:
    if not isinstance(refusal, Invalid) or _HOURS not in refusal.fields:
        return refusal
    return Invalid({_HOURS: _("Enter a number of hours from 1 to 240")})


def late(since: datetime | None) -> str:
    """Say that nothing has come for too long, "" where all is well."""
    return _("No record has come since %(at)s", at=moment(since)) if since else ""


async def _shown(tx: ForceTx, visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    found = await arrivals.lately(tx)
    names = {row.id: row.name for row in await clients.every(tx)}
    shown = ArrivalsPage(
        late=late(found.late_since),
        last=moment(found.last) if found.last else "",
        lag_hour=lag(found.lag_hour),
        lag_day=lag(found.lag_day),
        hours=tuple(_hour(row) for row in found.hours),
        clients=_by_client(found, names),
        form=form,
    )
    return page("admin/arrivals/index.html", desk.frame(visit, desk.CLIENTS), refusal=refusal, page=shown)


def _hour(row: HourRow) -> HourLine:
    begins = row.begins.astimezone(LONDON)
    name = _("%(day)s, %(hour)s", day=dates.coming(begins.date()), hour=dates.hour(begins.hour))
    return HourLine(name, row.number, row.waiting, lag(row.lag), "")


def _by_client(found: Arrivals, names: dict[UUID, str]) -> tuple[HourLine, ...]:
    return tuple(
        HourLine(
            (row.client_id and names.get(row.client_id)) or _("Another way"),
            row.number,
            row.waiting,
            lag(row.lag),
            moment(row.last),
        )
        for row in found.clients
    )


def lag(seconds: float | None) -> str:
    """Say how long something took, "" where nothing says."""
    if seconds is None:
        return ""
    if seconds < 2 * _MINUTE:
        return ngettext("%(num)s second", "%(num)s seconds", round(seconds))
    if seconds < 2 * _HOUR:
        return ngettext("%(num)s minute", "%(num)s minutes", round(seconds / _MINUTE))
    if seconds < 2 * _DAY:
        return ngettext("%(num)s hour", "%(num)s hours", round(seconds / _HOUR))
    return ngettext("%(num)s day", "%(num)s days", round(seconds / _DAY))
