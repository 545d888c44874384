"""The stages of a case, in the order a case goes through them; an investigation may end at any of them."""

from enum import StrEnum

from trackmycrime.kit.words import _


class Stage(StrEnum):
    """Where a case stands. The order here is the order of the journey."""

    REPORTED = "reported"
    RECORDED = "recorded"
    NEEDS_ASSESSED = "needs_assessed"
    INVESTIGATION = "investigation"
    FILE_TO_CPS = "file_to_cps"
    CHARGING_DECISION = "charging_decision"
    FIRST_HEARING = "first_hearing"
    PLEA_OR_SENDING = "plea_or_sending"
    CROWN_COURT = "crown_court"
    TRIAL = "trial"
    VERDICT = "verdict"
    SENTENCE = "sentence"
    APPEAL = "appeal"
    VICTIM_CONTACT_SCHEME = "victim_contact_scheme"
    RELEASE = "release"


ORDER = tuple(Stage)


def plain(stage: Stage) -> str:
    """Say where the case stands in the words of the case bar, in the language of the moment."""
    return {
        Stage.REPORTED: _("Reported"),
        Stage.RECORDED: _("Recorded as a crime"),
        Stage.NEEDS_ASSESSED: _("Support needs checked"),
        Stage.INVESTIGATION: _("Being investigated"),
        Stage.FILE_TO_CPS: _("With the Crown Prosecution Service"),
        Stage.CHARGING_DECISION: _("Charging decision made"),
        Stage.FIRST_HEARING: _("First court hearing"),
        Stage.PLEA_OR_SENDING: _("Plea, or sent to the Crown Court"),
        Stage.CROWN_COURT: _("In the Crown Court"),
        Stage.TRIAL: _("On trial"),
        Stage.VERDICT: _("Verdict given"),
        Stage.SENTENCE: _("Sentence given"),
        Stage.APPEAL: _("Appeal"),
        Stage.VICTIM_CONTACT_SCHEME: _("Victim Contact Scheme"),
        Stage.RELEASE: _("Release from prison"),
    }[stage]
