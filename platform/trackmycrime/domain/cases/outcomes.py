"""How an investigation ends: the Home Office's outcome codes, and what each means for the victim."""

from msgspec import Struct

from trackmycrime.kit.words import _

NOT_YET_DECIDED = 0
CODES = range(23)


class Outcome(Struct, frozen=True):
    """An outcome code with its official short label and a plain sentence or two for a victim."""

    code: int
    label: str
    sentence: str


def outcome(code: int) -> Outcome | None:
    """Describe an outcome code in the language of the moment, or return None when there is no such code."""
    if code not in CODES:
        return None
    return Outcome(code, _labels()[code], _sentences()[code])


def _labels() -> tuple[str, ...]:
    return (
        _("Not yet assigned an outcome"),
        _("Charged or summonsed"),
        _("Caution, youths"),
        _("Caution, adults"),
        _("Taken into consideration"),
        _("Offender died"),
        _("Penalty notices for disorder"),
        _("Cannabis or khat warning"),
        _("Community resolution"),
        _("Not in the public interest, Crown Prosecution Service"),
        _("Not in the public interest, police"),
        _("Prosecution prevented, suspect under age"),
        _("Prosecution prevented, suspect too ill"),
        _("Prosecution prevented, victim or key witness dead or too ill"),
        _("Evidential difficulties, suspect not identified, victim does not support further action"),
        _("Evidential difficulties, suspect identified, victim supports action"),
        _("Evidential difficulties, suspect identified, victim does not support further action"),
        _("Prosecution time limit expired"),
        _("Investigation complete, no suspect identified"),
        _("National Fraud Intelligence Bureau, fraud case"),
        _("Responsibility for further investigation transferred to another body"),
        _("Further investigation to support formal action not in the public interest, police decision"),
        _("Diversionary, educational or intervention activity"),
    )


def _sentences() -> tuple[str, ...]:
    return (
        _("No decision has been made about your case yet."),
        _("A person has been charged with this crime, or told to come to court for it."),
        _("A young person has accepted a caution for this crime. It is a formal warning from the police."),
        _("A person has accepted a caution for this crime. It is a formal warning from the police."),
        _("A person has said that they did this. A court will look at it together with their other crimes."),
        _("The person we believe did this has died, so nobody can be taken to court."),
        _("A person has been given a penalty notice for this. It is a fine instead of going to court."),
        _("A person has been given a formal warning for this."),
        _("A person has said that they did this. They have agreed to put it right without going to court."),
        _(
            "The Crown Prosecution Service will not take this to court. This does not mean that you were not believed. "
            "You may ask for that to be looked at again."
        ),
        _(
            "We will not take this to court. This does not mean that you were not believed. You may ask us to look at "
            "that again."
        ),
        _("We know who we believe did this. They are too young to be taken to court under the law."),
        _("We know who we believe did this. They are too ill to be taken to court."),
        _("We are very sorry. Someone who would have to speak in court cannot do so, and we cannot go further."),
        _(
            "We have not found out who did this, and we understand that you do not want us to go further. You can talk "
            "to us again at any time."
        ),
        _(
            "We know that you wanted us to go on. We are sorry that there is not enough proof to take this to court. "
            "You may ask us to look at that again."
        ),
        _("We understand that you do not want us to go further. You can talk to us again at any time."),
        _("The time that the law allows for taking this to court has passed. We are sorry that we cannot go further."),
        _(
            "We have done all that we could and have not found out who did this. If anything new comes to light, we can "
            "open your case again."
        ),
        _("Your report has been passed to the national team that looks for links between frauds."),
        _("It is not the police who look into this now, but someone else."),
        _(
            "We will not look into this any further. This does not mean that you were not believed. You may ask us to "
            "look at that again."
        ),
        _("A person will get help to stop them doing this again, instead of going to court."),
    )
