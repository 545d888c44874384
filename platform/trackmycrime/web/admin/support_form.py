"""The form of one support service, its English and its Welsh side by side."""

from collections.abc import Mapping

from msgspec import Struct

from trackmycrime.domain.cases import offences
from trackmycrime.domain.configuring import Draft
from trackmycrime.domain.support import entries, sorts, writing
from trackmycrime.domain.support.entries import Entry
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.services import SupportService
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.time import today
from trackmycrime.kit.words import _
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.visit import Visit

type Options = tuple[tuple[str, str], ...]

EMPTY: Mapping[str, str] = {"languages": "English", "free": "yes", "seen": "yes", "category": "other"}
_SWITCHES = ("free", "anonymous")
_CRIME = "crime_"
_BY_NAME = {field: field for field in (*writing.FIELDS, "to")}


class TextLine(Struct, frozen=True):
    """A text of the service, and the name of its Welsh field."""

    name: str
    name_cy: str
    label: str
    label_cy: str
    hint: str


class ServicePage(Struct, frozen=True):
    """All that the form shows. `href` is where it is sent; a service that is not in the list yet has no `place`."""

    form: Form
    href: str
    name: str
    place: int
    last: int
    due: bool
    texts: tuple[TextLine, ...]
    welsh: bool
    kinds: Options
    crimes: Options


def filled(service: SupportService) -> dict[str, str]:
    """Return a service as its form is filled in."""
    text = writing.as_text(service)
    ticked = {name: "yes" for name in _SWITCHES if text[name] == "yes"}
    crimes = {f"{_CRIME}{crime}": "yes" for crime in service.crimes}
    return {name: value for name, value in text.items() if name not in {*_SWITCHES, "crimes"}} | ticked | crimes


def read(form: Mapping[str, str], before: SupportService | None) -> SupportService:
    """Return the service that a form describes; what the form does not ask for stays as it was. Raises Invalid."""
    told = {field: form[field] for field in writing.FIELDS if field in form}
    told |= {switch: "yes" if switch in form else "no" for switch in _SWITCHES}
    told["crimes"] = ", ".join(crime for crime in OffenceGroup if f"{_CRIME}{crime}" in form)
    told["reviewed_on"] = today().isoformat() if "seen" in form else before.reviewed_on if before else ""
    return writing.read((writing.as_text(before) if before else {}) | told)


def show_again(visit: Visit, draft: Draft, form: dict[str, str], refusal: Refusal, entry: Entry | None = None) -> Page:
    """Show the form as it was filled in, with what is wrong."""
    return show(visit, draft, desk.again(form, refusal, draft.revision, _BY_NAME), entry, refusal)


def show(visit: Visit, draft: Draft, form: Form, entry: Entry | None = None, refusal: Refusal | None = None) -> Page:
    """Show the form of a service that is in the list, or of a new one."""
    shown = ServicePage(
        form=form,
        href=f"{desk.SUPPORT}/{entries.key(entry.service)}" if entry else desk.SUPPORT,
        name=entry.service.name if entry else "",
        place=entry.place if entry else 0,
        last=len(draft.configuration.support),
        due=entry is not None and entry.service.reviewed_on <= entries.last_due(),
        texts=_texts(),
        welsh=draft.configuration.has(Feature.WELSH),
        kinds=tuple(sorts.named().items()),
        crimes=tuple((f"{_CRIME}{crime}", offences.plain(crime)) for crime in OffenceGroup),
    )
    return page("admin/support/service.html", desk.frame(visit, desk.SUPPORT), refusal=refusal, page=shown)


def _texts() -> tuple[TextLine, ...]:
    told = {
        "name": (_("Name"), _("Name in Welsh"), ""),
        "helps_with": (_("What it helps with"), _("What it helps with, in Welsh"), _("In a few plain words")),
        "who_for": (_("Who it is for"), _("Who it is for, in Welsh"), ""),
        "areas": (_("Areas"), _("Areas in Welsh"), _("Towns or districts. Leave it empty for all of your area")),
        "hours": (_("Hours"), _("Hours in Welsh"), _("Such as: Monday to Friday, 9am to 5pm")),
    }
    return tuple(TextLine(name, f"{name}_cy", label, label_cy, hint) for name, (label, label_cy, hint) in told.items())
