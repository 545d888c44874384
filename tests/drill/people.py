"""Forces and people of a drill's own: nobody else's test can meet them."""

from uuid import UUID, uuid4

from tests.cast import Victim, World, configuration, crime
from trackmycrime.kit.actor import service


async def new_force(world: World) -> str:
    """Put a new fictional force on board, and return its slug."""
    slug = f"drill-{uuid4().hex[:8]}"
    await world.onboarding.provision(service("drill"), configuration(slug, f"{slug.title()} Police"))
    return slug


async def new_victims(world: World, slug: str, number: int, *, registered: int = 0) -> list[Victim]:
    """Record so many crimes with one victim each; the first `registered` of them have their account."""
    made = [
        Victim("Vera", "Vane", f"{n:05d}/{uuid4().hex[:6]}", f"{uuid4().hex[:12]}@example.org") for n in range(number)
    ]
    await world.push(slug, [crime(victim.reference, [victim.as_event()]) for victim in made])
    for victim in made[:registered]:
        await world.register(slug, victim)
    return made


async def person_id(world: World, slug: str, victim: Victim) -> UUID:
    """Return the id of a victim's person."""
    sql = "select id from app.person where force_id = $1 and source_id = $2"
    ((found,),) = await world.ask(slug, sql, victim.person)
    return found
