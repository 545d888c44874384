"""Sending a test record: a made-up one, and what would have become of it; nothing of it is kept."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.identity import clients
from trackmycrime.domain.ingest import trial
from trackmycrime.domain.ingest.trial import Outcome, Sample
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import Page, page, refused
from trackmycrime.web.common.fields import uuid_or_none
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

TRIAL = f"{desk.CLIENTS}/test"
type Options = tuple[tuple[str, str], ...]


class TrialPage(Struct, frozen=True):
    """All that the page shows; `results` and `sent` are empty before anything was tried."""

    form: Form
    clients: Options
    samples: Options
    results: tuple[str, ...]
    sent: str


class TrialController(Controller):
    """A test record."""

    path = TRIAL

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Ask what to send."""
        return await _shown(tx, visit, Form({"sample": Sample.CRIME}, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE}, status_code=200)
    async def create(self, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]) -> Page:
        """Send it, and say what would have become of it: nothing is left that another page could show."""
        named = uuid_or_none(form.get("client", ""))
        try:
            outcome = await trial.try_out(visit.door, visit.actor, named, form.get("sample", ""))
        except Invalid as refusal:
            return await _shown(visit.force_tx(), visit, refused(form, refusal), refusal)
        return await _shown(visit.force_tx(), visit, Form(form, {}), outcome=outcome)


async def _shown(
    tx: ForceTx, visit: Visit, form: Form, refusal: Refusal | None = None, *, outcome: Outcome | None = None
) -> Page:
    shown = TrialPage(
        form=form,
        clients=tuple((str(row.id), row.name) for row in await clients.every(tx)),
        samples=_samples(),
        results=tuple(_results(outcome)) if outcome else (),
        sent=outcome.sent if outcome else "",
    )
    return page("admin/trial/index.html", desk.frame(visit, desk.CLIENTS), refusal=refusal, page=shown)


def _samples() -> Options:
    return (
        (Sample.CRIME, _("A crime with one victim")),
        (Sample.TWICE, _("The same crime, sent twice")),
        (Sample.EARLY, _("An update whose crime has not come yet")),
        (Sample.NAMELESS, _("An update that does not say for which of two victims it is")),
        (Sample.UNREADABLE, _("A crime with a date that nobody can read")),
        (Sample.NOTHING, _("Something that is no record at all")),
    )


def _results(outcome: Outcome) -> list[str]:
    answer = outcome.answer
    if answer is None:
        return [_("Refused: %(why)s", why=outcome.refused)]
    return [
        *([_("Taken, and the case would have it: %(number)s", number=answer.accepted)] if answer.accepted else []),
        *([_("Sent before, so nothing changes: %(number)s", number=answer.duplicate)] if answer.duplicate else []),
        *(_("Would wait: %(why)s", why=held.reason) for held in answer.held),
        *(_("Refused: %(why)s", why=rejected.reason) for rejected in answer.rejected),
    ]
