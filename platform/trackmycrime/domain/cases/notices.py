"""What a notice says: one of our sentences, told by its topic, in the language of whoever reads it.

Only what happened is kept (which stage, which court), so that a notice can be read in either language.
"""

from trackmycrime.domain.cases import outcomes, stages
from trackmycrime.kit.words import _


def said(topic: str, what: str) -> str:
    """Return the sentence of a notice; what has no sentence of ours says itself."""
    sentence = what
    match topic:
        case "officer_assigned":
            sentence = _("An officer is now dealing with your case")
        case "stage" if what in set(stages.Stage):
            sentence = _("Your case has moved to a new stage: %(stage)s", stage=stages.plain(stages.Stage(what)))
        case "hearing":
            sentence = _("A court hearing has been listed at %(court)s", court=what)
        case "outcome" if what.isdecimal():
            outcome = outcomes.outcome(int(what))
            sentence = outcome.sentence if outcome else ""
        case "closed":
            sentence = _("Your case has been closed")
        case "reopened":
            sentence = _("Your case has been opened again")
        case _:
            sentence = _of_account(topic, what) or what
    return sentence


def _of_account(topic: str, what: str) -> str:
    """Return the sentence of what happened to somebody's own account, or "" for anything else."""
    match topic:
        case "data_asked":
            return _("You asked for a copy of your data. If it was not you, cancel it: open Settings, then Copies.")
        case "data_ready":
            return _("The copy of your data that you asked for is ready.")
        case "new_device":
            return _("Your account was opened on a new device. If it was not you, open Settings and lock your account.")
        case "factor_added":
            return f"{_added(what)} {_if_not_you()}"
        case "factor_removed":
            return f"{_removed(what)} {_if_not_you()}"
        case _:
            return ""


def _added(kind: str) -> str:
    return {
        "passkey": _("You can now sign in with a passkey that was added."),
        "authenticator": _("An app for codes was added to your account."),
        "card": _("A card of codes was made for your account."),
        "text": _("Codes by text were turned on for your account."),
    }.get(kind, _("A new way to sign in was added to your account."))


def _removed(kind: str) -> str:
    return {
        "passkey": _("A passkey was removed from your account."),
        "authenticator": _("The app for codes was removed from your account."),
        "card": _("The card of codes was removed from your account."),
        "text": _("Codes by text were turned off for your account."),
    }.get(kind, _("A way to sign in was removed from your account."))


def _if_not_you() -> str:
    return _("If it was not you, open Settings, then lock your account. We will call you.")
