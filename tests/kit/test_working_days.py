"""Working days, against the bank holidays as gov.uk publishes them."""

from datetime import date

import pytest

from trackmycrime.kit import working_days


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (
            2022,
            "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27",
        ),  # by rule; that year's proclamations moved and added some
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
    ],
)
def test_bank_holidays_of_a_year(year: int, days: str) -> None:
    assert sorted(day.strftime("%m-%d") for day in working_days.bank_holidays(year)) == days.split()


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        ((2026, 11, 23), (2026, 11, 23), 0),
        ((2026, 11, 23), (2026, 11, 24), 1),
        ((2026, 11, 20), (2026, 11, 23), 1),  # over a weekend
        ((2026, 12, 24), (2026, 12, 29), 1),  # over Christmas and its day instead
        ((2026, 12, 31), (2027, 1, 4), 1),
        ((2026, 11, 24), (2026, 11, 23), 0),
    ],
)
def test_working_days_between_two_days(first: tuple[int, int, int], last: tuple[int, int, int], number: int) -> None:
    assert working_days.between(date(*first), date(*last)) == number
