"""Signing in on a device that was not known: whose account it is hears of it, as far as it is safe to tell them."""

from trackmycrime.domain import audit, notifications, people
from trackmycrime.domain.cases import access, own_notices
from trackmycrime.tx import ForceTx


async def tell(tx: ForceTx) -> None:
    """Say to whoever has just signed in that it was on a new device, and tell them by the safe channel that there is news.

    Nobody whom we never tell by ourselves is told: a line could speak of a device that somebody must not know of. They see
    where they are signed in. Nor does it fall to a person to tell them, who would speak of nothing but a sign-in.
    """
    person = (await people.by_id(tx, [tx.actor.id]))[tx.actor.id]
    own = await access.of_actor(tx)
    leave = (await people.leaves(tx, [person]))[person.id]
    if leave.refused or not own:
        return
    await own_notices.say(tx, own[0].id, "new_device", person.id)
    await notifications.device(tx, person, leave)
    await audit.record(tx, "device.told", subject_id=person.id)
