"""What administrators are told by email: that something needs them, and never what."""

from trackmycrime.domain.notifications.wording import Words
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx


def attention(tx: ForceTx, place: str) -> Words:
    """Return the words of an email that sends an administrator to a place of the force's settings."""
    opening = _("Something in the settings of your force needs you. Sign in to see what it is.")
    return Words(_("TrackMyCrime needs your attention"), (opening,), f"{tx.force.origin}{place}")
