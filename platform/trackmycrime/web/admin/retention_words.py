"""The words of administrators for what is kept, what goes, and what people ask about their data."""

from trackmycrime.domain.retention.rights import State
from trackmycrime.domain.retention.schedule import What
from trackmycrime.kit.words import _


def what() -> dict[str, str]:
    """Name what is deleted."""
    return {
        What.CASES: _("Closed cases"),
        What.PEOPLE: _("People on no case"),
        What.RECORDS: _("What used records said"),
        What.NOTIFICATIONS: _("What became of notifications"),
        What.ERASURE: _("Erasure of a person"),
    }


def number(found: int, most: int) -> str:
    """Say how many there are; beyond what is counted, that there are more."""
    return _("More than %(number)s", number=f"{most:,}") if found >= most else f"{found:,}"


def states() -> dict[State, str]:
    """Name what becomes of requests."""
    return {State.OPEN: _("Open"), State.GRANTED: _("Granted"), State.REFUSED: _("Refused")}


def own_states() -> dict[str, str]:
    """Name what becomes of copies that people ask for here themselves."""
    return {
        "waiting": _("Waits a day, in case somebody else asked"),
        "ready": _("Ready to take"),
        "cancelled": _("Cancelled"),
        "deleted": _("The copy was deleted after 7 days"),
    }
