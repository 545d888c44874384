"""What every page of administrators shares: the way around, who may change what, and a change that somebody else made first."""

from trackmycrime.domain.configuring import ChangedMeanwhile
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import refused
from trackmycrime.web.common.frame import Form, Frame, Link
from trackmycrime.web.common.visit import Visit

START, BRANDING, FEATURES = "/admin", "/admin/branding", "/admin/features"
REVIEW, HISTORY = "/admin/review", "/admin/history"
CLIENTS = "/admin/clients"
REVISION = "revision"


def frame(visit: Visit, current: str) -> Frame:
    """Return the frame of a page of administrators."""
    places = {
        START: _("Start"),
        BRANDING: _("Branding"),
        FEATURES: _("Features"),
        REVIEW: _("Review"),
        HISTORY: _("History"),
        CLIENTS: _("Connections"),
        "/staff/sign-out": _("Sign out"),
    }
    navigation = tuple(Link(name, href, current=href == current) for href, name in places.items())
    return frames.frame(visit, navigation=navigation, home=START, wide=True, footnote=frames.staff_footnote())


def revision(form: dict[str, str]) -> int:
    """Return which change of the draft the sender of a form saw."""
    said = form.get(REVISION, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else -1  # noqa: PLR2004  digits


def again(form: dict[str, str], refusal: Refusal, revision_now: int, fields: dict[str, str]) -> Form:
    """Return a form that was refused, as it was filled in.

    `fields` are the names of the page's own fields, by the path of the setting; a problem elsewhere stands above all. Who was
    overtaken has now seen so, and may save over it.
    """
    kept = {**form, REVISION: str(revision_now)} if isinstance(refusal, ChangedMeanwhile) else form
    if isinstance(refusal, Invalid):
        refusal = Invalid({fields.get(path, ""): sentence for path, sentence in refusal.fields.items()})
    return refused(kept, refusal)
