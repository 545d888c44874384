"""What all pages of the console share: the frame around them, and counts that point at nobody."""

from msgspec import Struct

from trackmycrime.domain.reporting import Stage
from trackmycrime.kit.words import _
from trackmycrime.web.common import frames
from trackmycrime.web.common.frame import Frame, Link
from trackmycrime.web.common.visit import Visit

HOME = "/forces"
SIGN_OUT = "/sign-out"
_FEWEST = 5  # a smaller count could point at a person (Government Statistical Service, disclosure control)
_STEP = 1024


class Count(Struct, frozen=True, order=True):
    """A count as an operator may know it. `rank` sorts, and tells no more than the text does."""

    rank: int
    text: str


class StageTag(Struct, frozen=True):
    """How far a force is, in words and in a colour of the design system."""

    text: str
    colour: str


def frame(visit: Visit, current: str = "") -> Frame:
    """Return the frame of a page of the console; `current` is the menu's link that leads to it."""
    if visit.session is None:
        return frames.frame(visit)
    pages = ((_("Forces"), HOME), (_("Operators"), "/operators"), (_("Audit"), "/audit"), (_("Sign out"), SIGN_OUT))
    menu = tuple(Link(text, href, current=href == current) for text, href in pages)
    footnote = _("Operators only. What you do here is recorded.")
    return frames.frame(visit, navigation=menu, home=HOME, wide=True, footnote=footnote)


def count(number: int | None) -> Count:
    """Return a count that was made, or a dash where there is none."""
    if number is None:
        return Count(-1, "\N{EN DASH}")
    if 0 < number < _FEWEST:
        return Count(1, _("fewer than 5"))
    return Count(number, f"{number:,}")


def total(counts: list[Count]) -> Count:
    """Return the sum of counts; small ones are left out, so that nobody can subtract their way to one."""
    return Count(number := sum(one.rank for one in counts if one.rank >= _FEWEST), f"{number:,}")


def stage_tag(stage: Stage) -> StageTag:
    """Return how a stage is shown."""
    return {
        Stage.LIVE: StageTag(_("Live"), "govuk-tag--green"),
        Stage.SETTING_UP: StageTag(_("Setting up"), "govuk-tag--blue"),
        Stage.SUSPENDED: StageTag(_("Suspended"), "govuk-tag--red"),
        Stage.ABSENT: StageTag(_("Not on board yet"), "govuk-tag--grey"),
    }[stage]


def size(number: int) -> str:
    """Return a number of bytes as people say it."""
    if number < _STEP:
        return _("%(number)s bytes", number=number)
    kibibytes = number / _STEP
    return f"{kibibytes:,.0f} KB" if kibibytes < _STEP else f"{kibibytes / _STEP:,.1f} MB"
