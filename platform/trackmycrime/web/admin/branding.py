"""Branding: the force's names, how people reach it, how officers are named, and four colours that everyone can read.

Its logo and the links at the foot of its pages have pages of their own.
"""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile
from trackmycrime.domain.tenancy.brand import Emblem
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import colours, desk, words
from trackmycrime.web.admin.colours import CheckLine
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

type Options = tuple[tuple[str, str], ...]

_FIELDS = {
    "name": "name",
    "name_cy": "name_cy",
    "from_name": "from_name",
    "officers": "officers",
    "contact.non_emergency": "non_emergency",
    "contact.text_relay": "text_relay",
    "contact.web": "web",
    **{f"brand.{colour}": colour for colour in colours.NAMES},
    "brand.emblem": "emblem",
}


class BrandingPage(Struct, frozen=True):
    """All that the form shows; options are pairs of a value and its words.

    `logo` and `links` say what there is on pages of their own. `preview` is the page that shows the draft, and `judge` what is asked how colours look while they are being chosen.
    """

    form: Form
    logo: str
    links: str
    officers: Options
    emblems: Options
    checks: tuple[CheckLine, ...]
    preview: str
    judge: str


class BrandingController(Controller):
    """How the force looks, and what it is called."""

    path = desk.BRANDING

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the draft."""
        draft = await configuring.draft(tx)
        filled = Form(_filled(draft.configuration) | {desk.REVISION: str(draft.revision)}, {})
        return _shown(visit, draft.configuration, filled)

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Keep it in the draft, which is then looked at as a whole."""
        draft = await configuring.draft(tx)
        try:
            await configuring.save(tx, _read(form, draft.configuration), desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            worded = _worded(form, refusal)
            filled = desk.again(form, worded, draft.revision, _FIELDS)
            return _shown(visit, draft.configuration, filled, refusal)
        return go(desk.REVIEW)


def _filled(configuration: Configuration) -> dict[str, str]:
    return {
        "name": configuration.name,
        "name_cy": configuration.name_cy,
        "from_name": configuration.from_name,
        "officers": configuration.officers,
        **structs.asdict(configuration.contact),
        **{name: getattr(configuration.brand, name) for name in (*colours.NAMES, "emblem")},
    }


def _read(form: dict[str, str], before: Configuration) -> Configuration:
    """Return the configuration with what the form says of it; what has the wrong shape is for the schema to say."""
    told = {name: form.get(field, "").strip() for name, field in _FIELDS.items()}
    contact = {name: told[f"contact.{name}"] for name in structs.asdict(before.contact)}
    chosen = {name: told[f"brand.{name}"].lower() for name in colours.NAMES}
    return structs.replace(
        before,
        name=told["name"],
        name_cy=told["name_cy"],
        from_name=told["from_name"],
        officers=told["officers"],
        contact=structs.replace(before.contact, **contact),
        brand=structs.replace(before.brand, **chosen, emblem=told["brand.emblem"]),
    )


def _worded(form: dict[str, str], refusal: Refusal) -> Refusal:
    """Return a refusal in the words of the page."""
    if not isinstance(refusal, Invalid):
        return refusal
    chosen = colours.read(form)
    faint = colours.faint(chosen) if chosen else {}
    said = _wrong_shapes() | {f"brand.{name}": sentence for name, sentence in faint.items()}
    return Invalid({path: said.get(path, sentence) for path, sentence in refusal.fields.items()})


def _wrong_shapes() -> dict[str, str]:
    colour = _("Enter a colour as # and six letters or digits, such as #12284b")
    return {
        "name": _("Enter the force's name in up to 80 characters"),
        "name_cy": _("Enter the force's name in Welsh, in up to 80 characters: Welsh is switched on"),
        "from_name": _("Enter who emails come from, in up to 80 characters"),
        "officers": _("Choose how victims see officers"),
        "contact.non_emergency": _("Enter a telephone number in figures, such as 101"),
        "contact.text_relay": _("Enter a telephone number in figures, such as 18001 101"),
        "contact.web": _("Enter an address that begins with https://, or a telephone number above"),
        **{f"brand.{name}": colour for name in colours.NAMES},
        "brand.emblem": _("Choose a shape"),
    }


def _shown(visit: Visit, draft: Configuration, form: Form, refusal: Refusal | None = None) -> Page:
    emblems = {Emblem.STAR: _("Star"), Emblem.SHIELD: _("Shield"), Emblem.WAVE: _("Wave"), Emblem.OAK: _("Oak")}
    chosen = colours.read(form.values)
    shown = BrandingPage(
        form=form,
        logo=_("there is one") if draft.brand.logo else _("there is none"),
        links=ngettext("%(num)s link", "%(num)s links", len(draft.footer)),
        officers=tuple(words.officers().items()),
        emblems=tuple(emblems.items()),
        checks=colours.checks(chosen) if chosen else (),
        preview=f"{desk.PREVIEW}/messages",
        judge=f"{desk.PREVIEW}/contrast",
    )
    return desk.framing(
        page("admin/branding/index.html", desk.frame(visit, desk.BRANDING), refusal=refusal, page=shown)
    )
