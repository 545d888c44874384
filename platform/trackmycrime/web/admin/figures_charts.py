"""Charts of figures, drawn as shapes whose sizes are percentages: of nothing but what may be shown."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from trackmycrime.kit.words import _
from trackmycrime.web.common.dates import short_month

# Where the axis begins, and its steps: higher where no point lies below, so that small changes show.
_FLOORS, _LOWEST = {80: 5, 50: 10}, (0, 20)
_HEIGHT = 0.88  # of the whole, for the line: the names of the months stand below it
_NAMED = 3  # months have their names below the axis: more would run into each other on a phone


class Point(Struct, frozen=True):
    """A place in a chart, in percent of its width and height."""

    x: str
    y: str


class Label(Struct, frozen=True):
    """A word at an axis, `at` so many percent of it; `anchor` says which end of the word stands there."""

    at: str
    said: str
    anchor: str


class Chart(Struct, frozen=True):
    """A line over months; where a month may not be shown, it has a gap. `path` is in a square of 100, so much of it `height`."""

    height: str
    path: str
    points: tuple[Point, ...]
    ticks: tuple[Label, ...]
    months: tuple[Label, ...]


def chart(months: Sequence[date], shares: Sequence[int | None]) -> Chart | None:
    """Return the line over these months, None where there are not two points to draw."""
    known = [share for share in shares if share is not None]
    if len(known) <= 1:
        return None
    floor, step = next((axis for axis in _FLOORS.items() if min(known) >= axis[0]), _LOWEST)
    places = [
        None if share is None else (_across(n, len(months)), _down(share, floor)) for n, share in enumerate(shares)
    ]
    return Chart(
        height=f"{_HEIGHT:.0%}",
        path=_path(places),
        points=tuple(Point(f"{place[0]:.2f}%", f"{place[1] * _HEIGHT:.2f}%") for place in places if place),
        ticks=tuple(_tick(share, floor) for share in range(floor, 101, step)),
        months=tuple(_named(months, n * (len(months) - 1) // (_NAMED - 1)) for n in range(_NAMED)),
    )


def _across(number: int, all_: int) -> float:
    return 100 * number / (all_ - 1)


def _down(share: int, floor: int) -> float:
    return 100 - 100 * (share - floor) / (100 - floor)


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    """Return the line through these places, begun anew after each gap."""
    drawn: list[str] = []
    pen = "M"
    for place in places:
        if place:
            drawn.append(f"{pen}{place[0]:.2f} {place[1]:.2f}")
        pen = "L" if place else "M"
    return " ".join(drawn)


def _tick(share: int, floor: int) -> Label:
    return Label(f"{_down(share, floor) * _HEIGHT:.2f}%", _("%(number)s%%", number=share), "end")


def _named(months: Sequence[date], number: int) -> Label:
    anchor = {0: "start", len(months) - 1: "end"}.get(number, "middle")
    return Label(f"{_across(number, len(months)):.2f}%", short_month(months[number]), anchor)
