"""What every page of a signed-in victim shares: their session, the case they look at, and the frame around it."""

from collections.abc import Callable, Mapping
from typing import cast

from trackmycrime.domain import cases
from trackmycrime.domain.cases import Case, offences, outcomes, stages
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.actor import NOBODY
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames, menu
from trackmycrime.web.common.dates import day_line
from trackmycrime.web.common.fields import uuid_or_none
from trackmycrime.web.common.frame import CaseBar, Day, Frame
from trackmycrime.web.common.visit import Visit


def session_of(visit: Visit) -> Session:
    """Return the session of a signed-in victim."""
    return cast("Session", visit.session)


def own_case(visit: Visit) -> Case:
    """Return the case that the signed-in victim looks at."""
    return cases.followed(session_of(visit))


async def case_of_form(tx: ForceTx, visit: Visit, form: Mapping[str, str]) -> Case:
    """Return the case that a form is about: the one its page showed, also when another was chosen since in another tab.

    From then on it is the one that the victim looks at. Raises NotFound for a case that is not theirs.
    """
    chosen, named = own_case(visit), form.get("case", "")
    if named in {"", str(chosen.id)}:
        return chosen
    case = await cases.seen_by_actor(tx, uuid_or_none(named) or NOBODY)
    await sessions.choose_case(tx, session_of(visit), case.id)
    return case


def status(case: Case) -> str:
    """Say where the case stands, in the words of the case bar."""
    outcome = outcomes.outcome(case.outcome) if case.closed and case.outcome else None
    if case.closed:
        return outcome.label if outcome else _("Closed")
    return stages.plain(stages.Stage(case.stage))


def offence(group: str) -> str:
    """Name the crime in plain words."""
    return offences.plain(OffenceGroup(group))


def frame(
    tx: ForceTx, visit: Visit, case: Case, current: str, *, new: int = 0, put: Callable[[str], str] = str
) -> Frame:
    """Return the frame of a victim's page; `new` counts what has not been read, `put` is as in `frames.frame`."""
    bar = CaseBar(offence(case.offence_group), put(case.reference), status(case), _due(case, put))
    links = menu.links(configuration(tx), case, current, new=new)
    return frames.frame(visit, navigation=links, case_bar=bar, exit_href=frames.EXIT, home="/messages", put=put)


def settings_frame(visit: Visit) -> Frame:
    """Return the frame of a page that belongs to the settings."""
    return own_frame(visit, "/settings")


def _due(case: Case, put: Callable[[str], str]) -> Day | None:
    due = day_line(case.due_at)
    return Day(put(due.iso), put(due.words)) if due else None


def own_frame(visit: Visit, current: str) -> Frame:
    """Return the frame of a page about the reader themselves: with the bar of the case they look at, where there is one."""
    case = menu.own_case(visit)
    return frame(visit.force_tx(), visit, case, current) if case else frames.plain(visit, current)
