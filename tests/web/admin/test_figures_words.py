"""The heading of a figure states what was found, in words, and says no more than the numbers that are shown."""

from datetime import date

import pytest

from trackmycrime.domain.figures import Measure, Month
from trackmycrime.domain.figures.finding import finding
from trackmycrime.domain.figures.names import Figure, typical_wait, waited
from trackmycrime.domain.figures.suppression import Row, alone
from trackmycrime.web.admin import figures_words
from trackmycrime.web.admin.figures_charts import chart

SEPTEMBER, OCTOBER = date(2025, 9, 1), date(2025, 10, 1)


def heading(figure: Figure, now: tuple[int, int], before: tuple[int, int]) -> str:
    months = [
        Month(begins, alone(Row("", *counts)), None, 0) for begins, counts in ((SEPTEMBER, before), (OCTOBER, now))
    ]
    found = finding(months[1].line, months[0].line)
    return figures_words.heading(Measure(figure, tuple(months), months[1], months[0], found, ()))


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((90, 10), (95, 5), "About 9 of 10 updates came in time in October 2025, fewer than in September 2025"),
        ((90, 10), (80, 20), "About 9 of 10 updates came in time in October 2025, more than in September 2025"),
        ((90, 10), (91, 9), "About 9 of 10 updates came in time in October 2025, much as in September 2025"),
        ((97, 5), (50, 50), "95% of updates came in time in October 2025, more than in September 2025"),
        ((5, 60), (50, 50), "8% of updates came in time in October 2025, fewer than in September 2025"),
        ((40, 0), (50, 50), "All updates came in time in October 2025, more than in September 2025"),
        ((0, 9), (50, 50), "None of the updates came in time in October 2025, fewer than in September 2025"),
        ((50, 50), (0, 0), "About 5 of 10 updates came in time in October 2025"),
        ((50, 50), (3, 40), "About 5 of 10 updates came in time in October 2025"),
        ((300, 3), (50, 50), "All but a few updates came in time in October 2025"),
        ((3, 300), (50, 50), "Only a few updates came in time in October 2025"),
        ((2, 1), (50, 50), "Too few updates fell due in October 2025 to say how many came in time"),
        ((6, 1), (50, 50), "Too few updates fell due in October 2025 to say how many came in time"),
        ((0, 0), (50, 50), "No update fell due in October 2025"),
    ],
)
def test_a_heading_says_how_it_is_and_how_it_was(now: tuple[int, int], before: tuple[int, int], said: str) -> None:
    assert heading(Figure.TOLD, now, before) == said


@pytest.mark.parametrize("figure", list(Figure))
def test_every_figure_has_words_for_everything_there_is_to_say(figure: Figure) -> None:
    pairs = [((90, 10), (95, 5)), ((90, 10), (80, 20)), ((90, 10), (90, 10)), ((90, 10), (0, 0))]
    pairs += [((300, 3), (9, 9)), ((3, 300), (9, 9)), ((1, 1), (9, 9)), ((0, 0), (9, 9))]
    said = {heading(figure, *pair) for pair in pairs}
    assert len(said) == len(pairs)
    assert all("October 2025" in sentence and "%" not in sentence for sentence in said)


def test_three_in_four_count_those_who_still_wait_longer() -> None:
    quick = {waited(1, answered=True): 6, waited(2, answered=True): 2}
    assert typical_wait(quick) == 1
    assert typical_wait({**quick, waited(9, answered=False): 8}) == 9, "silence does not look like speed"
    assert typical_wait({**quick, waited(0, answered=False): 8}) == 1, "what came just now has not waited long"
    assert typical_wait({waited(1, answered=True): 4}) == 0
    assert figures_words.wait(0) == "Too few replies"
    assert figures_words.wait(21) == "More than 20 working days"


def test_a_chart_has_a_gap_where_a_month_is_not_shown() -> None:
    months = [date(2026, number, 1) for number in range(1, 13)]
    drawn = chart(months, [80, None, 90, 100, *[None] * 8])
    assert drawn is not None
    assert drawn.path == "M0.00 100.00 M18.18 50.00 L27.27 0.00"
    assert len(drawn.points) == 3
    assert [tick.said for tick in drawn.ticks] == ["80%", "85%", "90%", "95%", "100%"]
    assert [label.said for label in drawn.months][::2] == ["Jan 2026", "Dec 2026"]
    assert chart(months, [80, *[None] * 11]) is None
