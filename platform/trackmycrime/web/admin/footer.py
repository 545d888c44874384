"""Links of the force's own at the foot of victims' pages."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.footer import MOST, FooterLink
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

_PARTS = ("name", "name_cy", "web")


class FooterPage(Struct, frozen=True):
    """All that the form shows: the numbers of its links, and whether Welsh is on."""

    form: Form
    places: tuple[int, ...]
    welsh: bool


class FooterController(Controller):
    """The draft's links."""

    path = desk.FOOTER

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show them."""
        draft = await configuring.draft(tx)
        filled = _filled(draft.configuration) | {desk.REVISION: str(draft.revision)}
        return _shown(visit, draft.configuration, Form(filled, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Keep them in the draft, which is then looked at as a whole."""
        draft = await configuring.draft(tx)
        changed = structs.replace(draft.configuration, footer=tuple(_told(form).values()))
        try:
            await configuring.save(tx, changed, desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            worded = desk.in_words(refusal, _wrong(form))
            return _shown(visit, draft.configuration, desk.again(form, worded, draft.revision, _fields(form)), refusal)
        return go(desk.REVIEW)


def _filled(configuration: Configuration) -> dict[str, str]:
    links = enumerate(configuration.footer, start=1)
    return {f"{part}_{place}": getattr(link, part) for place, link in links for part in _PARTS}


def _told(form: dict[str, str]) -> dict[int, FooterLink]:
    """Return the links of a form by their places there; a place where nothing stands is none."""
    rows = {place: [form.get(f"{part}_{place}", "").strip() for part in _PARTS] for place in range(1, MOST + 1)}
    return {
        place: FooterLink(name=name, name_cy=cy, web=web)
        for place, (name, cy, web) in rows.items()
        if name or cy or web
    }


def _fields(form: dict[str, str]) -> dict[str, str]:
    """Name the fields of a form by the paths of their settings."""
    places = enumerate(_told(form), start=1)
    return {f"footer[{number}].{part}": f"{part}_{place}" for number, place in places for part in _PARTS}


def _wrong(form: dict[str, str]) -> dict[str, str]:
    said = {
        "name": _("Enter what the link is called, in up to 80 characters"),
        "name_cy": _("Enter what the link is called in Welsh, in up to 80 characters: Welsh is switched on"),
        "web": _("Enter the address of a website that everybody can reach. It begins with https://"),
    }
    worded = {path: said[path.rpartition(".")[2]] for path in _fields(form)}
    return worded | {"footer": _("Two links have the same name: give each its own")}


def _shown(visit: Visit, configuration: Configuration, form: Form, refusal: Refusal | None = None) -> Page:
    shown = FooterPage(form, tuple(range(1, MOST + 1)), configuration.has(Feature.WELSH))
    return page("admin/footer/index.html", desk.frame(visit, desk.FOOTER), refusal=refusal, page=shown)
