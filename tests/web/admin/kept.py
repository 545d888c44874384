"""Cases that were closed long ago, and a night in which what is due goes."""

from uuid import uuid4

from tests.cast import Victim, World, crime, event, moment
from trackmycrime.domain.retention import deleting
from trackmycrime.jobs.chores import CLOCK

LONG_AGO = 800  # days: more than 24 months
_STEPS = (deleting.cases, deleting.people, deleting.records, deleting.notifications)


def somebody(name: str = "Vera") -> Victim:
    """Return a new victim with a crime of their own."""
    return Victim(name, "Vane", f"R/{uuid4().hex[:8]}/24", f"{uuid4().hex}@example.org")


async def open_case(world: World, slug: str, *victims: Victim, days: float = LONG_AGO + 50) -> str:
    """Record a crime of some victims with an update for each, and return its reference."""
    reference = victims[0].reference
    told = [victim.as_event() for victim in victims]
    update = event("update.published", reference, text="A secret of the case.", to=[victims[0].person])
    loss = {"id": "1", "description": "A red bicycle", "status": "missing"}
    await world.push(
        slug, [crime(reference, told, time=moment(days), reported_at=moment(days), property=[loss]), update]
    )
    return reference


async def close(world: World, slug: str, reference: str, days: float = LONG_AGO) -> None:
    """Close a case as the record system does, some days ago."""
    await world.push(slug, [event("crime.closed", reference, time=moment(days))])


async def closed_case(world: World, slug: str, *victims: Victim, days: float = LONG_AGO) -> str:
    """Record a crime of some victims and close it."""
    reference = await open_case(world, slug, *victims, days=days + 50)
    await close(world, slug, reference, days)
    return reference


async def night(world: World, slug: str) -> int:
    """Do what the clock does with what is due, and return how much of everything went."""
    door = world.registry.door(await world.force(slug))
    gone = 0
    for step in _STEPS:
        async with door.open(CLOCK) as tx:
            gone += await step(tx)
    return gone


async def is_here(world: World, slug: str, reference: str) -> bool:
    """Say whether a force has a case of this reference."""
    ((number,),) = await world.ask(
        slug, "select count(*) from app.case where force_id = $1 and reference = $2", reference
    )
    return bool(number)


async def rows_of(world: World, slug: str, table: str) -> int:
    """Count the rows of a force in a table."""
    ((number,),) = await world.ask(slug, f"select count(*) from app.{table} where force_id = $1")
    return int(number)
