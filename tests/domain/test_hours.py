"""When somebody may be told: on both sides of each edge, over midnight, over the change of clocks, and where two hours meet."""

from datetime import UTC, datetime

import pytest

from trackmycrime.domain.people.hours import Hours, common
from trackmycrime.kit.time import LONDON

ALL = tuple(range(7))
OFFICE = Hours((0, 1, 2, 3, 4), 9, 17)
LATE = Hours(ALL, 22, 6)
WEEKEND = Hours((5, 6), 0, 24)


def at(text: str, *, fold: int = 0) -> datetime:
    """Return a moment by the clock in London; of an hour that comes twice, the second with `fold`."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "moment", "found"),
    [
        # Monday is 2 March 2026; ten minutes before the end nothing leaves any more.
        (OFFICE, "2026-03-02T08:59:59", "2026-03-02T09:00"),
        (OFFICE, "2026-03-02T09:00", "2026-03-02T09:00"),
        (OFFICE, "2026-03-02T16:49:59", "2026-03-02T16:49:59"),
        (OFFICE, "2026-03-02T16:50", "2026-03-03T09:00"),
        (OFFICE, "2026-03-06T16:50", "2026-03-09T09:00"),
        # Over midnight: the end is the next day's, and it is the evening that the day names.
        (LATE, "2026-03-02T21:59", "2026-03-02T22:00"),
        (LATE, "2026-03-02T23:59:59", "2026-03-02T23:59:59"),
        (LATE, "2026-03-03T00:00", "2026-03-03T00:00"),
        (LATE, "2026-03-03T05:49", "2026-03-03T05:49"),
        (LATE, "2026-03-03T05:50", "2026-03-03T22:00"),
        (Hours((4,), 20, 2), "2026-03-07T01:30", "2026-03-07T01:30"),
        (Hours((4,), 20, 2), "2026-03-06T01:30", "2026-03-06T20:00"),
        (Hours((4,), 20, 2), "2026-03-07T01:50", "2026-03-13T20:00"),
        (WEEKEND, "2026-03-06T23:59", "2026-03-07T00:00"),
        (WEEKEND, "2026-03-08T23:49", "2026-03-08T23:49"),
        (WEEKEND, "2026-03-08T23:50", "2026-03-14T00:00"),
        (Hours(ALL, 9, 9), "2026-03-02T08:00", "2026-03-02T08:00"),
        # On 29 March the clocks go forward at 1, so that there is no time between 1 and 2.
        (Hours((6,), 1, 2), "2026-03-29T00:30", "2026-04-05T01:00"),
        (Hours((6,), 1, 4), "2026-03-29T00:30", "2026-03-29T02:00"),
        (Hours((6,), 0, 3), "2026-03-29T02:49", "2026-03-29T02:49"),
        (Hours((6,), 0, 3), "2026-03-29T02:50", "2026-04-05T00:00"),
        (OFFICE, "2026-03-28T12:00", "2026-03-30T09:00"),
    ],
)
def test_both_sides_of_an_edge(hours: Hours, moment: str, found: str) -> None:
    assert hours.next_moment(at(moment)) == at(found)


def test_the_hour_that_comes_twice_is_as_the_clock_shows_it() -> None:
    """On 25 October 2026 the clocks go back at 2: the hour from 1 comes twice."""
    night = Hours((6,), 0, 2)
    for fold in (0, 1):
        inside = at("2026-10-25T01:30", fold=fold)
        assert night.next_moment(inside) == inside
    assert night.next_moment(at("2026-10-25T01:55", fold=1)) == at("2026-11-01T00:00")
    assert Hours((6,), 2, 4).next_moment(at("2026-10-25T01:59", fold=1)) == at("2026-10-25T02:00")
    assert at("2026-10-25T02:00") - at("2026-10-25T01:59") > at("2026-10-25T02:00") - at("2026-10-25T01:59", fold=1)
    assert Hours((6,), 9, 17).next_moment(at("2026-10-24T12:00")) == at("2026-10-25T09:00")


@pytest.mark.parametrize(
    ("both", "moment", "found"),
    [
        ((OFFICE, Hours(ALL, 16, 20)), "2026-03-02T10:00", "2026-03-02T16:00"),
        ((OFFICE, Hours(ALL, 16, 20)), "2026-03-02T16:50", "2026-03-03T16:00"),
        ((OFFICE, Hours(ALL, 16, 20)), "2026-03-06T17:00", "2026-03-09T16:00"),
        ((OFFICE, LATE), "2026-03-02T10:00", None),
        ((OFFICE, WEEKEND), "2026-03-02T10:00", None),
        ((WEEKEND, LATE), "2026-03-06T23:00", "2026-03-07T00:00"),
        ((WEEKEND, LATE), "2026-03-07T06:00", "2026-03-07T22:00"),
        ((Hours((6,), 1, 2), Hours(ALL, 0, 24)), "2026-03-29T00:30", "2026-04-05T01:00"),
        ((Hours((0,), 9, 10), Hours((0,), 9, 10)), "2026-03-02T09:50", "2026-03-09T09:00"),
        ((), "2026-03-02T09:50", "2026-03-02T09:50"),
    ],
)
def test_where_two_hours_meet_the_narrower_wins(both: tuple[Hours, ...], moment: str, found: str | None) -> None:
    assert common(both, at(moment)) == (at(found) if found else None)
