"""Who reads together: two victims of one crime never read each other's updates, but a victim and their proxy do."""

from collections.abc import Collection, Iterable
from uuid import UUID

from trackmycrime.store.cases import links as rows
from trackmycrime.store.cases.links import LinkRow
from trackmycrime.tx import ForceTx

type Sides = list[set[UUID]]


def sides(links: Iterable[LinkRow]) -> Sides:
    """Return each victim with those who act for them; a contact who acts for nobody named is a side alone."""
    readers = [link for link in links if link.role in ("victim", "proxy")]
    leads = sorted(link.person_id for link in readers if link.role == "victim" or link.proxy_for is None)
    return [{lead, *(link.person_id for link in readers if link.proxy_for == lead)} for lead in leads]


def addressed(found: Sides, named: Collection[UUID]) -> list[UUID] | None:
    """Return who reads what is for `named` (for the only side, when nobody is), or None when that does not say who."""
    if not named:
        return sorted(found[0]) if len(found) == 1 else None
    if not set(named) <= {person for side in found for person in side}:
        return None
    return sorted({person for side in found if side & set(named) for person in side})


async def on_case(tx: ForceTx, case_id: UUID) -> Sides:
    """Return the sides of a case."""
    return sides(await rows.on_cases(tx, [case_id]))
