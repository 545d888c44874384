"""What an update may be about, in the words of officers and administrators."""

from trackmycrime.domain.tenancy.texts import Event
from trackmycrime.kit.words import _


def events() -> dict[Event, str]:
    """Name what an update may be about."""
    return {
        Event.WITNESS_IDENTIFIED: _("A witness was found"),
        Event.SUSPECT_IDENTIFIED: _("A suspect is known"),
        Event.ARREST: _("Somebody was arrested"),
        Event.INTERVIEW: _("Somebody was interviewed"),
        Event.BAIL: _("Somebody was released on bail"),
        Event.CHARGE: _("Somebody was charged"),
        Event.NO_FURTHER_ACTION: _("No further action"),
        Event.PROPERTY_RECOVERED: _("Property was found"),
    }
