"""The words of staff for what record systems send: its types, and why one of them waits."""

from trackmycrime.domain.ingest.applying import NO_ADDRESSEE, UNKNOWN_PERSON, UNKNOWN_STAGE
from trackmycrime.domain.ingest.batch import NO_CRIME, OTHER_CONTENT, WRONG
from trackmycrime.domain.ingest.carrying import UNKNOWN_CRIME
from trackmycrime.domain.ingest.sifting import ERASED
from trackmycrime.kit.words import _


def kind(event_type: str) -> str:
    """Name a type of event; one that we do not know is named as that."""
    return {
        "crime.recorded": _("A crime"),
        "victim.changed": _("A change about a victim"),
        "officer.assigned": _("An officer for a case"),
        "update.published": _("An update for a victim"),
        "stage.changed": _("A new stage of a case"),
        "hearing.listed": _("A court hearing"),
        "outcome.recorded": _("An outcome"),
        "property.recorded": _("Property"),
        "crime.closed": _("A case was closed"),
        "crime.reopened": _("A case was opened again"),
    }.get(event_type, _("Something that we do not know"))


def names() -> dict[str, str]:
    """Say for every reason, by its name, why a record waits."""
    return {
        NO_ADDRESSEE: _("It does not say for whom it is"),
        UNKNOWN_PERSON: _("It is for somebody who is not on the case"),
        UNKNOWN_CRIME: _("Its crime has not come yet"),
        UNKNOWN_STAGE: _("Its stage is one that we do not know"),
        OTHER_CONTENT: _("Another one came before with the same number"),
        NO_CRIME: _("It does not say which crime it is about"),
        ERASED: _("It is about somebody who was erased"),
        WRONG: _("Something in it is missing or cannot be read"),
    }


def why(reason: str) -> str:
    """Say why a record waits, without a word of what it says."""
    return names().get(reason.partition(":")[0], _("Something in it cannot be used"))


def next_step(reason: str) -> str:
    """Say what happens with a record that waits for this reason."""
    return {
        NO_ADDRESSEE: _("The contact team says for whom it is."),
        UNKNOWN_PERSON: _(
            "It goes on by itself once this person is added to the case, or the contact team corrects it."
        ),
        UNKNOWN_CRIME: _("It goes on by itself once the crime comes."),
        ERASED: _("It cannot be used. The contact team puts it aside."),
        OTHER_CONTENT: _("The record system must send it with a new number, or the contact team puts it aside."),
    }.get(
        reason.partition(":")[0],
        _("The contact team corrects it, or the record system sends it again with a new number."),
    )
