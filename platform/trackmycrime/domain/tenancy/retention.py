"""How long a force keeps what, as its configuration has it: within bounds that have their reasons, and in an order that makes sense."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from trackmycrime.kit.words import _

# An outcome can be looked at again when somebody asks within three months (the Victims' Right to Review).
AccessMonths = Annotated[int, Meta(ge=3, le=72, description="a number of months from 3 to 72")]
# It is a copy: what has to be kept for longer is kept in the record system.
CaseMonths = Annotated[int, Meta(ge=3, le=84, description="a number of months from 3 to 84")]
# A record system that was restored from last month's backup sends again what it sent since.
KeptDays = Annotated[int, Meta(ge=30, le=730, description="a number of days from 30 to 730")]
PersonDays = Annotated[int, Meta(ge=0, le=365, description="a number of days from 0 to 365")]
AUDIT_YEARS = 6
"""How long the audit is kept at the least: a claim about what was done with data can be brought for six years (Limitation Act 1980)."""


class Retention(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long what is kept.

    `access_months` and `case_months` count from when a case was closed: how long its victims can read it, and when all of it
    is deleted. `record_days` count from when a record came and was used or dismissed, `notification_days` from when a
    notification was sent or given up, `person_days` from when somebody's last case went.
    """

    access_months: AccessMonths = 12
    case_months: CaseMonths = 24
    record_days: KeptDays = 90
    notification_days: KeptDays = 365
    person_days: PersonDays = 30


def problems(retention: Retention) -> Iterator[tuple[str, str]]:
    """Yield what does not fit together: a sentence for each setting, by its path."""
    if retention.case_months < retention.access_months:
        yield (
            "retention.case_months",
            _(
                "retention.case_months must be as long as retention.access_months, or longer: victims still read the case"
            ),
        )
