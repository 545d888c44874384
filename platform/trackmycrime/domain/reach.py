"""How many people a change would touch: what administrators weigh before they switch something."""

from trackmycrime.domain.tenancy.configuration import OffenceGroup
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.store import reach as rows
from trackmycrime.tx import ForceTx


async def people(tx: ForceTx) -> dict[Feature, int]:
    """Return how many people each part of the service touches: victims who registered, but officers who say when they work."""
    found = await rows.reach(tx)
    return {
        Feature.TWO_WAY_MESSAGING: found.writing,
        Feature.SMS: found.texts,
        Feature.PROPERTY_PAGE: found.property,
        Feature.JOURNEY: found.registered,
        Feature.WELSH: found.welsh,
        Feature.NEXT_ON_DUTY: found.officers,
    }


async def open_cases(tx: ForceTx) -> dict[OffenceGroup, int]:
    """Return how many cases of each kind of crime are open."""
    found = await rows.open_cases(tx)
    return {group: found.get(group, 0) for group in OffenceGroup}
