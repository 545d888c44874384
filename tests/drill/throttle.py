"""Guessing: thousands of hostile tries over simulated hours, while the people they are aimed at go on signing in."""

import random
import statistics
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import time_machine
from msgspec import Struct, structs

from tests.cast import Victim, World
from tests.drill.figures import on_stage, tell
from tests.drill.people import new_force, new_victims, person_id
from trackmycrime.domain.cases import registration
from trackmycrime.domain.identity import throttle, work
from trackmycrime.domain.identity.staff import WrongSignIn
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.errors import Slower
from trackmycrime.tx import ForceDoor

_ADDRESSES, _HOURS, _SPRAYED, _VISITS = 50, 12, 400, 100
_REFUGE = "198.51.100.1"  # one of the addresses, behind which honest people live too
_FRESH_HOUR = datetime(2031, 5, 6, 6, 0, 1, tzinfo=UTC)


class Guessed(Struct, frozen=True):
    """What became of the guesses: how many were looked at, and how often a real person could not get in."""

    tries: int
    evaluated: int
    locked_out: int
    shared_in: int


def solve(challenge: str) -> str:
    """Do the work of a challenge as the browser does, and return the answer."""
    bits, number = int(challenge.partition(".")[0]), 0
    while work.zeros(f"{challenge}.{number}") < bits:
        number += 1
    return f"{challenge}.{number}"


async def guess(world: World, tries: int, *, visits: int = _VISITS, seed: int = 1) -> Guessed:
    """Let so many hostile tries come from fifty addresses over twelve hours, half of them at one victim.

    She signs in `visits` times on her own browser meanwhile. Somebody behind one of the hostile addresses signs in on a new one.
    """
    slug = await new_force(world)
    victims = await new_victims(world, slug, _SPRAYED, registered=2)
    attack = _Attack(world.registry.door(await world.force(slug)), victims, random.Random(seed))  # noqa: S311 - a repeatable attack
    attack.home = Browser("192.0.2.1", await person_id(world, slug, victims[0]))
    step = timedelta(hours=_HOURS) / tries
    with time_machine.travel(_FRESH_HOUR, tick=False) as clock:
        for number in range(tries):
            await attack.guess()
            if number % (tries // visits) == 0:
                await attack.real_people()
            clock.shift(step)
    return Guessed(tries, attack.evaluated, attack.locked_out, attack.shared_in)


class _Attack:
    def __init__(self, door: ForceDoor, victims: list[Victim], chance: random.Random) -> None:
        self._door, self._chance = door, chance
        self._aimed_at, self._neighbour, *self._others = victims
        self.home = Browser("")
        self.evaluated = self.locked_out = self.shared_in = 0

    async def guess(self) -> None:
        network = f"198.51.100.{self._chance.randrange(1, _ADDRESSES + 1)}"
        victim = self._aimed_at if self._chance.random() < 0.5 else self._chance.choice(self._others)
        password = f"a guess number {self._chance.random()}"
        try:
            await registration.sign_in(self._door, victim.facts, password, Browser(network))
        except WrongSignIn:
            self.evaluated += 1
        except Slower:
            return

    async def real_people(self) -> None:
        self.locked_out += not await self._gets_in(self._aimed_at, self.home)
        async with self._door.open(VISITOR) as tx:
            challenge = await throttle.challenge(tx, _REFUGE)
        answer = solve(challenge) if challenge else ""
        self.shared_in += await self._gets_in(self._neighbour, structs.replace(Browser(_REFUGE), worked=answer))

    async def _gets_in(self, victim: Victim, by: Browser) -> bool:
        try:
            await registration.sign_in(self._door, victim.facts, victim.password, by)
        except Slower:
            return False
        return True


async def _gap(world: World, rounds: int = 60) -> float:
    """Return how much longer a wrong password takes than an unknown reference, as milliseconds between the medians."""
    slug = await new_force(world)
    (known,) = await new_victims(world, slug, 1, registered=1)
    door = world.registry.door(await world.force(slug))
    unknown = structs.replace(known.facts, crime_reference="NOBODY/1/26")
    times: dict[str, list[float]] = {known.reference: [], unknown.crime_reference: []}
    for number in range(2 * rounds):
        facts = (known.facts, unknown)[number % 2]
        with time_machine.travel(_FRESH_HOUR + number * timedelta(days=1), tick=True):
            started = time.perf_counter()
            with suppress(WrongSignIn):
                await registration.sign_in(door, facts, "a wrong guess of some length", Browser("192.0.2.1"))
            times[facts.crime_reference].append(time.perf_counter() - started)
    first, second = (statistics.median(each) for each in times.values())
    return abs(first - second) * 1000


if __name__ == "__main__":
    guessed = on_stage(lambda world: guess(world, 10_000))
    gap = on_stage(_gap)
    tell(
        {**structs.asdict(guessed), "gap_ms": round(gap, 2)},
        held={
            "at most 100 guesses are looked at": guessed.evaluated <= 100,
            "nobody on a known device is locked out": guessed.locked_out == 0,
            "whoever works gets in from a shared network every time": guessed.shared_in == _VISITS,
            "known and unknown references take equally long, within 5 ms": gap < 5,
        },
    )
