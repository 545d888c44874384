"""What a page says about a closed case: why, the right to review, what to do next, until when it can be read."""

from collections.abc import Callable

from msgspec import Struct

from trackmycrime.domain.cases import Case, closing
from trackmycrime.domain.cases.reviews import Review, Reviewer
from trackmycrime.kit.words import _, ngettext
from trackmycrime.web.common.dates import day


class ClosedPart(Struct, frozen=True):
    """All that the part shows; `review` is empty where there is no right to one."""

    when: str
    reason: str
    review: tuple[str, ...]
    next_steps: tuple[str, ...]
    readable_until: str


def part(case: Case, months: int, put: Callable[[str], str] = str) -> ClosedPart | None:
    """Return what to say about a closed case, which is read for so many months; None about an open one.

    `put` is as in `frames.frame`.
    """
    told = closing.of(case, months)
    if told is None:
        return None
    return ClosedPart(
        put(day(told.closed_at)),
        told.reason,
        _review(told.review) if told.review else (),
        told.next_steps,
        put(day(told.readable_until)),
    )


def _review(review: Review) -> tuple[str, ...]:
    whose = {
        Reviewer.POLICE: _("You may have the right to ask us to look at this decision again."),
        Reviewer.CPS: _("You may have the right to ask the Crown Prosecution Service to look at this decision again."),
    }
    return (
        whose[review.reviewer],
        _("This is called the Victims' Right to Review. It is free, and somebody who did not make the decision looks."),
        _("You have it if the police had asked a suspect about this crime in a formal interview."),
        ngettext(
            "Ask within %(num)s month of being told the decision. If it is later than that, ask all the same.",
            "Ask within %(num)s months of being told the decision. If it is later than that, ask all the same.",
            review.months,
        ),
    )
