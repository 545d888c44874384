"""History: what was published, when, by whom and why; what each version changed, and taking it up again."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile, Publication
from trackmycrime.domain.tenancy.plan import difference
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.admin.review import ChangeLine, lines
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit


class VersionLine(Struct, frozen=True):
    """A version in the list."""

    href: str
    number: int
    at: str
    by: str
    why: str


class HistoryPage(Struct, frozen=True):
    """All that the list shows."""

    versions: tuple[VersionLine, ...]
    done: str


class VersionPage(Struct, frozen=True):
    """All that is shown of a version: what it changed, and what taking it up again would change now."""

    version: VersionLine
    changed: tuple[ChangeLine, ...]
    would_change: tuple[ChangeLine, ...]
    revision: int


class HistoryController(Controller):
    """What was published."""

    path = desk.HISTORY

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show every version, newest first."""
        done = _("Published. Everybody sees it within two seconds.") if request.query_params.get("done") else ""
        shown = HistoryPage(tuple(_line(version) for version in await configuring.history(tx)), done)
        return page("admin/history/index.html", desk.frame(visit, desk.HISTORY), page=shown)

    @get("/{number:int}", opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], number: FromPath[int]) -> Page:
        """Show a version."""
        version, draft = await configuring.version(tx, number), await configuring.draft(tx)
        try:
            before = (await configuring.version(tx, number - 1)).configuration
            changed = lines(difference(before, version.configuration))
        except NotFound:  # the first that is written down
            changed = ()
        would = lines(difference(draft.configuration, version.configuration))
        shown = VersionPage(_line(version), changed, would, draft.revision)
        return page("admin/history/show.html", desk.frame(visit, desk.HISTORY), page=shown)

    @post("/{number:int}/draft", opt={"permission": Permission.ADMIN_CHANGE})
    async def take_up(
        self, tx: NamedDependency[ForceTx], form: NamedDependency[dict[str, str]], number: FromPath[int]
    ) -> Redirect:
        """Take a version up again: it becomes the draft, and is looked at before anybody sees it."""
        try:
            await configuring.take_up(tx, number, desk.revision(form))
        except Invalid as refusal:
            raise Conflict(refusal.message) from refusal
        except ChangedMeanwhile:
            return go(f"{desk.HISTORY}/{number}")
        return go(desk.REVIEW)


def _line(version: Publication) -> VersionLine:
    return VersionLine(
        href=f"{desk.HISTORY}/{version.number}",
        number=version.number,
        at=moment(version.published_at),
        by=version.by or _("The national team"),
        why=version.why,
    )
