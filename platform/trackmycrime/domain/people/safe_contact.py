"""How and when it is safe to reach somebody, as staff recorded it: it binds everything that we send by ourselves."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from trackmycrime.domain.people.hours import Hours

ASK_AGAIN = timedelta(days=90)


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

    @property
    def hours(self) -> Hours:
        """On which days and between which hours."""
        return Hours(self.days, self.begins, self.ends)

    def next_moment(self, moment: datetime) -> datetime:
        """Return the first moment from `moment` on at which something may be sent: `moment` itself, if it is safe then."""
        return self.hours.next_moment(moment)
