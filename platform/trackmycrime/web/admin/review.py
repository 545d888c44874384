"""Review: all that was changed and not published, side by side; then publish it, or give it up."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import LONGEST_WHY, ChangedMeanwhile, Draft, NeedsAnother
from trackmycrime.domain.tenancy.plan import Change
from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, words
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

MOST = 300  # lines


class ChangeLine(Struct, frozen=True):
    """A setting that changes, in words; "" where there was, or will be, nothing."""

    setting: str
    before: str
    after: str


class ReviewPage(Struct, frozen=True):
    """All that the page shows. `leading` are new texts that lead somewhere: who wrote one of them does not publish."""

    form: Form
    changes: tuple[ChangeLine, ...]
    problems: tuple[str, ...]
    changed_at: str
    changed_by: str
    live: bool
    longest_why: int
    done: str
    leading: tuple[str, ...]
    needs_another: bool


class ReviewController(Controller):
    """What is changed and not published."""

    path = desk.REVIEW

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the draft beside what is used now."""
        draft = await configuring.draft(tx)
        done = _("The changes have been given up") if request.query_params.get("done") == "discarded" else ""
        return _shown(visit, draft, Form({desk.REVISION: str(draft.revision)}, {}), done=done)

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def publish(
        self,
        visit: NamedDependency[Visit],
        registry: NamedDependency[Registry],
        form: NamedDependency[dict[str, str]],
    ) -> Page | Redirect:
        """Publish it: everybody sees it within two seconds, and whoever published it at once."""
        try:
            async with visit.door.open(visit.actor) as publishing:
                await configuring.publish(publishing, desk.revision(form), form.get("why", ""))
        except (Invalid, ChangedMeanwhile, NeedsAnother) as refusal:
            draft = await configuring.draft(visit.force_tx())
            return _shown(visit, draft, desk.again(form, refusal, draft.revision, {"why": "why"}), refusal)
        registry.forget()
        return go(f"{desk.HISTORY}?done=published")

    @post("/discard", opt={"permission": Permission.ADMIN_CHANGE})
    async def discard(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Give it up."""
        try:
            await configuring.discard(tx, desk.revision(form))
        except ChangedMeanwhile as refusal:
            draft = await configuring.draft(tx)
            return _shown(visit, draft, desk.again(form, refusal, draft.revision, {}), refusal)
        return go(f"{desk.REVIEW}?done=discarded")


def lines(changes: tuple[Change, ...]) -> tuple[ChangeLine, ...]:
    """Return changes in the words of administrators; of thousands the first, and how many more there are."""
    shown = tuple(
        ChangeLine(
            words.setting(change.path), words.value(change.path, change.before), words.value(change.path, change.after)
        )
        for change in changes[:MOST]
    )
    more = len(changes) - MOST
    return (*shown, ChangeLine(_("And %(number)s more changes", number=more), "…", "…")) if more > 0 else shown


def _shown(visit: Visit, draft: Draft, form: Form, refusal: Refusal | None = None, *, done: str = "") -> Page:
    shown = ReviewPage(
        form=form,
        changes=lines(draft.changes),
        problems=tuple(f"{words.setting(path)}: {problem}" for path, problem in draft.problems.items()),
        changed_at=moment(draft.changed_at) if draft.changed_at else "",
        changed_by=draft.changed_by,
        live=draft.configuration.live,
        longest_why=LONGEST_WHY,
        done=done,
        leading=tuple(words.leading(path) for path in draft.led_by),
        needs_another=visit.actor.id in draft.led_by.values(),
    )
    return page("admin/review/index.html", desk.frame(visit, desk.REVIEW), refusal=refusal, page=shown)
