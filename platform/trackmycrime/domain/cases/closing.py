"""A closed case: why, whether the decision can be looked at again, what to do next, and until when it can be read."""

from datetime import date, datetime

from msgspec import Struct

from trackmycrime.domain.cases import outcomes
from trackmycrime.domain.cases.access import Case
from trackmycrime.domain.cases.reviews import Review, right_to_review
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.time import LONDON, months_later
from trackmycrime.kit.words import _
from trackmycrime.store.cases import rows
from trackmycrime.tx import ForceTx


class Closing(Struct, frozen=True):
    """What a victim needs to know about their closed case; after `readable_until` nothing of it opens for them."""

    closed_at: datetime
    reason: str
    review: Review | None
    next_steps: tuple[str, ...]
    readable_until: date


def of(case: Case, months: int) -> Closing | None:
    """Return what there is to say about a closed case, which is read for so many months; None for an open one."""
    if not case.closed or case.closed_at is None:
        return None
    outcome = outcomes.outcome(case.outcome) if case.outcome else None
    day = case.closed_at.astimezone(LONDON).date()
    return Closing(
        case.closed_at,
        outcome.sentence if outcome else _("We have not been told the reason here. Call us and we will explain it."),
        right_to_review(case.outcome, day),
        _next_steps(case.outcome),
        _until(case.closed_at, months),
    )


class Lapsed(Struct, frozen=True):
    """That somebody's case was closed, and until which day they could read it: for so many months."""

    closed_at: datetime
    readable_until: date
    months: int


async def lapsed(tx: ForceTx) -> Lapsed | None:
    """Return when the case that the signed-in person could read last was closed, where they can read it no more; or None."""
    months = configuration(tx).retention.access_months
    closed_at = await rows.lapsed(tx, tx.actor.id, months)
    return Lapsed(closed_at, _until(closed_at, months), months) if closed_at else None


def _until(closed_at: datetime, months: int) -> date:
    return months_later(closed_at.astimezone(LONDON).date(), months)


def _next_steps(outcome: int | None) -> tuple[str, ...]:
    return (*_by_outcome().get(outcome or 0, ()), _("If something new happens, or you remember something, call us."))


def _by_outcome() -> dict[int, tuple[str, ...]]:
    """Return what to do after an outcome (Home Office codes 1 to 22), in the language of the moment."""
    found = _("If you see anything that was taken from you, do not try to get it back yourself. Call us.")
    changed = _("If you change your mind, call us. We will listen.")
    explain = _("You can ask us to explain what was decided and what it means for you.")
    court = _("You can ask us what happens at court, and what help there is for you there.")
    return {
        1: (court,),
        **dict.fromkeys((2, 3, 4, 6, 7, 8, 22), (explain,)),
        **dict.fromkeys((5, 9, 10, 11, 12, 13, 15, 17, 21), (explain,)),
        **dict.fromkeys((14, 16), (changed,)),
        18: (found,),
        **dict.fromkeys((19, 20), (_("You can ask us who is looking into it now, and how to reach them."),)),
    }
