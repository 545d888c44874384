"""What is done behind people's backs rests while they are here, and not a moment longer than it is due."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from trackmycrime.kit.courtesy import Courtesy

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Clock:
    """A clock that goes on only while somebody sleeps; after `leave` seconds of sleep the people are gone."""

    def __init__(self, sign: Path, leave: float = 1e9) -> None:
        self.now, self._sign, self._leave = 100.0, sign, leave

    def monotonic(self) -> float:
        """Return its time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let it go on."""
        self.now += seconds
        if self.now - 100 >= self._leave:
            os.utime(self._sign, (0, 0))


def slept(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr(time, "monotonic", clock.monotonic)
    monkeypatch.setattr(asyncio, "sleep", clock.sleep)


@pytest.mark.parametrize(("took", "rest"), [(0.5, 3.0), (60, 10.0)])
async def test_a_turn_is_followed_by_six_times_as_much_rest_and_ten_seconds_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, took: float, rest: float
) -> None:
    courtesy = Courtesy(tmp_path)
    courtesy.meet()
    clock = Clock(tmp_path / "people")
    slept(monkeypatch, clock)
    await courtesy.give_way(clock.now - took, clock.now)
    assert clock.now - 100 == pytest.approx(rest, abs=0.11)


async def test_the_next_turn_begins_when_the_last_one_is_rested_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    courtesy = Courtesy(tmp_path)
    courtesy.meet()
    clock = Clock(tmp_path / "people")
    slept(monkeypatch, clock)
    began: list[float] = []
    for _ in range(2):
        async with courtesy.turn():
            began.append(clock.now)
            clock.now += 1
    assert began == [100, pytest.approx(107, abs=0.11)]


async def test_what_is_over_for_long_enough_needs_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    courtesy = Courtesy(tmp_path)
    courtesy.meet()
    clock = Clock(tmp_path / "people")
    slept(monkeypatch, clock)
    await courtesy.give_way(clock.now - 10, clock.now - 9)
    assert clock.now == 100


async def test_rest_ends_when_people_have_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    courtesy = Courtesy(tmp_path)
    courtesy.meet()
    clock = Clock(tmp_path / "people", leave=1)
    slept(monkeypatch, clock)
    await courtesy.give_way(clock.now - 2, clock.now)
    assert clock.now - 100 == pytest.approx(1, abs=0.11)


async def test_nobody_rests_where_nobody_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for home in (tmp_path, tmp_path / "missing"):
        clock = Clock(home / "people")
        slept(monkeypatch, clock)
        await Courtesy(home).give_way(clock.now - 5, clock.now)
        assert clock.now == 100


async def test_processes_of_one_machine_see_each_others_people(tmp_path: Path) -> None:
    here, behind = Courtesy(tmp_path), Courtesy(tmp_path)
    assert not behind.in_company()
    here.meet()
    assert behind.in_company()
    Courtesy(tmp_path / "missing").meet()  # says nothing where there is no home
