"""Days ago turned into moments, so that a story told today happened lately and in daylight."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


def moments(agos: Iterable[int], today: datetime, rng: Random) -> list[datetime]:
    """One moment for each "days ago" (oldest first): in working hours on past days, before `today` on the last."""
    found: list[datetime] = []
    for ago, steps in Counter(agos).items():
        found += _before(today, steps, rng) if ago == 0 else _in_hours(today.date() - timedelta(days=ago), steps, rng)
    return found


def _before(today: datetime, steps: int, rng: Random) -> list[datetime]:
    back = sorted(rng.sample(range(10, 170), steps), reverse=True)
    return [earlier(today, minutes) for minutes in back]


def _in_hours(day: date, steps: int, rng: Random) -> list[datetime]:
    minutes = sorted(rng.sample(range(8 * 60 + 30, 18 * 60), steps))
    return [datetime.combine(day, time(minute // 60, minute % 60), LONDON) for minute in minutes]


def earlier(moment: datetime, minutes: float) -> datetime:
    """So many real minutes before, whatever the clocks did that night."""
    return (moment.astimezone(UTC) - timedelta(minutes=minutes)).astimezone(LONDON)


def sitting(today: datetime, days: int) -> datetime:
    """Ten o'clock on the court's working day nearest to so many days away, no nearer to today than that."""
    day = today.date() + timedelta(days=days)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1 if days > 0 else -1)
    return datetime.combine(day, time(10), LONDON)
