"""How a force of the demonstration did in the months before it began: invented counts, for the page of figures to have a past."""

from collections.abc import Iterator
from datetime import date
from random import Random

from trackmycrime.cli.demonstration.forces import FORCES
from trackmycrime.domain.figures import MONTHS, Count, Figure, Part, month_before, notice, this_month, waited
from trackmycrime.domain.notifications.ready import Dropped

_CLOSED = range(1, MONTHS)  # how many months ago: this month is counted, not invented
_SMALLEST = 0.3  # of the last unit's work, beside the first's


def past(slug: str, seed: int) -> list[Count]:
    """Return the counts of the months before this one: from month to month the force gets better, one unit less so."""
    chance = Random(f"{seed} past of {slug}")  # noqa: S311 - a demonstration, not a secret
    months = [month_before(this_month(), number) for number in _CLOSED]
    return [count for number, month in enumerate(months) for count in _month(chance, slug, month, number)]


def _month(chance: Random, slug: str, month: date, ago: int) -> Iterator[Count]:
    units = FORCES[slug].units
    for place, unit in enumerate(units):
        size = 1 - (1 - _SMALLEST) * place / (len(units) - 1)
        good = 0.94 - 0.012 * ago - 0.07 * (place == 1)
        for figure, number in ((Figure.TOLD, 160), (Figure.REPLY, 90), (Figure.REGISTERED, 70)):
            yield from _split(chance, month, unit, figure, round(number * size), good - 0.12 * (figure != Figure.TOLD))
        for days, share in ((0, 20), (1, 30), (2, 22), (3, 10), (6, 8)):
            yield Count(month, unit, waited(days, answered=True), round(share * size))
    for channel, number in (("email", 700), ("text", 300)):
        yield Count(month, "", notice(channel, "sent"), number + chance.randrange(60))
        yield Count(month, "", notice(channel, Dropped.NO_ADDRESS), 18 + 2 * ago + chance.randrange(9))
        yield Count(month, "", notice(channel, Dropped.SWITCHED_OFF), 6 + chance.randrange(9))
    yield Count(month, "", notice("text", "failed"), 9 + chance.randrange(9))


def _split(chance: Random, month: date, unit: str, figure: Figure, number: int, good: float) -> Iterator[Count]:
    of = number + chance.randrange(-8, 9)
    kept = min(of, round(of * (good + chance.uniform(-0.03, 0.03))))
    yield Count(month, unit, figure.of(Part.KEPT), kept)
    yield Count(month, unit, figure.of(Part.MISSED), of - kept)
    if figure is Figure.REGISTERED:
        yield Count(month, unit, figure.of(Part.AGAIN), kept // 6)
