"""The stages of a case, in the order a case goes through them; an investigation may end at any of them."""

from enum import StrEnum

from msgspec import Struct

from trackmycrime.kit.words import _, kept


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


@kept
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


class Explained(Struct, frozen=True):
    """A stage in plain words: what it means, and what may come next."""

    meaning: str
    next: str


def explained(stage: Stage) -> Explained:
    """Explain a stage in the language of the moment. The words are of November 2026; a person reviews each change."""
    meaning, coming = {**_with_the_police(), **_at_court(), **_afterwards()}[stage]
    return Explained(meaning, coming)


def _with_the_police() -> dict[Stage, tuple[str, str]]:
    return {
        Stage.REPORTED: (
            _("You told us what happened."),
            _("We look at what you told us and decide how to look into it."),
        ),
        Stage.RECORDED: (
            _("We have written down what happened as a crime and given it a number."),
            _("We look for anything that could show who did it. We also ask what help you may need."),
        ),
        Stage.NEEDS_ASSESSED: (
            _("We have asked what help and support you may need."),
            _("We go on looking into what happened. If your needs change, tell us at any time."),
        ),
        Stage.INVESTIGATION: (
            _("We are looking for evidence. We may talk to people, look at recordings or speak to a suspect."),
            _(
                "If there is enough evidence, the police or the Crown Prosecution Service decide whether to charge "
                "somebody. If there is not, we tell you why we stop."
            ),
        ),
        Stage.FILE_TO_CPS: (
            _(
                "We have sent what we found to the Crown Prosecution Service. They are the lawyers who take cases to court."
            ),
            _("They decide whether to charge somebody. They may first ask us for more, so this can take some time."),
        ),
        Stage.CHARGING_DECISION: (
            _("It has been decided whether somebody is charged with this crime."),
            _(
                "If somebody is charged, the case goes to a magistrates' court. If nobody is, we tell you why, and you may "
                "be able to ask for the decision to be looked at again."
            ),
        ),
    }


def _at_court() -> dict[Stage, tuple[str, str]]:
    return {
        Stage.FIRST_HEARING: (
            _("The case has gone to a magistrates' court for the first time."),
            _("The person who was charged is asked whether they did it. More serious cases go on to the Crown Court."),
        ),
        Stage.PLEA_OR_SENDING: (
            _("The person who was charged was asked whether they did it, or the case was sent to the Crown Court."),
            _(
                "If they say that they did it, the court decides on a sentence. If they say that they did not, there is a trial."
            ),
        ),
        Stage.CROWN_COURT: (
            _("The case is in the Crown Court, which deals with more serious crimes."),
            _("The court sets a date for a trial or for the sentence. We tell you the date."),
        ),
        Stage.TRIAL: (
            _("The court is listening to the evidence from both sides."),
            _("The court decides whether the person is guilty. If you are needed at court, we tell you before."),
        ),
        Stage.VERDICT: (
            _("The court has decided whether the person is guilty."),
            _("If they are guilty, the court decides on a sentence, on that day or later. If not, the case ends."),
        ),
    }


def _afterwards() -> dict[Stage, tuple[str, str]]:
    return {
        Stage.SENTENCE: (
            _("The court has decided what happens to the person who was found guilty."),
            # Unduly lenient sentences: 28 calendar days (domain.md, "Duties").
            _(
                "We tell you what the sentence means. For some crimes, anybody who thinks that a sentence is much too low "
                "can ask the Attorney General to look at it. This must be asked within 28 days of the sentence."
            ),
        ),
        Stage.APPEAL: (
            _("A higher court has been asked to look at the case again."),
            _("The higher court may change what was decided, or leave it as it is. We tell you which."),
        ),
        Stage.VICTIM_CONTACT_SCHEME: (
            _("You can choose to be told about important moments of the sentence, such as a release."),
            _("If you say yes, a victim liaison officer gets in touch with you and stays your contact."),
        ),
        Stage.RELEASE: (
            _("The person has been released from prison, or will be."),
            _(
                "There may be rules about where they can go and whom they can contact. Tell us if you see a rule broken."
            ),
        ),
    }
