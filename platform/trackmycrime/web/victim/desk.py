"""What every page of a signed-in victim shares: their session, the case they look at, and the frame around it."""

from datetime import date
from typing import cast

import msgspec

from trackmycrime.domain import cases, property
from trackmycrime.domain.cases import Case, offences, outcomes, stages
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.tenancy.configuration import OffenceGroup
from trackmycrime.kit.time import LONDON
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.frame import CaseBar, Frame, Link
from trackmycrime.web.common.visit import Visit


def session_of(visit: Visit) -> Session:
    """Return the session of a signed-in victim."""
    return cast("Session", visit.session)


def own_case(visit: Visit) -> Case:
    """Return the case that the signed-in victim looks at."""
    return cases.followed(session_of(visit))


def status(case: Case) -> str:
    """Say where the case stands, in the words of the case bar."""
    outcome = outcomes.outcome(case.outcome) if case.closed and case.outcome else None
    if case.closed:
        return outcome.label if outcome else _("Closed")
    return stages.plain(stages.Stage(case.stage))


def offence(group: str) -> str:
    """Name the crime in plain words."""
    return offences.plain(OffenceGroup(group))


def frame(tx: ForceTx, visit: Visit, case: Case, current: str, *, new: int = 0) -> Frame:
    """Return the frame of a victim's page; `new` counts what has not been read."""
    bar = CaseBar(offence(case.offence_group), case.reference, status(case), _due(case))
    navigation = _navigation(tx, case, current, new)
    return frames.frame(visit, navigation=navigation, case_bar=bar, exit_href=frames.EXIT, home="/messages")


def _due(case: Case) -> date | None:
    return case.due_at.astimezone(LONDON).date() if case.due_at else None


def _navigation(tx: ForceTx, case: Case, current: str, new: int) -> tuple[Link, ...]:
    counted = ngettext("%(num)s new message", "%(num)s new messages", new)
    links = [Link(_("Messages"), "/messages", badge=new, badge_text=counted)]
    if property.is_shown(tx, case):
        links.append(Link(_("Property"), "/property"))
    if case.of_cases > 1:
        links.append(Link(_("Your crimes"), "/cases"))
    links += [Link(_("Support"), "/support"), Link(_("Settings"), "/settings"), Link(_("Sign out"), "/sign-out")]
    return tuple(msgspec.structs.replace(link, current=link.href == current) for link in links)
