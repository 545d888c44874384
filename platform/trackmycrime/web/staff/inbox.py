"""The inbox: what waits, the most urgent first."""

from urllib.parse import quote

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import tasks
from trackmycrime.domain.tasks import Only
from trackmycrime.domain.tenancy.units import Routing
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.paging import page_number
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.staff import desk
from trackmycrime.web.staff.task_lines import TaskLine, line

_CONTACT_TEAM, _UNOPENED, _UNIT = "contact", "unopened", "unit:"


class InboxPage(Struct, frozen=True):
    """All that the inbox shows."""

    done: str
    heading: str
    scope: str
    tasks: tuple[TaskLine, ...]
    choices: tuple[tuple[str, str], ...]
    chosen: dict[str, str]
    newer_href: str
    older_href: str
    records_href: str


class InboxController(Controller):
    """What waits for whoever reads it."""

    path = desk.INBOX

    @get(opt={"permission": Permission.INBOX_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show a page of what waits."""
        number = page_number(request.query_params.get("page", ""))
        choices = _choices(tx, visit.site.configuration.routing)
        which = request.query_params.get("which", "")
        only = _only(which) if which in dict(choices) else tasks.EVERYTHING
        found, waiting = await tasks.inbox(tx, page=number, only=only), await tasks.number_in_inbox(tx, only=only)
        more = f"&which={quote(which)}" if only != tasks.EVERYTHING else ""
        shown = InboxPage(
            done=desk.confirmation(request.query_params.get("done", "")),
            heading=ngettext("%(num)s thing waits", "%(num)s things wait", waiting) if waiting else _("Nothing waits"),
            scope=_scope(tx),
            tasks=tuple(line(task, tx.actor) for task in found),
            choices=choices,
            chosen={"which": which},
            newer_href=f"{desk.INBOX}?page={number - 1}{more}" if number > 1 else "",
            older_href=f"{desk.INBOX}?page={number + 1}{more}" if number * tasks.PAGE < waiting else "",
            records_href="/staff/records" if tasks.triages(tx) else "",
        )
        return page("staff/inbox/index.html", await desk.frame(tx, visit, desk.INBOX), page=shown)


def _choices(tx: ForceTx, routing: Routing) -> tuple[tuple[str, str], ...]:
    """Return what of everything can be looked at alone; nothing where there is one team, or for who does not see everything."""
    if not tasks.triages(tx) or not (routing.units or routing.silence_hours):
        return ()
    units = ((f"{_UNIT}{unit.name}", unit.name) for unit in routing.units)
    unopened = _("Not opened in time")
    return (("", _("Everything")), (_CONTACT_TEAM, routing.contact_team), *units, (_UNOPENED, unopened))


def _only(which: str) -> Only:
    if which == _UNOPENED:
        return Only(escalated=True)
    unit = which.removeprefix(_UNIT)
    return Only(unit=unit if unit != which else "" if which == _CONTACT_TEAM else None)


def _scope(tx: ForceTx) -> str:
    if tasks.triages(tx):
        return _("Everything that waits in the force, the most urgent first.")
    return _(
        "What you took or were given, what nobody has taken on your own cases, and what waits for your team. The most urgent first."
    )
