"""Guessing is slow from wherever it comes, and nobody is shut out by it (security.md, "Sign-in and registration")."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import pytest_asyncio
import time_machine

from tests.cast import Victim, World
from tests.drill.people import new_force, new_victims, person_id
from tests.drill.throttle import guess, solve
from trackmycrime.domain.cases import registration
from trackmycrime.domain.identity import throttle
from trackmycrime.domain.identity.staff import WrongSignIn
from trackmycrime.domain.identity.throttle import FORCE, NETWORK_ACCOUNTS, Attempt, Browser
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.errors import Busy, Slower
from trackmycrime.tx import ForceDoor

pytestmark = pytest.mark.asyncio(loop_scope="session")
MORNING = datetime(2031, 5, 6, 9, 0, 1, tzinfo=UTC)
REFUGE = "198.51.100.9"


@pytest_asyncio.fixture(loop_scope="session")
async def door(world: World) -> AsyncIterator[ForceDoor]:
    slug = await new_force(world)
    with time_machine.travel(MORNING, tick=False):
        yield world.registry.door(await world.force(slug))


async def heard(door: ForceDoor, attempt: Attempt) -> bool:
    """Say whether a wrong try is looked at."""
    try:
        await throttle.take(door, attempt)
    except Slower:
        return False
    return True


async def asked(door: ForceDoor, network: str) -> str:
    async with door.open(VISITOR) as tx:
        return await throttle.challenge(tx, network)


async def test_a_hundred_guesses_at_once_are_counted_as_a_hundred(door: ForceDoor) -> None:
    tries = [heard(door, Attempt("victim a", f"203.0.113.{n}")) for n in range(100)]
    assert sum(await asyncio.gather(*tries)) == throttle.ACCOUNT_HOUR.most


async def test_one_network_cannot_use_up_the_tries_of_an_account(door: ForceDoor) -> None:
    assert [await heard(door, Attempt("victim a", REFUGE)) for _ in range(9)] == [True] * 8 + [False]
    assert await heard(door, Attempt("victim a", "203.0.113.1"))


async def test_right_tries_leave_nothing_behind(world: World) -> None:
    slug = await new_force(world)
    (vera,) = await new_victims(world, slug, 1, registered=1)
    door = world.registry.door(await world.force(slug))
    for by in (Browser("192.0.2.9"), Browser("192.0.2.9", await person_id(world, slug, vera))):
        for _ in range(throttle.ACCOUNT_HOUR.most + 2):
            await registration.sign_in(door, vera.facts, vera.password, by)
    assert await world.ask(slug, "select sum(failures) from app.failure where force_id = $1") == [(0,)]
    with pytest.raises(WrongSignIn):
        await registration.sign_in(door, vera.facts, "a wrong guess of some length", Browser("192.0.2.9"))
    assert await world.ask(slug, "select max(failures) from app.failure where force_id = $1") == [(1,)]


async def test_a_try_that_could_not_be_looked_at_counts_as_none(door: ForceDoor) -> None:
    for _ in range(throttle.ACCOUNT_HOUR.most + 1):
        with pytest.raises(Busy):
            async with throttle.trying(door, Attempt("victim a", REFUGE)):
                raise Busy("full", retry_after=10)
    assert await heard(door, Attempt("victim a", REFUGE))


async def test_a_full_network_works_for_each_try(world: World, door: ForceDoor) -> None:
    assert await asked(door, REFUGE) == ""
    for n in range(NETWORK_ACCOUNTS.most):
        assert await heard(door, Attempt(f"victim {n}", REFUGE))
    assert not await heard(door, Attempt("victim new", REFUGE))

    answer = solve(await asked(door, REFUGE))
    elsewhere = world.registry.door(await world.force(await new_force(world)))
    for _ in range(NETWORK_ACCOUNTS.most):
        await heard(elsewhere, Attempt(f"victim {uuid4()}", REFUGE))
    assert not await heard(elsewhere, Attempt("victim new", REFUGE, worked=answer)), "work for another force"
    assert not await heard(door, Attempt("victim new", REFUGE, worked=answer[:-1] + "x")), "work not done"
    assert not await heard(door, Attempt("victim new", REFUGE, worked="99.99.99.99.99")), "work invented"

    assert await heard(door, Attempt("victim new", REFUGE, worked=answer))
    assert not await heard(door, Attempt("victim newer", REFUGE, worked=answer)), "work done once, used twice"
    assert await heard(door, Attempt("victim newer", REFUGE, worked=solve(await asked(door, REFUGE))))
    assert await heard(door, Attempt("victim new", "203.0.113.5")), "the network beside it"


async def test_work_grows_old_and_is_of_one_network(door: ForceDoor) -> None:
    for network in (REFUGE, "203.0.113.5"):
        for n in range(NETWORK_ACCOUNTS.most):
            assert await heard(door, Attempt(f"victim {network} {n}", network))
    answer = solve(await asked(door, REFUGE))
    assert not await heard(door, Attempt("victim new", "203.0.113.5", worked=answer))
    with time_machine.travel(MORNING + timedelta(minutes=11), tick=False):
        assert await heard(door, Attempt("victim new", REFUGE)), "one without work in a while"
        assert not await heard(door, Attempt("victim newer", REFUGE, worked=answer))


async def test_no_work_helps_at_an_account_that_had_its_failures(door: ForceDoor) -> None:
    for n in range(throttle.ACCOUNT_HOUR.most):
        assert await heard(door, Attempt("victim a", f"203.0.113.{n}"))
    for n in range(NETWORK_ACCOUNTS.most):
        assert await heard(door, Attempt(f"victim {n}", REFUGE))
    assert not await heard(door, Attempt("victim a", REFUGE, worked=solve(await asked(door, REFUGE))))


async def test_a_force_under_attack_hears_known_devices_and_those_who_work(door: ForceDoor) -> None:
    sprayed = [Attempt(f"victim {n}", f"203.0.113.{n}") for n in range(FORCE.most + 10)]
    assert [await heard(door, attempt) for attempt in sprayed] == [True] * FORCE.most + [False] * 10
    assert await heard(door, Attempt("victim known", "192.0.2.1", device=uuid4()))
    assert await heard(door, Attempt("client system", "192.0.2.2", machine=True))
    assert not await heard(door, Attempt("victim new", "192.0.2.3"))
    assert await heard(door, Attempt("victim new", "192.0.2.3", worked=solve(await asked(door, "192.0.2.3"))))
    with time_machine.travel(MORNING + timedelta(minutes=16), tick=False):
        assert [await heard(door, Attempt("victim new", f"192.0.2.{n}")) for n in (4, 5)] == [True, False]
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        assert await heard(door, Attempt("victim new", "192.0.2.6"))


async def test_the_work_doubles_as_the_failures_double(door: ForceDoor) -> None:
    bits: list[int] = []
    for n in range(4 * NETWORK_ACCOUNTS.most):
        challenge = await asked(door, REFUGE)
        worked = solve(challenge) if challenge else ""
        bits.append(int(challenge.partition(".")[0] or 0))
        assert await heard(door, Attempt(f"victim {n}", REFUGE, worked=worked))
    assert bits == [0] * 5 + [17] * 4 + [18] * 10 + [19]


async def test_a_hostile_night_in_short(world: World) -> None:
    guessed = await guess(world, 1000, visits=25)
    assert guessed.evaluated <= 100
    assert guessed.locked_out == 0
    assert guessed.shared_in == 25


async def test_who_says_they_are_somebody_else_is_not_known(world: World) -> None:
    slug = await new_force(world)
    vera, walter = await new_victims(world, slug, 2, registered=2)
    door = world.registry.door(await world.force(slug))
    by = Browser("192.0.2.9", await person_id(world, slug, walter))

    async def refused(victim: Victim) -> int:
        tries = 0
        while True:
            try:
                await registration.sign_in(door, victim.facts, "a wrong guess of some length", by)
            except WrongSignIn:
                tries += 1
            except Slower:
                return tries

    assert await refused(vera) == throttle.ACCOUNT_NETWORK.most
    assert await refused(walter) == throttle.DEVICE.most
