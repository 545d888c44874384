"""Big batches: applied beside the web worker, with the same answers, and nothing lost when that process dies."""

import asyncio
import os
import signal
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from tests.cast import World, crime, event
from tests.drill.people import new_force
from tests.web.api.conftest import RecordSystem
from trackmycrime.domain.ingest.parsing import MOST_EVENTS
from trackmycrime.kit.courtesy import Courtesy
from trackmycrime.web.api.batches import SMALL

pytestmark = pytest.mark.asyncio(loop_scope="session")


def children() -> set[int]:
    """Return the processes that this one started with Python's spawn."""
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return {int(pid) for pid in listed if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}


async def connected(world: World) -> tuple[str, RecordSystem]:
    slug = await new_force(world)
    system = RecordSystem(world, slug, *await world.client(slug))
    await system.sign_in()
    return slug, system


def day(number: int) -> list[dict[str, object]]:
    """Return the crimes of a day, and an update of each."""
    references = [f"B{n:04d}/{uuid4().hex[:6]}" for n in range(number)]
    people = [{"person": uuid4().hex, "given_names": "Vera", "last_name": "Vane", "date_of_birth": "1984-03-09",
               "consent": "opted_in", "suitability": "suitable", "safety": []} for _ in references]  # fmt: skip
    told = [event("update.published", reference, text="We have looked at the recordings.") for reference in references]
    return [*told, *(crime(reference, [person]) for reference, person in zip(references, people, strict=True))]


async def test_a_big_batch_is_applied_once_whatever_its_order(world: World) -> None:
    slug, system = await connected(world)
    events = day(200)
    assert len(msgspec.json.encode(events)) > SMALL
    assert await system.push(events) == {"accepted": 400, "duplicate": 0, "held": [], "rejected": []}
    assert (await system.push(events))["duplicate"] == 400
    assert await world.ask(slug, "select count(*) from app.timeline_entry where force_id = $1") == [(200,)]
    assert await world.ask(
        slug, "select count(*), count(distinct actor_id) from app.audit where force_id = $1 and what = 'event.applied'"
    ) == [(400, 1)]


async def test_a_big_batch_is_refused_in_the_same_words(world: World) -> None:
    _slug, system = await connected(world)
    small, big = await system.send(b"{"), await system.send(b"{" + b" " * SMALL)
    assert small.status_code == big.status_code == 400
    assert small.content == big.content
    assert (await system.send(b"[" + b",".join([b"{}"] * (MOST_EVENTS + 1)) + b" " * SMALL + b"]")).status_code == 413


async def test_when_the_process_dies_nothing_is_stored_and_the_next_batch_is_taken(world: World) -> None:
    slug, system = await connected(world)
    await system.push(day(150))
    (process,) = children()
    events = day(2000)
    sending = asyncio.create_task(system.send(msgspec.json.encode(events)))
    while not await world.ask(slug, _BUSY):
        assert not sending.done()
    os.kill(process, signal.SIGKILL)
    lost = await sending
    assert lost.status_code == 503
    assert lost.headers["retry-after"] == "1"
    assert await world.ask(slug, "select count(*) from app.event where force_id = $1") == [(300,)]
    assert (await system.push(events))["accepted"] == 4000
    assert children() != {process}


# The batch holds the locks of its cases from its first statement on.
_BUSY = """
select true from pg_locks l join pg_class c on c.oid = l.relation, app.force f
where f.id = $1 and c.relname = 'case' and l.mode = 'RowExclusiveLock' and l.pid <> pg_backend_pid()
"""


async def test_a_batch_waits_for_people_and_not_for_machines(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    slug, system = await connected(world)
    met: list[Courtesy] = []

    def meet(courtesy: Courtesy) -> None:
        met.append(courtesy)

    monkeypatch.setattr(Courtesy, "meet", meet)
    await system.push(day(1))
    assert not met
    await world.browser(slug).get("/sign-in")
    assert met
