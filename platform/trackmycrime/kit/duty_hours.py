"""When somebody is on duty, week by week, by the clock on the wall in London: when next, and when so many hours have passed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from trackmycrime.kit.time import LONDON
from trackmycrime.kit.working_days import bank_holidays

_DAY = timedelta(days=1)
_MINUTES_OF_A_DAY = 24 * 60

type Spell = tuple[datetime, datetime]


class DutyHours(Struct, frozen=True):
    """On which days (Monday is 0) a spell of duty begins, and from which minute of the day to which.

    Where the end is not after the beginning, it is the next day's. There is at least one day. Without `bank_holidays` no
    spell begins on one.
    """

    days: frozenset[int]
    opens: int
    closes: int
    bank_holidays: bool

    @property
    def minutes(self) -> int:
        """How long a spell is, in minutes of an ordinary day."""
        return (self.closes - self.opens - 1) % _MINUTES_OF_A_DAY + 1

    def next_on(self, moment: datetime) -> datetime:
        """Return the first moment from `moment` on that is on duty: `moment` itself, if it is."""
        begins, _ends = next(self.spells(moment))
        return max(begins, moment)

    def after(self, moment: datetime, worked: timedelta) -> datetime:
        """Return when so much time on duty has passed since `moment`."""
        left = worked
        for begins, ends in self.spells(moment):
            from_here = max(begins, moment)
            if ends - from_here >= left:
                return from_here + left
            left -= ends - from_here
        raise AssertionError

    def spells(self, moment: datetime) -> Iterator[Spell]:
        """Yield the spells of duty that end after `moment`, without end, in UTC; none overlaps the one before it.

        What begins or ends in an hour that the clocks skip does so an hour later; in one that comes twice, the first time.
        """
        day, last = moment.astimezone(LONDON).date() - 2 * _DAY, moment
        while True:
            day += _DAY
            if day.weekday() in self.days and (self.bank_holidays or day not in bank_holidays(day.year)):
                begins, ends = self._spell(day)
                begins = max(begins, last) if last > moment else begins
                if ends > max(begins, moment):
                    last = ends
                    yield begins, ends

    def _spell(self, day: date) -> Spell:
        end_day = day if self.closes > self.opens else day + _DAY
        return _moment(day, self.opens), _moment(end_day, self.closes)


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), LONDON).astimezone(UTC)
