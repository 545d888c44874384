"""How and when it is safe to reach somebody, as staff recorded it: it binds everything that we send by ourselves."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct

from trackmycrime.kit.time import LONDON

ASK_AGAIN = timedelta(days=90)
_MARGIN = timedelta(minutes=10)  # what leaves late may arrive late
_WEEK = 7


class SafeChannel(StrEnum):
    """By which way it is safe to reach somebody; a call is a person's to make, never ours."""

    EMAIL = "email"
    TEXT = "text"
    CALL = "call"


class SafeContact(Struct, frozen=True):
    """By which channel, on which days (Monday is 0) and between which full hours in London it is safe.

    `note` is for staff alone. `risks` are those that were known when it was recorded: a new one, and it holds no more.
    """

    channel: SafeChannel
    days: tuple[int, ...]
    begins: int
    ends: int
    note: str = ""
    risks: tuple[str, ...] = ()

    def next_moment(self, moment: datetime) -> datetime:
        """Return the first moment from `moment` on at which something may be sent: `moment` itself, if it is safe then."""
        local = moment.astimezone(LONDON)
        for ahead in range(_WEEK + 1):
            midnight = datetime.combine(local.date() + timedelta(days=ahead), time(), LONDON)
            closes = midnight + timedelta(hours=self.ends) - _MARGIN
            if midnight.weekday() in self.days and local < closes:
                return max(local, midnight + timedelta(hours=self.begins)).astimezone(UTC)
        raise LookupError
