"""Court hearings of a case, and what happens at each kind of them in plain words."""

from trackmycrime.domain.cases.access import Case
from trackmycrime.kit.words import _
from trackmycrime.store import hearings as rows
from trackmycrime.store.hearings import Hearing
from trackmycrime.tx import ForceTx

__all__ = ["Hearing", "explained", "on_case"]


async def on_case(tx: ForceTx, case: Case) -> list[Hearing]:
    """Return the hearings listed on a case that this actor was shown, the latest first."""
    return await rows.on_case(tx, case.id)


def explained(hearing_type: str) -> str:
    """Say what happens at a hearing of this type, however its record system writes it; the first word that fits counts."""
    told = hearing_type.lower()
    return next((meaning for word, meaning in _meanings() if word in told), _otherwise())


def _meanings() -> tuple[tuple[str, str], ...]:
    """Return words of hearing types (CJS standing data), the more special ones first, and what happens there."""
    return (
        ("bail", _("The court decides whether the person waits for the next hearing at home or in prison.")),
        ("appeal", _("A higher court looks again at what was decided.")),
        ("sentenc", _("The court decides what happens to the person who was found guilty.")),
        ("verdict", _("The court says whether the person is guilty.")),
        (
            "trial preparation",
            _("The person is asked whether they did it, and the court plans what has to happen next."),
        ),
        ("plea", _("The person is asked whether they did it, and the court plans what has to happen next.")),
        ("pre-trial", _("The court makes plans for the trial.")),
        ("case management", _("The court makes plans for the trial.")),
        ("newton", _("The court listens to evidence about what exactly happened, before it decides on a sentence.")),
        ("trial", _("The court listens to the evidence and decides whether the person is guilty.")),
        ("committal", _("The case is sent on to the Crown Court.")),
        ("sending", _("The case is sent on to the Crown Court.")),
        ("first", _("The case comes to court for the first time. The person is asked whether they did it.")),
        ("mention", _("A short hearing about how the case is going.")),
        ("review", _("A short hearing about how the case is going.")),
    )


def _otherwise() -> str:
    return _("The court deals with your case. Your officer can tell you what this hearing is for.")
