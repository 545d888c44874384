"""Items of property in plain words, for every page and copy that shows them."""

from collections.abc import Iterable

from msgspec import Struct

from trackmycrime.domain.property import Item
from trackmycrime.kit.words import _


class ItemCard(Struct, frozen=True):
    """One item; an empty text is not shown."""

    id: str
    name: str
    status: str
    colour: str
    meaning: str
    description: str
    make: str
    serial: str
    value: str


def counts(found: Iterable[Item]) -> tuple[tuple[int, str], ...]:
    """Return how many items there are of each status, with what is counted."""
    words = {"missing": _("missing"), "damaged": _("damaged"), "recovered": _("recovered")}
    listed = [item.status for item in found]
    return tuple((listed.count(status), words[status]) for status in words if status in listed)


def card(item: Item) -> ItemCard:
    """Return an item as a page shows it."""
    what = item.description
    name = _category(item.category) or what.description
    status, colour, meaning = _status(item.status)
    return ItemCard(
        str(item.id),
        name,
        status,
        colour,
        meaning,
        what.description if name != what.description else "",
        f"{what.make} {what.model}".strip(),
        what.serial,
        f"£{item.value_pence / 100:,.2f}".removesuffix(".00") if item.value_pence else "",
    )


def _status(status: str) -> tuple[str, str, str]:
    return {
        "missing": (_("Missing"), "orange", _("We do not have it. We have recorded that it was taken or lost.")),
        "damaged": (_("Damaged"), "grey", _("We have recorded that it was damaged.")),
        "recovered": (_("Recovered"), "green", _("We have found it. Ask us when you can have it back.")),
    }[status]


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
