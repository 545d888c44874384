"""What a force still has to do before victims can be invited, and what of it is done.

Most of it the service sees by itself. What is right as it comes is for a person to look at, and to say so.
"""

from enum import StrEnum

from msgspec import Struct

from trackmycrime.domain import audit, configuring
from trackmycrime.domain.tenancy.brand import Brand
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import readiness as rows
from trackmycrime.store.readiness import StandingRow
from trackmycrime.tx import ForceTx

_TWO = 2  # administrators: one of them is ill one day, and what one asks for another approves


class Part(StrEnum):
    """A part of getting ready."""

    BRANDING = "branding"
    FEATURES = "features"
    CRIMES = "crimes"
    SUPPORT = "support"
    WORDING = "wording"
    ROUTING = "routing"
    RETENTION = "retention"
    ADMINISTRATORS = "administrators"
    STAFF = "staff"
    CONNECTION = "connection"
    RECORDS = "records"
    PUBLISHED = "published"


LOOKED_AT = frozenset({Part.FEATURES, Part.CRIMES, Part.WORDING, Part.ROUTING, Part.RETENTION})


class Step(Struct, frozen=True):
    """A part of getting ready, and whether it is done."""

    part: Part
    done: bool


async def steps(tx: ForceTx) -> list[Step]:
    """Return everything that has to be done before a force goes live, in the order in which it is best done."""
    draft, standing, looked = await configuring.draft(tx), await rows.standing(tx), await rows.looked_at(tx)
    done = _seen(draft.configuration, standing) | {part: part in looked for part in LOOKED_AT}
    done[Part.PUBLISHED] = not draft.changes
    return [Step(part, done[part]) for part in Part]


def _seen(draft: Configuration, standing: StandingRow) -> dict[Part, bool]:
    return {
        Part.BRANDING: draft.brand != Brand(),
        Part.SUPPORT: bool(draft.support),
        Part.ADMINISTRATORS: standing.administrators >= _TWO,
        Part.STAFF: standing.readers > 0 and standing.officers > 0,
        Part.CONNECTION: standing.connections > 0,
        Part.RECORDS: standing.used > 0,
    }


async def look(tx: ForceTx, part: str) -> None:
    """Say that a part is right as it is. Raises NotFound for what nobody can say."""
    if await rows.look(tx, _looked_at(part)):
        await audit.record(tx, "settings.looked_at", part=part)


async def look_again(tx: ForceTx, part: str) -> None:
    """Say that a part has to be looked at again. Raises NotFound for what nobody can say."""
    if await rows.look_again(tx, _looked_at(part)):
        await audit.record(tx, "settings.to_look_at", part=part)


def _looked_at(part: str) -> Part:
    if part not in LOOKED_AT:
        raise NotFound(_("Page not found"))
    return Part(part)
