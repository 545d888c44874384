"""The inbox: what waits, the most urgent first."""

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import tasks
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.staff import desk
from trackmycrime.web.staff.task_lines import TaskLine, line


class InboxPage(Struct, frozen=True):
    """All that the inbox shows."""

    done: str
    heading: str
    scope: str
    tasks: tuple[TaskLine, ...]
    newer_href: str
    older_href: str
    records_href: str


class InboxController(Controller):
    """What waits for whoever reads it."""

    path = desk.INBOX

    @get(opt={"permission": Permission.INBOX_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show a page of what waits."""
        number = desk.number(request.query_params.get("page", ""))
        found, waiting = await tasks.inbox(tx, page=number), await tasks.number_in_inbox(tx)
        shown = InboxPage(
            done=desk.confirmation(request.query_params.get("done", "")),
            heading=ngettext("%(num)s thing waits", "%(num)s things wait", waiting) if waiting else _("Nothing waits"),
            scope=_scope(tx),
            tasks=tuple(line(task, tx.actor) for task in found),
            newer_href=f"{desk.INBOX}?page={number - 1}" if number > 1 else "",
            older_href=f"{desk.INBOX}?page={number + 1}" if number * tasks.PAGE < waiting else "",
            records_href="/staff/records" if tasks.triages(tx) else "",
        )
        return page("staff/inbox/index.html", await desk.frame(tx, visit, desk.INBOX), page=shown)


def _scope(tx: ForceTx) -> str:
    if tasks.triages(tx):
        return _("Everything that waits in the force, the most urgent first.")
    return _("What you took or were given, and what nobody has taken on your own cases. The most urgent first.")
