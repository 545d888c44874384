"""Figures of a force for its own administrators: what is counted, what may be shown of it, and what it says."""

from trackmycrime.domain.figures.counting import Count, count, keep, month_before, this_month
from trackmycrime.domain.figures.names import Figure, Part, notice, waited
from trackmycrime.domain.figures.reading import MONTHS, By, Measure, Month, Overview, Parts, Period, overview

__all__ = [
    "MONTHS",
    "By",
    "Count",
    "Figure",
    "Measure",
    "Month",
    "Overview",
    "Part",
    "Parts",
    "Period",
    "count",
    "keep",
    "month_before",
    "notice",
    "overview",
    "this_month",
    "waited",
]
