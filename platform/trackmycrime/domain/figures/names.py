"""What is counted, and under which names the counts are kept: they outlive the code that wrote them."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum

from trackmycrime.domain.figures.suppression import FEWEST, Row

MADE = "counted"  # says of a month that it was counted, even where nothing was found
KEPT = "kept"  # says of a month that its counts came from elsewhere
LONGEST_WAIT = 21  # working days; whatever took longer counts as so many, one more than any force may call usual
SENT, FAILED = "sent", "failed"
_ANSWERED, _WAITING, _NOTICE = "answered", "waiting", "notice"


class Part(StrEnum):
    """Into what the counts of a figure fall apart; `AGAIN` is a part of what was kept, for which it took another invitation."""

    KEPT = "kept"
    MISSED = "missed"
    AGAIN = "again"


class Figure(StrEnum):
    """A figure of the force."""

    TOLD = "told"
    REPLY = "reply"
    REGISTERED = "registered"
    DELIVERED = "delivered"

    def of(self, part: Part) -> str:
        """Return the name of a count."""
        return f"{self}.{part}"

    def row(self, name: str, counts: Mapping[str, int]) -> Row:
        """Return what was counted of a unit, given by the name of each count."""
        if self is Figure.DELIVERED:
            rows = channels(counts)
            return Row(name, sum(row.kept for row in rows), sum(row.missed for row in rows))
        return Row(name, counts.get(self.of(Part.KEPT), 0), counts.get(self.of(Part.MISSED), 0))


def again(counts: Mapping[str, int]) -> Row:
    """Return of those who registered for how many one invitation was enough, and for how many it was not."""
    registered, more = counts.get(Figure.REGISTERED.of(Part.KEPT), 0), counts.get(Figure.REGISTERED.of(Part.AGAIN), 0)
    return Row("", registered - more, more)


def notice(channel: str, came_of: str) -> str:
    """Return the name of the count of notices by a channel that were sent, that failed, or that were dropped for a reason."""
    return f"{_NOTICE}.{channel}.{came_of}"


def channels(counts: Mapping[str, int]) -> list[Row]:
    """Return by channel how many notices were sent, and how many were not."""
    sent, unsent = Counter[str](), Counter[str]()
    for channel, came_of, number in _notices(counts):
        (sent if came_of == SENT else unsent)[channel] += number
    return [Row(channel, sent[channel], unsent[channel]) for channel in sorted(sent | unsent)]


def reasons(counts: Mapping[str, int]) -> list[Row]:
    """Return why notices were not sent, and how often: one number each, which is its `kept`."""
    found = Counter[str]()
    for _channel, came_of, number in _notices(counts):
        if came_of != SENT:
            found[came_of] += number
    return [Row(why, number, 0) for why, number in sorted(found.items())]


def _notices(counts: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    for name, number in counts.items():
        kind, *of = name.split(".")
        if kind == _NOTICE:
            yield of[0], of[1], number


def waited(days: int, *, answered: bool) -> str:
    """Return the name of the count of messages that were answered after so many working days, or have waited as long."""
    return f"{_ANSWERED if answered else _WAITING}.{days}"


def typical_wait(counts: Mapping[str, int]) -> int:
    """Return within how many working days three in four got a reply, 0 where fewer than five did.

    Who still waits, and has waited longer than that, counts too (as in `reporting`): silence must not look like speed.
    """
    answered = _waits(counts, _ANSWERED)
    if answered.total() < FEWEST:
        return 0
    usual = _three_in_four(answered)
    longer = {days: number for days, number in _waits(counts, _WAITING).items() if days > usual}
    return max(1, _three_in_four(answered + Counter(longer)))


def _waits(counts: Mapping[str, int], kind: str) -> Counter[int]:
    return Counter({days: counts.get(f"{kind}.{days}", 0) for days in range(LONGEST_WAIT + 1)})


def _three_in_four(waits: Counter[int]) -> int:
    place, passed = math.ceil(waits.total() * 3 / 4), 0
    for days in sorted(waits):
        passed += waits[days]
        if passed >= place:
            return days
    return LONGEST_WAIT
