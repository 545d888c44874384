"""What every page of staff shares: the way around, what waits in the inbox, and what was just done."""

from trackmycrime.domain import tasks
from trackmycrime.domain.cases import offences, outcomes, stages
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.frame import CaseBar, Frame, Link
from trackmycrime.web.common.visit import Visit

START, INBOX, CASES = "/staff", "/staff/inbox", "/staff/cases"


async def frame(tx: ForceTx, visit: Visit, current: str, *, case_bar: CaseBar | None = None) -> Frame:
    """Return the frame of a page of staff."""
    waiting = await tasks.number_in_inbox(tx)
    badge = ngettext("%(num)s waiting", "%(num)s waiting", waiting)
    navigation = (
        Link(_("Start"), START, current=current == START),
        Link(_("Inbox"), INBOX, current=current == INBOX, badge=waiting, badge_text=badge),
        Link(_("Cases"), CASES, current=current == CASES),
        Link(_("Sign out"), "/staff/sign-out"),
    )
    return frames.frame(
        visit, navigation=navigation, case_bar=case_bar, home=START, wide=True, footnote=frames.staff_footnote()
    )


def confirmation(done: str) -> str:
    """Say what was just done; nothing for what nobody does."""
    return {
        "taken": _("This is yours now"),
        "finished": _("Marked as done"),
        "forwarded": _("Forwarded"),
        "update": _("Your update has been published"),
        "reply": _("Your reply has been sent"),
        "assessed": _("What you found has been recorded"),
        "contact": _("The contact details have been changed"),
        "second": _("This is recorded. A second person has to confirm it"),
        "checked": _("They may act for the victim now"),
        "recorded": _("They are recorded, and may act for the victim. Now say whether this service suits them"),
        "recorded_by_one": _("They are recorded. A second person has to say that they may act"),
        "kept": _("The contact details stay as they are"),
        "invited": _("An invitation is on its way"),
        "reset": _("The link is on its way"),
        "lost": _("Their other ways to sign in have been removed"),
    }.get(done, "")


def status(stage: str, outcome: int | None, *, closed: bool) -> str:
    """Say where a case stands, in the words that its victim reads."""
    ended = outcomes.outcome(outcome) if outcome else None
    if closed:
        return _("Closed: %(outcome)s", outcome=ended.label) if ended else _("Closed")
    return stages.plain(stages.Stage(stage))


def offence(group: str) -> str:
    """Name a kind of crime in plain words."""
    return offences.plain(OffenceGroup(group))
