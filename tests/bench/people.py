"""Who is on the bench: a force whose pages are read, a force where people write, and a force that events pour into."""

from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct

from tests.bench.record_system import Client, push
from tests.bench.stage import Stage
from tests.bench.visitor import victim_at, write
from tests.cast import Employee, Victim, World, configuration, crime, event, moment
from trackmycrime.cli.service import Service, carry_out
from trackmycrime.kit.actor import service

READ, WRITTEN, POURED = "benchford", "postley", "feedham"
CASES, ENTRIES, READERS, WRITERS, WAITING = 2000, 20, 8, 8, 25
_UPDATES = ENTRIES - 1  # the newest entry says that they signed in on a new device
HUB = Employee("Hugo Hart", "hub", "hugo@benchford.example.org")
_OFFICER = {
    "collar_number": "4711",
    "name": "PC Olive Orme",
    "role": "PC",
    "unit": "Harbour",
    "email": "olive@example.org",
}
TEXT = """We have spoken to the two people who saw what happened and written down what they told us.

We will look at the recordings of the shops next. Nothing is needed from you at the moment; update number {number}."""


class People(Struct, frozen=True):
    """Everybody who has an account, and each force's record system."""

    readers: list[Victim]
    writers: list[Victim]
    clients: Mapping[str, Client]


def victims(number: int, mark: str) -> list[Victim]:
    """Return victims whose pages are equally long."""
    return [
        Victim("Vera", "Vane", f"{mark}/{n:05d}/26", f"{mark.lower()}{n:05d}@example.org", person=f"{mark}{n:05d}")
        for n in range(number)
    ]


def arrive(stage: Stage) -> dict[str, Client]:
    """Put the three forces on board, before anybody serves them."""

    async def provisioned(world: World) -> dict[str, Client]:
        found: dict[str, Client] = {}
        for slug in (READ, WRITTEN, POURED):
            await world.onboarding.provision(service("bench"), configuration(slug, f"{slug.title()} Police"))
            found[slug] = Client(*await world.client(slug))
        await world.hire(READ, HUB)
        return found

    return in_world(stage, provisioned)


def populate(stage: Stage, clients: Mapping[str, Client]) -> People:
    """Fill the forces through the interface that record systems use, and let those register who will sign in."""
    readers, writers, waiting = victims(READERS, "RD"), victims(WRITERS, "WR"), victims(WAITING, "WT")
    told = [_update(v, number) for v in readers for number in range(_UPDATES)]
    recorded = [crime(v.reference, [v.as_event()], officer=_OFFICER, time=moment(30)) for v in readers]
    others = [crime(v.reference, [v.as_event()]) for v in (*waiting, *victims(CASES, "OT"))]
    push(stage.settings, clients[READ], READ, [*recorded, *told, *others])
    push(
        stage.settings,
        clients[WRITTEN],
        WRITTEN,
        [crime(v.reference, [v.as_event()], officer=_OFFICER) for v in writers],
    )

    async def registered(world: World) -> None:
        for slug, people in ((READ, [*readers, *waiting]), (WRITTEN, writers)):
            for victim in people:
                await world.register(slug, victim)

    in_world(stage, registered)
    for victim in waiting:
        write(victim_at(stage.settings, READ, victim))
    return People(readers, writers, clients)


def _update(victim: Victim, number: int) -> dict[str, object]:
    text = TEXT.format(number=f"{number:02d}")
    return event("update.published", victim.reference, text=text, time=moment(number + 1))


def in_world[T](stage: Stage, work: Callable[[World], Awaitable[T]]) -> T:
    """Do what needs the domain itself, as one of the service's commands would."""

    async def working(opened: Service) -> T:
        return await work(World(opened.settings, opened.database, opened.registry, opened.onboarding, None))

    return carry_out(stage.settings, working)
