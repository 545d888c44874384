"""Retention: how long what is kept, what each of it means for victims, and how much would go before anybody publishes it."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile, Draft
from trackmycrime.domain.retention import holds, rights, schedule
from trackmycrime.domain.retention.schedule import BY_THE_CLOCK, Forecast, What
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.retention import AUDIT_YEARS, Retention
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, retention_words
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

_NAMES = ("access_months", "case_months", "record_days", "notification_days", "person_days")
_FIELDS = {f"retention.{name}": name for name in _NAMES}
_TOMORROW = 1


class DueLine(Struct, frozen=True):
    """How much of a class goes tomorrow under what is published, and under the draft; `more` says that the draft deletes more."""

    what: str
    now: str
    drafted: str
    more: bool


class RetentionPage(Struct, frozen=True):
    """All that the page shows; the counts are in words."""

    form: Form
    due: tuple[DueLine, ...]
    changed: bool
    kept: str
    holds: str
    requests: str
    audit_years: int


class RetentionController(Controller):
    """How long what is kept."""

    path = desk.RETENTION

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the draft."""
        draft = await configuring.draft(tx)
        form = Form(_filled(draft.configuration.retention) | {desk.REVISION: str(draft.revision)}, {})
        return await _shown(tx, visit, draft, form)

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Keep it in the draft, and show what would go under it."""
        draft = await configuring.draft(tx)
        try:
            await configuring.save(tx, _read(form, draft.configuration), desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            again = desk.again(form, _worded(refusal), draft.revision, _FIELDS)
            return await _shown(tx, visit, draft, again, refusal)
        return go(f"{desk.RETENTION}#tomorrow")


def _filled(said: Retention) -> dict[str, str]:
    return {name: str(getattr(said, name)) for name in _NAMES}


def _read(form: dict[str, str], before: Configuration) -> Configuration:
    told = {name: desk.whole(form.get(name, "")) for name in _NAMES}
    return structs.replace(before, retention=structs.replace(before.retention, **told))


def _worded(refusal: Refusal) -> Refusal:
    """Return a refusal in the words of the page."""
    said = {
        "access_months": _("Enter a number of months from 3 to 72"),
        "case_months": _("Enter a number of months from 3 to 84, and no fewer than victims can read the case"),
        "record_days": _("Enter a number of days from 30 to 730"),
        "notification_days": _("Enter a number of days from 30 to 730"),
        "person_days": _("Enter a number of days from 0 to 365"),
    }
    return desk.in_words(refusal, {f"retention.{name}": sentence for name, sentence in said.items()})


async def _shown(tx: ForceTx, visit: Visit, draft: Draft, form: Form, refusal: Refusal | None = None) -> Page:
    used, drafted = visit.site.configuration.retention, draft.configuration.retention
    now = await schedule.forecast(tx, used, _TOMORROW)
    then = await schedule.forecast(tx, drafted, _TOMORROW) if drafted != used else now
    late, standing = await rights.late(tx), await holds.standing(tx)
    shown = RetentionPage(
        form=form,
        due=tuple(_due(what, now, then) for what in BY_THE_CLOCK),
        changed=drafted != used,
        kept=ngettext("%(num)s case is kept back", "%(num)s cases are kept back", then.kept) if then.kept else "",
        holds=_standing(standing),
        requests=ngettext("%(num)s request is late", "%(num)s requests are late", late) if late else _("None is late"),
        audit_years=AUDIT_YEARS,
    )
    return page("admin/retention/index.html", desk.frame(visit, desk.RETENTION), refusal=refusal, page=shown)


def _standing(number: int) -> str:
    return ngettext("%(num)s legal hold stands", "%(num)s legal holds stand", number) if number else _("None stands")


def _due(what: What, now: Forecast, then: Forecast) -> DueLine:
    before, after = now.numbers[what], then.numbers[what]
    number = retention_words.number
    return DueLine(retention_words.what()[what], number(before, now.most), number(after, then.most), after > before)
