"""Time on duty by London's clock: over nights, weekends, bank holidays and both changes of the clocks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackmycrime.kit.duty_hours import DutyHours
from trackmycrime.kit.time import LONDON
from trackmycrime.kit.working_days import bank_holidays

OFFICE = DutyHours(frozenset(range(5)), 9 * 60, 17 * 60, bank_holidays=False)
NIGHTS = DutyHours(frozenset(range(7)), 22 * 60, 6 * 60, bank_holidays=True)
ALWAYS = DutyHours(frozenset(range(7)), 0, 0, bank_holidays=True)
SUNDAYS = DutyHours(frozenset({6}), 0, 4 * 60, bank_holidays=True)

minutes = st.integers(0, 24 * 60 - 1)
duties = st.builds(
    DutyHours, st.frozensets(st.integers(0, 6), min_size=1), minutes, minutes, bank_holidays=st.booleans()
).filter(lambda duty: duty.minutes >= 60)
# The days around Christmas, Easter and both changes of the clocks are tried more often than they come.
edges = st.sampled_from([(2026, 3, 27), (2026, 10, 24), (2026, 12, 23), (2027, 12, 24), (2028, 4, 12), (2026, 5, 22)])
moments = st.builds(
    lambda day, ahead: datetime(*day, tzinfo=UTC) + timedelta(minutes=ahead), edges, st.integers(0, 6 * 24 * 60)
) | st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0)
)


def at(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


def on_duty(duty: DutyHours, moment: datetime) -> bool:
    """Say it of one moment alone, by the spells of the day before and of the day itself."""
    today = moment.astimezone(LONDON).date()
    for day in (today - timedelta(days=1), today):
        if day.weekday() not in duty.days or (not duty.bank_holidays and day in bank_holidays(day.year)):
            continue
        midnight, ends = datetime(day.year, day.month, day.day, tzinfo=LONDON), duty.closes
        if duty.closes <= duty.opens:
            ends += 24 * 60
        begins_at, ends_at = (  # by the clock on the wall
            (midnight + timedelta(minutes=minute)).astimezone(UTC) for minute in (duty.opens, ends)
        )
        if begins_at <= moment < ends_at:
            return True
    return False


@given(duties, moments)
def test_the_next_moment_is_on_duty_and_nothing_before_it_is(duty: DutyHours, moment: datetime) -> None:
    found = duty.next_on(moment)
    assert found >= moment
    assert on_duty(duty, found)
    half_hours = -int((moment - found) // timedelta(minutes=30))
    assert not any(on_duty(duty, moment + timedelta(minutes=30) * each) for each in range(half_hours))
    assert found - moment < timedelta(days=29), "two bank holidays a week apart are the worst there is"


@given(duties, moments, st.integers(1, 12))
def test_so_many_hours_on_duty_pass_and_no_more(duty: DutyHours, moment: datetime, worked: int) -> None:
    ends = duty.after(moment, timedelta(hours=worked))
    assert on_duty(duty, ends - timedelta(minutes=1)), "the clock stops while somebody is there"
    assert ends >= duty.next_on(moment) + timedelta(hours=worked)
    step = timedelta(minutes=1)
    if ends - moment < timedelta(days=4):
        passed = sum(on_duty(duty, moment + step * each) for each in range(int((ends - moment) / step)))
        assert passed == worked * 60


@given(duties, moments, st.integers(1, 20), st.integers(1, 20))
def test_waiting_twice_is_waiting_for_both_together(duty: DutyHours, moment: datetime, one: int, two: int) -> None:
    first = duty.after(moment, timedelta(hours=one))
    assert duty.after(first, timedelta(hours=two)) == duty.after(moment, timedelta(hours=one + two))


@pytest.mark.parametrize(
    ("duty", "moment", "found"),
    [
        # Friday 18 December 2026, after hours; Christmas Day is a Friday, and Monday the 28th stands for Boxing Day.
        (OFFICE, "2026-12-18T17:00", "2026-12-21T09:00"),
        (OFFICE, "2026-12-24T16:59", "2026-12-24T16:59"),
        (OFFICE, "2026-12-24T17:00", "2026-12-29T09:00"),
        (NIGHTS, "2026-03-02T06:00", "2026-03-02T22:00"),
        (NIGHTS, "2026-03-02T05:59", "2026-03-02T05:59"),
        (ALWAYS, "2026-12-25T03:17", "2026-12-25T03:17"),
        # On 29 March 2026 the clocks go forward at 1.
        (SUNDAYS, "2026-03-29T03:59", "2026-03-29T03:59"),
        (SUNDAYS, "2026-03-29T04:00", "2026-04-05T00:00"),
    ],
)
def test_both_sides_of_an_edge(duty: DutyHours, moment: str, found: str) -> None:
    assert duty.next_on(at(moment)) == at(found)


@pytest.mark.parametrize(
    ("duty", "moment", "hours", "found"),
    [
        (OFFICE, "2026-12-24T15:00", 4, "2026-12-29T11:00"),
        (OFFICE, "2026-03-06T16:00", 8, "2026-03-09T16:00"),
        (OFFICE, "2026-03-07T12:00", 1, "2026-03-09T10:00"),
        (NIGHTS, "2026-03-02T12:00", 8, "2026-03-03T06:00"),
        # The night of the 29th is an hour shorter, that of 25 October an hour longer.
        (SUNDAYS, "2026-03-29T00:00", 3, "2026-03-29T04:00"),
        (SUNDAYS, "2026-10-25T00:00", 5, "2026-10-25T04:00"),
        (ALWAYS, "2026-10-24T12:00", 24, "2026-10-25T11:00"),
        (ALWAYS, "2026-03-28T12:00", 24, "2026-03-29T13:00"),
    ],
)
def test_hours_of_duty_are_hours_that_pass(duty: DutyHours, moment: str, hours: int, found: str) -> None:
    assert duty.after(at(moment), timedelta(hours=hours)) == at(found)
