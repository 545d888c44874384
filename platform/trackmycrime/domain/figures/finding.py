"""What a month's figure says, beside the month before: found from what may be shown alone, so that no word gives a count away."""

from enum import StrEnum

from trackmycrime.domain.figures.suppression import Hidden, Line

_SAME = 1  # so many points of a hundred, up or down, are no change


class Finding(StrEnum):
    """What there is to say about a month; `ALONE` where no month before it can be compared."""

    NOTHING = "nothing"
    TOO_FEW = "too_few"
    ALMOST_ALL = "almost_all"
    ALMOST_NONE = "almost_none"
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    ALONE = "alone"


def finding(month: Line, before: Line) -> Finding:
    """Return what a month says beside the one before it."""
    if month.of == 0:
        return Finding.NOTHING
    if month.missed is Hidden.FEW:
        return Finding.ALMOST_ALL
    if month.kept is Hidden.FEW:
        return Finding.ALMOST_NONE
    return _compared(month.share, before.share)


def _compared(share: int | None, before: int | None) -> Finding:
    if share is None:
        return Finding.TOO_FEW
    if before is None:
        return Finding.ALONE
    if abs(share - before) <= _SAME:
        return Finding.SAME
    return Finding.BETTER if share > before else Finding.WORSE
