"""The worker does what it was woken for, and the clock finds what nobody was woken for."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog.testing
from saq.job import Status

from tests.jobs.doubles import Outbox, Provider, RefusesThenWaits
from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.senders import Senders
from trackmycrime.jobs import shift as shift_module
from trackmycrime.jobs.chores import SEAL_BATCH, Deeds
from trackmycrime.jobs.shift import Shift, shift
from trackmycrime.jobs.waker import Waker
from trackmycrime.kit.actor import service
from trackmycrime.kit.courtesy import Courtesy
from trackmycrime.settings import Settings
from trackmycrime.tx import Database

TESTER = service("test")
NOWHERE = Path("/nowhere")  # nobody uses a page: nothing rests


@asynccontextmanager
async def working(
    registry: Registry, waker: Waker, outbox: Outbox, provider: Provider, *, clock: bool = False
) -> AsyncGenerator[Shift]:
    deeds = Deeds(dispatch=outbox.dispatch, waiting=outbox.waiting, seal=outbox.seal, tidy=(outbox.tidy,))
    worker = shift(registry, Senders(provider, provider), waker, deeds, Courtesy(NOWHERE), clock=clock)
    running = asyncio.create_task(worker.start())
    try:
        yield worker
    finally:
        worker.event.set()
        await running


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110  it looks at what several jobs did
            await asyncio.sleep(0.02)


async def commit(registry: Registry, slug: str, *jobs: str, fails: bool = False) -> None:
    async with registry.door(await registry.need(slug)).open(TESTER) as tx:
        for job in jobs:
            tx.wake(job)
        if fails:
            raise KeyError


@pytest.mark.asyncio
async def test_a_commit_wakes_the_worker(registry: Registry, waker: Waker) -> None:
    provider, outbox = Provider(), Outbox(kent=3, gwent=1)
    async with working(registry, waker, outbox, provider):
        await commit(registry, "kent", "dispatch")
        await until(lambda: outbox.turns == ["kent"] * 4)
    assert provider.sent == ["kent"] * 3
    assert outbox.queued["gwent"] == 1, "nobody was woken for it"


@pytest.mark.asyncio
async def test_a_job_that_is_undone_wakes_nobody(registry: Registry, waker: Waker) -> None:
    provider, outbox = Provider(), Outbox(kent=1, gwent=1)
    async with working(registry, waker, outbox, provider):
        with pytest.raises(KeyError):
            await commit(registry, "kent", "dispatch", fails=True)
        await commit(registry, "gwent", "dispatch")
        await until(lambda: provider.sent)
    assert provider.sent == ["gwent"]


@pytest.mark.asyncio
async def test_a_provider_that_fails_does_not_lose_the_wake(registry: Registry, waker: Waker) -> None:
    provider, outbox = Provider(refusals=2), Outbox(kent=1)
    with structlog.testing.capture_logs() as logs:
        async with working(registry, waker, outbox, provider):
            await commit(registry, "kent", "dispatch")
            await until(lambda: provider.sent)
    assert provider.refusals == 0
    failed = [line for line in logs if line["event"] == "job failed"]
    assert [(line["force"], line["job"]) for line in failed] == [("kent", "dispatch")] * 2


@pytest.mark.asyncio
async def test_the_queue_keeps_nothing_of_what_went_wrong(registry: Registry, waker: Waker) -> None:
    provider, outbox = RefusesThenWaits(refusals=1), Outbox(kent=1)
    async with working(registry, waker, outbox, provider) as worker:
        await commit(registry, "kent", "dispatch")
        await until(lambda: not provider.refusals and provider.asked.is_set())
        kept = [str(job) async for job in worker.queue.iter_jobs()]
        provider.open.set()
        async with asyncio.timeout(20):  # what was sent asks for one more turn, which finds nothing and ends
            while [job async for job in worker.queue.iter_jobs()]:
                pass
    assert any("Failed: dispatch" in job for job in kept)
    assert not any("refused" in job for job in kept)


@pytest.mark.asyncio
async def test_forces_take_turns(registry: Registry, waker: Waker) -> None:
    provider, outbox = Provider(), Outbox(kent=50, gwent=1)
    async with working(registry, waker, outbox, provider):
        await commit(registry, "kent", "dispatch")
        await until(lambda: provider.sent)
        await commit(registry, "gwent", "dispatch")
        await until(lambda: "gwent" in provider.sent)
        assert outbox.queued["kent"] > 10
        await until(lambda: not outbox.queued["kent"])


@pytest.mark.asyncio
async def test_the_clock_finds_work_that_nobody_was_woken_for(registry: Registry, waker: Waker) -> None:
    provider, outbox = Provider(), Outbox(kent=2, gwent=1)
    async with working(registry, waker, outbox, provider, clock=True):
        await until(lambda: sorted(provider.sent) == ["gwent", "kent", "kent"])


@pytest.mark.asyncio
async def test_one_force_that_fails_stops_no_other(registry: Registry, waker: Waker) -> None:
    provider, outbox = Provider(), Outbox(kent=1)
    outbox.poisoned = {"gwent"}
    outbox.unsealed = {"kent": 2 * SEAL_BATCH + 1}
    with structlog.testing.capture_logs() as logs:
        async with working(registry, waker, outbox, provider, clock=True):
            await until(lambda: provider.sent == ["kent"] and outbox.sealed == ["kent"] * 3)
    failed = {(line["force"], line["step"]) for line in logs if line["event"] == "round failed for a force"}
    assert {("gwent", "sweep"), ("gwent", "seal")} <= failed, "at a full minute it is tidied as well"
    assert {force for force, _ in failed} == {"gwent"}


@pytest.mark.asyncio
async def test_a_commit_can_ask_for_the_audit_to_be_sealed(registry: Registry, waker: Waker) -> None:
    outbox = Outbox()
    outbox.unsealed = {"kent": 2 * SEAL_BATCH + 1}
    async with working(registry, waker, outbox, Provider()):
        await commit(registry, "kent", "seal")
        await until(lambda: outbox.sealed == ["kent"] * 3)


@pytest.mark.asyncio
async def test_a_slow_provider_of_one_force_holds_up_nobody_else(registry: Registry, waker: Waker) -> None:
    slow, outbox = Provider(), Outbox(kent=1, gwent=1)
    slow.open.clear()
    async with working(registry, waker, outbox, slow, clock=True):
        await until(lambda: sorted(outbox.turns) == ["gwent", "kent"])
        slow.open.set()


@pytest.mark.asyncio
async def test_asked_to_stop_the_worker_finishes_what_it_has_in_hand(registry: Registry, waker: Waker) -> None:
    slow, outbox = Provider(), Outbox(kent=1)
    slow.open.clear()
    async with working(registry, waker, outbox, slow) as worker:
        await commit(registry, "kent", "dispatch")
        await slow.asked.wait()
        assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        os.kill(os.getpid(), signal.SIGTERM)
        await worker.event.wait()
        slow.open.set()
    assert slow.sent == ["kent"]


@pytest.mark.asyncio
async def test_what_a_worker_cannot_finish_is_done_by_the_next(
    registry: Registry, waker: Waker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shift_module, "_LAST_SECONDS", 0.1)
    stuck, outbox = Provider(), Outbox(kent=1)
    stuck.open.clear()
    async with working(registry, waker, outbox, stuck):
        await commit(registry, "kent", "dispatch")
        await stuck.asked.wait()
    left = [job async for job in waker.queue.iter_jobs() if job.function == "dispatch"]
    assert [job.status for job in left] == [Status.QUEUED]

    provider = Provider()
    async with working(registry, waker, outbox, provider):
        await until(lambda: provider.sent)


@pytest.mark.asyncio
async def test_without_a_queue_commits_go_on(settings: Settings, registry: Registry) -> None:
    force = await registry.need("kent")
    nowhere = Settings.from_environment({"TRACKMYCRIME_QUEUE_URL": "valkey://127.0.0.1:1"})
    waker = Waker(nowhere)
    database = Database(settings.database_url_for, wake=waker)
    with structlog.testing.capture_logs() as logs:
        await waker.start()
        async with database.force(force.ref).open(TESTER) as tx:
            tx.wake("dispatch")
        await until(lambda: logs)
        await waker.stop()
    await database.close()
    assert [(line["event"], line["force"], line["count"]) for line in logs] == [("wakes dropped", "kent", 1)]


@pytest.mark.asyncio
async def test_the_process_works_until_it_is_asked_to_stop(settings: Settings) -> None:
    environment = {f"TRACKMYCRIME_{role.upper()}_DATABASE_URL": url for role, url in settings.role_urls.items()}
    environment |= {"TRACKMYCRIME_DATABASE_URL": settings.database_url, "TRACKMYCRIME_HOME": str(settings.home)}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    program = "from trackmycrime.cli import main; import sys; sys.exit(main(['worker']))"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program), env=os.environ | environment, stdout=asyncio.subprocess.PIPE
    )
    try:
        await until(lambda: _handles_sigterm(process.pid))
        process.terminate()
        written, _ = await asyncio.wait_for(process.communicate(), 10)
    finally:
        if process.returncode is None:
            process.kill()
    assert (process.returncode, written) == (0, b"")


def _handles_sigterm(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text()
    caught = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(caught >> (signal.SIGTERM - 1) & 1)
