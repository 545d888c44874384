"""On which days and between which hours somebody may be told something, by the clock on the wall in London."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from trackmycrime.kit.time import LONDON

_MARGIN = timedelta(minutes=10)  # what leaves late may arrive late
_LOOKED_AT = 15  # days: an hour that a change of clocks skips is there again a week later
_DAY = timedelta(days=1)


class Hours(Struct, frozen=True):
    """On which days (Monday is 0) and between which full hours. Where the end is not after the start, it is the next day's."""

    days: tuple[int, ...]
    begins: int
    ends: int

    def next_moment(self, moment: datetime) -> datetime:
        """Return the first moment from `moment` on that is in these hours: `moment` itself, if it is.

        Raises LookupError where there are none.
        """
        local = moment.astimezone(LONDON)
        for opens, closes in self._openings(local.date()):
            begins = max(moment, opens.astimezone(UTC))
            # Compared as people read the clock: an hour that the clocks skip is in no hours.
            if begins.astimezone(LONDON).replace(tzinfo=None) < closes:
                return begins
        raise LookupError

    def _openings(self, today: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield when these hours open, from the night before on, and what the clock shows when they close."""
        until = self.ends - self.begins if self.ends > self.begins else self.ends - self.begins + 24
        for ahead in range(-1, _LOOKED_AT):
            day = today + ahead * _DAY
            if day.weekday() in self.days:
                opens = datetime.combine(day, time(), LONDON) + timedelta(hours=self.begins)
                yield opens, opens.replace(tzinfo=None) + timedelta(hours=until) - _MARGIN


def common(hours: Sequence[Hours], moment: datetime) -> datetime | None:
    """Return the first moment from `moment` on that is in all of these hours; None where they never meet."""
    last, found = moment + _LOOKED_AT * _DAY, moment
    while found <= last:
        later = max((each.next_moment(found) for each in hours), default=found)
        if later == found:
            return found
        found = later
    return None
