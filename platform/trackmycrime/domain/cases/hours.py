"""When somebody wants to be told: days and hours of their own, beside those that staff recorded as safe."""

from trackmycrime.domain import audit, feed, people
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.people import Hours, Person
from trackmycrime.domain.people.hours import common
from trackmycrime.domain.people.person import sealed
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import notifications as notification_rows
from trackmycrime.store import people as rows
from trackmycrime.tx import ForceTx


async def _own(tx: ForceTx) -> Person:
    return (await people.by_id(tx, [tx.actor.id]))[tx.actor.id]


async def of_actor(tx: ForceTx) -> Hours | None:
    """Return when the signed-in person wants to be told; None for at any time."""
    return (await _own(tx)).hours


async def choose(tx: ForceTx, hours: Hours | None) -> None:
    """Tell the signed-in person nothing outside these hours from now on; None for at any time. What waits is looked at anew.

    Raises Invalid for hours that are none, or that never meet those that staff recorded as safe.
    """
    person = await _own(tx)
    if hours is not None:
        _require_good(person, hours)
    await rows.choose_hours(tx, person.id, sealed(tx.keys, person, "own_hours", hours) if hours else None)
    await notification_rows.hurry(tx, person.id)
    await audit.record(tx, "hours.chosen", subject_id=person.id)
    detail: dict[str, object] = {"hours": "chosen" if hours else "any"}
    await feed.tell(tx, [Fact("preferences.changed", None, person.id, detail=detail)])


def _require_good(person: Person, hours: Hours) -> None:
    wrong: dict[str, str] = {}
    if not hours.days:
        wrong["days"] = _("Choose at least one day")
    if hours.begins == hours.ends:
        wrong["ends"] = _("Choose an end that is not the start")
    if not wrong and person.safe and common([person.safe.hours, hours], now()) is None:
        wrong["days"] = _("None of these times is one that you agreed with the police. Choose more, or call us")
    if wrong:
        raise Invalid(wrong)
