"""What every page of administrators shares: the way around, who may change what, and a change that somebody else made first."""

from trackmycrime.domain.configuring import ChangedMeanwhile
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.web.common import frames, headers
from trackmycrime.web.common.answers import Page, refused
from trackmycrime.web.common.frame import Form, Frame, Link
from trackmycrime.web.common.visit import Visit

START, BRANDING, FEATURES, CRIMES = "/admin", "/admin/branding", "/admin/features", "/admin/crimes"
REVIEW, HISTORY, PREVIEW = "/admin/review", "/admin/history", "/admin/preview"
LOGO, FOOTER, FILE = "/admin/branding/logo", "/admin/branding/footer", "/admin/settings/file"
READY, SUPPORT, WORDING = "/admin/ready", "/admin/support", "/admin/wording"
ROUTING, STAFF, STAFF_SIGN_IN = "/admin/routing", "/admin/staff", "/admin/staff/sign-in"
CLIENTS, SETTINGS, AUDIT, FIGURES = "/admin/clients", "/admin/settings", "/admin/audit", "/admin/figures"
RETENTION = "/admin/retention"
REVISION = "revision"


def settings() -> dict[str, str]:
    """Name the parts of the settings, by where they are."""
    return {
        BRANDING: _("Branding"),
        FEATURES: _("Features"),
        CRIMES: _("Crimes"),
        SUPPORT: _("Support"),
        WORDING: _("Wording"),
        ROUTING: _("Routing"),
        RETENTION: _("Retention"),
        STAFF_SIGN_IN: _("Staff sign-in"),
    }


def frame(visit: Visit, current: str) -> Frame:
    """Return the frame of a page of administrators."""
    places = {
        START: _("Start"),
        SETTINGS: _("Settings"),
        STAFF: _("Staff"),
        CLIENTS: _("Connections"),
        FIGURES: _("Figures"),
        REVIEW: _("Review"),
        HISTORY: _("History"),
        AUDIT: _("Audit"),
        "/staff/sign-out": _("Sign out"),
    }
    place = SETTINGS if current in {*settings(), LOGO, FOOTER, FILE} else current
    navigation = tuple(Link(name, href, current=href == place) for href, name in places.items())
    return frames.frame(visit, navigation=navigation, home=START, wide=True, footnote=frames.staff_footnote())


def framing(shown: Page) -> Page:
    """Let a page show pages of its own force inside itself."""
    shown.headers.update(headers.FRAMING)
    return shown


def revision(form: dict[str, str]) -> int:
    """Return which change of the draft the sender of a form saw."""
    said = form.get(REVISION, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else -1  # noqa: PLR2004  digits


def whole(text: str) -> object:
    """Return the number that a field says; what is no number stays as it is, for the schema to refuse."""
    told = text.strip()
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 5 else told  # noqa: PLR2004  digits


def in_words(refusal: Refusal, said: dict[str, str]) -> Refusal:
    """Return a refusal in the words of a page, by the paths of the settings."""
    if not isinstance(refusal, Invalid):
        return refusal
    return Invalid({path: said.get(path, sentence) for path, sentence in refusal.fields.items()})


def by_field(refusal: Refusal, fields: dict[str, str]) -> Refusal:
    """Return a refusal by the fields of a page; a problem elsewhere stands above all."""
    if not isinstance(refusal, Invalid):
        return refusal
    return Invalid({fields.get(path, ""): sentence for path, sentence in refusal.fields.items()})


def again(form: dict[str, str], refusal: Refusal, revision_now: int, fields: dict[str, str]) -> Form:
    """Return a form that was refused, as it was filled in.

    `fields` are the names of the page's own fields, by the path of the setting; a problem elsewhere stands above all. Who was
    overtaken has now seen so, and may save over it.
    """
    kept = {**form, REVISION: str(revision_now)} if isinstance(refusal, ChangedMeanwhile) else form
    if isinstance(refusal, Invalid):
        refusal = Invalid({fields.get(path, ""): sentence for path, sentence in refusal.fields.items()})
    return refused(kept, refusal)
