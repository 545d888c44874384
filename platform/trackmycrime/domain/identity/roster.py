"""When an officer is next on duty, as they say themselves (platform/decisions/0011)."""

from datetime import date, timedelta

from trackmycrime.domain import audit
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.time import today
from trackmycrime.kit.words import _
from trackmycrime.store.identity import staff as rows
from trackmycrime.tx import ForceTx

AHEAD = 60


def days() -> list[date]:
    """Return the days that can be said: today and the next sixty."""
    return [today() + timedelta(days=ahead) for ahead in range(AHEAD + 1)]


def shown(force: Configuration, said: date | None) -> date | None:
    """Return a day that was said, where the force shows it and as long as it has not passed; else None."""
    return said if said is not None and force.has(Feature.NEXT_ON_DUTY) and said >= today() else None


async def own(tx: ForceTx) -> date | None:
    """Return the day that the signed-in member of staff has said, if it has not passed. Raises as `say` does."""
    _require(tx)
    return shown(configuration(tx), await rows.next_on_duty(tx, tx.actor.id))


async def say(tx: ForceTx, day: date | None) -> None:
    """Say when the signed-in member of staff is next on duty; None says nothing.

    Raises NotFound where the force does not show it, Invalid for a day before today or more than 60 days ahead.
    """
    _require(tx)
    if day is not None and day not in days():
        raise Invalid({"next_on_duty": _("Choose a day from the list")})
    await rows.say_next_on_duty(tx, tx.actor.id, day)
    await audit.record(tx, "duty.said", subject_id=tx.actor.id, day=day.isoformat() if day else "")


def _require(tx: ForceTx) -> None:
    if not configuration(tx).has(Feature.NEXT_ON_DUTY):
        raise NotFound(_("Page not found"))
