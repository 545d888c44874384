"""What size costs: the statements of the Messages page with 46 and 460 forces, and with one million entries and more.

    .venv/bin/python -m tests.bench.size                        # one million entries, a quarter of an hour
    .venv/bin/python -m tests.bench.size 1000000 10000000       # and ten: 20 GB of disk, and most of an hour

Two databases run beside each other and are asked in turn, so that ratios hold on a busy machine. Not part of `make bench`.
"""

import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from tests.bench import growth, proc
from tests.bench.stage import Stage, analyse, migrated
from tests.cast import configuration
from trackmycrime.cli.embedded import DATABASE
from trackmycrime.cli.service import Service, opened
from trackmycrime.domain.identity import sessions
from trackmycrime.kit.actor import Actor, Kind, service
from trackmycrime.store.cases import timeline
from trackmycrime.tx import ForceDoor

_FORCES = (46, 460)
_ROUNDS, _QUESTIONS = 3, 400
_CLOCK = service("bench")


class Asked(Struct, frozen=True):
    """What one round cost, a page's statements each: PostgreSQL's CPU time, and how long they took us."""

    database_us: float
    session_us: float
    timeline_us: float


def main(sizes: Sequence[int]) -> None:
    """Build, ask and tell, from the smallest size to the largest."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stages = {forces: stack.enter_context(migrated(folder / str(forces))) for forces in _FORCES}
        for forces, stage in stages.items():
            asyncio.run(_provision(stage, forces))
        found: dict[tuple[int, int], list[Asked]] = {}
        for entries in sorted(sizes):
            samples = {forces: _grown(stage, entries) for forces, stage in stages.items()}
            for _ in range(_ROUNDS):
                for forces, stage in stages.items():
                    found.setdefault((forces, entries), []).append(asyncio.run(_ask(stage, samples[forces])))
        _tell(found, sorted(sizes))


async def _provision(stage: Stage, forces: int) -> None:
    began = time.monotonic()
    async with opened(stage.settings) as there:
        for number in range(forces):
            slug = f"force-{number:03d}"
            await there.onboarding.provision(_CLOCK, configuration(slug, f"Force {number:03d} Police"))
    _say(f"{forces} forces in {time.monotonic() - began:.0f} s")


def _grown(stage: Stage, entries: int) -> list[growth.Reader]:
    began = time.monotonic()
    readers = growth.grow(stage, entries)
    analyse(stage, DATABASE)
    _say(f"{entries} entries in {time.monotonic() - began:.0f} s")
    return readers


async def _ask(stage: Stage, readers: Sequence[growth.Reader]) -> Asked:
    """Let readers at random open their page, each in a transaction of its own, as the page does it."""
    chance = random.Random(1)  # noqa: S311 - the same readers in every round
    asking = chance.sample(readers, _QUESTIONS)
    async with opened(stage.settings) as there:
        doors = await _doors(there)
        cookies = [await _signed_in(doors[reader.force_id], reader) for reader in asking]
        pairs = list(zip(asking, cookies, strict=True))
        for reader, cookie in pairs:  # as a worker that has been up for a while
            await _page(doors[reader.force_id], reader, cookie)
        cpu = proc.cpu_seconds(stage.database_pid)
        times = [await _page(doors[reader.force_id], reader, cookie) for reader, cookie in pairs]
        used = proc.cpu_seconds(stage.database_pid) - cpu
    session_times, timeline_times = zip(*times, strict=True)
    return Asked(used / _QUESTIONS * 1e6, statistics.median(session_times), statistics.median(timeline_times))


async def _signed_in(door: ForceDoor, reader: growth.Reader) -> str:
    async with door.open(Actor(Kind.VICTIM, reader.person_id, role="victim")) as tx:
        return (await sessions.begin(tx, Kind.VICTIM, reader.person_id)).cookie


async def _doors(there: Service) -> dict[UUID, ForceDoor]:
    return {force.ref.id: there.registry.door(force) for force in await there.registry.all()}


async def _page(door: ForceDoor, reader: growth.Reader, cookie: str) -> tuple[float, float]:
    """Ask what the page asks, and return the microseconds of the statement for session and case, and of the timeline's."""
    async with door.open(Actor(Kind.VICTIM, reader.person_id, role="victim")) as tx:
        began = time.perf_counter()
        session = await sessions.find(tx, cookie)
        between = time.perf_counter()
        entries = await timeline.for_person(tx, reader.case_id, reader.person_id, 21, 0)
        ended = time.perf_counter()
    if session is None or session.followed is None or len(entries) != growth.ENTRIES_EACH:
        raise LookupError(reader)
    return (between - began) * 1e6, (ended - between) * 1e6


def _tell(found: dict[tuple[int, int], list[Asked]], sizes: Sequence[int]) -> None:
    """Print each figure's best round, and how it grows with the forces and with the entries."""
    best = {cell: min(asked, key=lambda one: one.database_us) for cell, asked in found.items()}
    lines = [f"{'forces':>7} {'entries':>10} {'db CPU us':>10} {'first':>8} {'session us':>10} {'timeline us':>12}"]
    for (forces, entries), one in best.items():
        first = found[forces, entries][0].database_us
        lines.append(
            f"{forces:>7} {entries:>10} {one.database_us:>10.0f} {first:>8.0f} {one.session_us:>10.0f} {one.timeline_us:>12.0f}"
        )
    few, many = _FORCES
    ratios = {f"forces_{entries}": _ratio(best[many, entries], best[few, entries]) for entries in sizes}
    if len(sizes) > 1:
        ratios |= {f"entries_{forces}": _ratio(best[forces, sizes[-1]], best[forces, sizes[0]]) for forces in _FORCES}
    sys.stdout.write("\n".join(lines) + "\n" + json.dumps(ratios) + "\n")


def _ratio(more: Asked, less: Asked) -> float:
    return round(more.database_us / less.database_us, 2)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1_000_000])
