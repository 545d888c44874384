"""What a victim lost: missing, damaged or recovered."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit, cases
from trackmycrime.domain.cases import Case
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.sealing import Key
from trackmycrime.kit.words import _
from trackmycrime.store import property as rows
from trackmycrime.store.property import ItemRow, KeptRow
from trackmycrime.tx import ForceTx


class Description(Struct, frozen=True):
    """What an item is: sealed, because it may tell who somebody is and what else they have."""

    description: str
    make: str = ""
    model: str = ""
    serial: str = ""


class Item(Struct, frozen=True):
    """An item, as its owner sees it. `value_pence` is what it is worth, in pence."""

    id: UUID
    description: Description
    category: str
    status: str
    value_pence: int | None


def place(case_id: UUID, source_id: str) -> bytes:
    """Return the place that an item's description is bound to."""
    return b"property " + case_id.bytes + source_id.encode()


def sealed(key: Key, case_id: UUID, source_id: str, description: Description) -> bytes:
    """Return a description sealed under its case's key."""
    return key.seal(msgspec.json.encode(description), place(case_id, source_id))


async def save(tx: ForceTx, items: Sequence[ItemRow]) -> None:
    """Write items of many cases as the newest events have them."""
    await rows.save(tx, items)


async def on_case(tx: ForceTx, case_id: UUID) -> list[Item]:
    """Return the property of a case that this actor may see. Raises NotFound where the force has no property page."""
    if not configuration(tx).has(Feature.PROPERTY_PAGE):
        raise NotFound(_("Page not found"))
    case = await cases.seen_by_actor(tx, case_id)
    return [_item(case.key(tx), row) for row in await rows.on_case(tx, case.id)]


async def item(tx: ForceTx, case_id: UUID, item_id: UUID) -> Item:
    """Return one item of a case, on the terms of `on_case`. Raises NotFound for an item of another case, as for none."""
    found = next((each for each in await on_case(tx, case_id) if each.id == item_id), None)
    if found is None:
        raise NotFound(_("Page not found"))
    return found


def _item(key: Key, row: KeptRow) -> Item:
    raw = key.open(row.description or b"", place(row.case_id, row.source_id))
    return Item(row.id, msgspec.json.decode(raw, type=Description), row.category, row.status, row.value_pence)


async def copied(tx: ForceTx, case: Case) -> list[Item]:
    """Return the property of a case for a copy that leaves here, on the terms of `on_case`; that it left is recorded."""
    items = await on_case(tx, case.id)
    await audit.record(tx, "property.copied", subject_id=case.id, case_id=case.id)
    return items


def is_shown(force: Configuration, case: Case) -> bool:
    """Say whether the property page is offered: where the force has it, and the case has property."""
    return force.has(Feature.PROPERTY_PAGE) and case.has_property
