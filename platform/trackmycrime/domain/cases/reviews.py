"""The right to ask for a decision to be looked at again: which outcomes it is about, who looks, and until when.

The rules are data with a date, so that a new Code or scheme is a new set beside the old ones.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct


class Reviewer(StrEnum):
    """Whose decision it was, and so who looks at it again."""

    POLICE = "police"
    CPS = "cps"


class Rules(Struct, frozen=True):
    """What held from a day on: who reviews which outcome, and within how many months after the decision to ask."""

    version: str
    since: date
    reviewers: dict[int, Reviewer]
    months: int


class Review(Struct, frozen=True):
    """A right to review; `version` says by which rules."""

    reviewer: Reviewer
    months: int
    version: str


# Victims' Code 2021, right 6; the police scheme (NPCC, April 2015) and that of the Crown Prosecution Service (June 2013).
# Neither is about crimes without a suspect who was interviewed, out-of-court disposals, or a victim who did not want to go
# on. Months: the police scheme's; both look at later requests where there is a good reason. To be confirmed before use.
RULES: Sequence[Rules] = (
    Rules(
        "code-2021",
        date(2021, 4, 1),
        {9: Reviewer.CPS, 10: Reviewer.POLICE, 15: Reviewer.POLICE, 21: Reviewer.POLICE},
        3,
    ),
)


def right_to_review(outcome: int | None, on: date) -> Review | None:
    """Return who looks again at an outcome decided on a day, or None where there is no such right."""
    held = [rules for rules in RULES if rules.since <= on]
    rules = max(held, key=lambda each: each.since, default=None)
    reviewer = rules.reviewers.get(outcome or 0) if rules else None
    return Review(reviewer, rules.months, rules.version) if rules and reviewer else None
