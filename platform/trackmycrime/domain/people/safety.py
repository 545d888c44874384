"""Whether it is safe to tell somebody anything by ourselves: one answer, for every invitation and every notification."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from trackmycrime.domain.people.person import Person
from trackmycrime.kit.time import age, today
from trackmycrime.store import people as rows
from trackmycrime.tx import ForceTx

ADULT = 18


class Risk(StrEnum):
    """What stands against telling somebody by ourselves. Anything but NONE waits for a person."""

    NONE = "none"
    UNKNOWN = "safety_unknown"
    AT_RISK = "at_risk"
    UNDER_18 = "under_18"
    AGE_UNKNOWN = "age_unknown"


async def risks(tx: ForceTx, people: Iterable[Person]) -> dict[UUID, Risk]:
    """Return the risk of each person: the highest over all their cases.

    A flag (domestic abuse, sexual, stalking, honour-based, ...) on any case is risk; safety that nobody asked about is
    unknown where the offence is of a risky group, and unknown counts as risk.
    """
    known = {person.id: person for person in people}
    found = {row.person_id: row for row in await rows.risks(tx, list(known))}
    return {person_id: _risk(person, found.get(person_id)) for person_id, person in known.items()}


def _risk(person: Person, row: rows.RiskRow | None) -> Risk:
    if row is None or row.flagged:
        return Risk.AT_RISK
    born = person.identity.date_of_birth
    if born is None:
        return Risk.AGE_UNKNOWN
    if age(born, today()) < ADULT:
        return Risk.UNDER_18
    return Risk.UNKNOWN if row.unknown else Risk.NONE
