"""Whether it is safe to tell somebody anything by ourselves: one answer, for every invitation and every notification."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.people.hours import Hours, common
from trackmycrime.domain.people.person import Person
from trackmycrime.domain.people.safe_contact import ASK_AGAIN, SafeChannel, SafeContact
from trackmycrime.kit.time import age, now, today
from trackmycrime.store import contacts
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
    UNSUITABLE = "unsuitable"
    FROZEN = "frozen"
    LEFT = "left"


BY_SAFE_CONTACT = frozenset({Risk.NONE, Risk.UNKNOWN, Risk.AT_RISK})
"""The risks that a recorded safe contact answers; nobody under 18, or perhaps under 18, is ever told by ourselves, nor anybody whom the service does not suit."""


class Leave(Struct, frozen=True):
    """What we may tell somebody by ourselves.

    Nothing, where `refused` names a reason; else only by `safe`, where staff recorded it; else as they chose. When it may be
    is said by both together: what staff recorded, and the `hours` that they chose themselves.
    """

    risk: Risk
    safe: SafeContact | None = None
    refused: str = ""
    hours: Hours | None = None

    def next_moment(self, moment: datetime) -> datetime:
        """Return the first moment from `moment` on at which something may be sent: `moment` itself, if it may be then.

        Raises LookupError where there is none; whom that concerns is `refused`.
        """
        found = common(_times(self.safe, self.hours), moment)
        if found is None:
            raise LookupError
        return found

    @property
    def own_number(self) -> bool:
        """Whether they may choose themselves which number is used: else it is what staff recorded, or none."""
        return self.safe is None and not self.refused


async def risks(tx: ForceTx, people: Iterable[Person], *, returning: bool = False) -> dict[UUID, Risk]:
    """Return the risk of each person: the highest over all their cases.

    A flag (domestic abuse, sexual, stalking, honour-based, ...) on any case is risk; safety that nobody asked about is
    unknown where the offence is of a risky group, and unknown counts as risk. So does an account that its
    owner has shut, but for who is `returning`: with them a member of staff has spoken.
    """
    known = {person.id: person for person in people}
    found = {row.person_id: row for row in await rows.risks(tx, list(known))}
    return {person_id: _risk(person, found.get(person_id), returning=returning) for person_id, person in known.items()}


_SHUT = {"frozen": Risk.FROZEN, "closed": Risk.LEFT}


def _risk(person: Person, row: rows.RiskRow | None, *, returning: bool) -> Risk:
    if row is not None and row.account in _SHUT and not returning:
        return _SHUT[row.account]
    if row is not None and row.unsuitable:
        return Risk.UNSUITABLE
    if row is None or row.flagged:
        return Risk.AT_RISK
    born = person.identity.date_of_birth
    if born is None:
        return Risk.AGE_UNKNOWN
    if age(born, today()) < ADULT:
        return Risk.UNDER_18
    return Risk.UNKNOWN if row.unknown else Risk.NONE


async def leaves(tx: ForceTx, people: Iterable[Person], *, returning: bool = False) -> dict[UUID, Leave]:
    """Return what each person may be told by ourselves: without a risk as they chose, with one as staff recorded it.

    A record older than 90 days, or from before a risk that is new since, allows nothing any more (domain.md, "Safe contact").
    `returning` is as in `risks`.
    """
    known = {person.id: person for person in people}
    found = await risks(tx, known.values(), returning=returning)
    recorded = [person.id for person in known.values() if person.safe]
    reasons = await contacts.risks(tx, recorded) if recorded else {}
    return {each: _leave(person, found[each], reasons.get(each, set())) for each, person in known.items()}


def _leave(person: Person, risk: Risk, reasons: Collection[str]) -> Leave:
    safe = person.safe
    if risk not in BY_SAFE_CONTACT or (safe is None and risk is not Risk.NONE):
        return Leave(risk, None, risk)
    if safe is None:
        return Leave(risk, hours=person.hours)
    refused = _stale(person, safe, risk, reasons) or _apart(person, safe)
    return Leave(risk, safe, refused, person.hours)


def _times(safe: SafeContact | None, hours: Hours | None) -> list[Hours]:
    return [*([safe.hours] if safe else []), *([hours] if hours else [])]


def _apart(person: Person, safe: SafeContact) -> str:
    """Say so where no time that is safe is one that they chose: a person finds out which of the two holds."""
    return "" if common(_times(safe, person.hours), now()) else "safe_no_time"


def _stale(person: Person, safe: SafeContact, risk: Risk, reasons: Collection[str]) -> str:
    if safe.channel is SafeChannel.CALL:
        return "safe_call"
    if not set(reasons) <= set(safe.risks):
        return "safe_new_risk"
    recorded = person.safe_at
    too_old = recorded is None or now() - recorded > ASK_AGAIN
    return "safe_too_old" if too_old and risk is not Risk.NONE else ""
