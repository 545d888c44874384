"""The schedule: what goes on which day, counted before it goes, and what is kept back."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct

from trackmycrime.domain.retention import holds
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.domain.tenancy.retention import Retention
from trackmycrime.kit.time import LONDON, months_later, today
from trackmycrime.store.retention import due as rows
from trackmycrime.store.retention.due import CaseRow, Cutoffs
from trackmycrime.tx import ForceTx

PAGE = 50
AHEAD = (30, 90)
"""How many days ahead the page of what will go counts."""


class What(StrEnum):
    """What is deleted. The words are stored."""

    CASES = "cases"
    PEOPLE = "people"
    RECORDS = "records"
    NOTIFICATIONS = "notifications"
    ERASURE = "erasure"


BY_THE_CLOCK = (What.CASES, What.PEOPLE, What.RECORDS, What.NOTIFICATIONS)


class Forecast(Struct, frozen=True):
    """How much is deleted on a day or was due before it, by class, and how many cases are kept back. None counts past `most`."""

    numbers: dict[What, int]
    kept: int
    most: int = rows.MOST


class Coming(Struct, frozen=True):
    """A case that goes on a day, unless it is kept back: by a hold, `held` being why, or by an open request about somebody on it."""

    reference: str
    closed_on: date
    goes_on: date
    held: str
    is_asked_for: bool


def before(retention: Retention, day: date) -> Cutoffs:
    """Return before which moment what goes on a day was closed, came, ended or was left: whole days, as calendars have them."""
    return Cutoffs(
        cases=_midnight(months_later(day, -retention.case_months)),
        people=_midnight(day - timedelta(days=retention.person_days)),
        records=_midnight(day - timedelta(days=retention.record_days)),
        notifications=_midnight(day - timedelta(days=retention.notification_days)),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def due(tx: ForceTx) -> Cutoffs:
    """Return what `before` says for today, under the schedule that is published."""
    return before(configuration(tx).retention, today())


async def forecast(tx: ForceTx, retention: Retention, days: int) -> Forecast:
    """Count what would be gone in so many days under a schedule, published or not."""
    cutoffs = before(retention, today() + timedelta(days=days))
    numbers: dict[What, int] = dict(zip(BY_THE_CLOCK, await rows.numbers(tx, cutoffs), strict=True))
    return Forecast(numbers, await rows.number_kept(tx, cutoffs.cases))


async def coming(tx: ForceTx, page: int) -> tuple[list[Coming], int]:
    """Return a page of the cases that go within the longest time ahead, the first first, and how many there are."""
    retention = configuration(tx).retention
    closed_before = before(retention, today() + timedelta(days=AHEAD[-1])).cases
    found = await rows.listed(tx, closed_before, PAGE, (max(1, page) - 1) * PAGE)
    return [_coming(tx, row, retention) for row in found], await rows.number_listed(tx, closed_before)


def _coming(tx: ForceTx, row: CaseRow, retention: Retention) -> Coming:
    closed_on = row.closed_at.astimezone(LONDON).date()
    goes_on = months_later(closed_on, retention.case_months) + timedelta(days=1)
    held = holds.reason(tx, row.hold_id, row.why) if row.hold_id and row.why else ""
    return Coming(row.reference, closed_on, max(goes_on, today()), held, row.is_asked_for)
