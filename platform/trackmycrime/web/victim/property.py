"""Missing or damaged property: shown where the force has the page and the case has property."""

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import property
from trackmycrime.domain.property import Item
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.victim import desk


class ItemCard(Struct, frozen=True):
    """One item; an empty text is not shown."""

    name: str
    status: str
    colour: str
    description: str
    make: str
    serial: str
    value: str


class PropertyPage(Struct, frozen=True):
    """All that the page shows."""

    items: tuple[ItemCard, ...]
    counts: tuple[tuple[int, str], ...]
    phone: str
    can_write: bool


class PropertyController(Controller):
    """A victim's property."""

    path = "/property"

    @get(opt={"permission": Permission.PROPERTY_READ})
    async def index(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is recorded as missing, damaged or recovered."""
        case = desk.own_case(visit)
        items = await property.on_case(tx, case.id)
        can_write = visit.site.has(Feature.TWO_WAY_MESSAGING)
        shown = PropertyPage(tuple(_card(item) for item in items), _counts(items), frames.phone(visit), can_write)
        return page("victim/property/index.html", desk.frame(tx, visit, case, "/property"), page=shown)


def _counts(items: list[Item]) -> tuple[tuple[int, str], ...]:
    words = {"missing": _("missing"), "damaged": _("damaged"), "recovered": _("recovered")}
    counted = {status: sum(item.status == status for item in items) for status in words}
    return tuple((number, words[status]) for status, number in counted.items() if number)


def _card(item: Item) -> ItemCard:
    words = {"missing": _("Missing"), "damaged": _("Damaged"), "recovered": _("Recovered")}
    colours = {"missing": "orange", "damaged": "grey", "recovered": "green"}
    what = item.description
    value = f"£{item.value_pence / 100:,.2f}".removesuffix(".00") if item.value_pence else ""
    name = _category(item.category) or what.description
    return ItemCard(
        name,
        words[item.status],
        colours[item.status],
        what.description if name != what.description else "",
        f"{what.make} {what.model}".strip(),
        what.serial,
        value,
    )


def _category(category: str) -> str:
    known = {
        "phone": _("Phone"),
        "computer": _("Computer"),
        "bicycle": _("Bicycle"),
        "vehicle": _("Vehicle"),
        "jewellery": _("Jewellery"),
        "cash": _("Cash"),
        "documents": _("Documents"),
        "clothing": _("Clothing"),
        "tools": _("Tools"),
    }
    return known.get(category, "")
