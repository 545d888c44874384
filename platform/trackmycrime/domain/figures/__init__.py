"""Figures of a force for its own administrators: what is counted, what may be shown of it, and what it says."""

from trackmycrime.domain.figures.counting import count
from trackmycrime.domain.figures.reading import By, Measure, Month, Overview, Parts, Period, overview

__all__ = ["By", "Measure", "Month", "Overview", "Parts", "Period", "count", "overview"]
