"""What a force publishes is on every web worker within two seconds, without a restart: the real service with two of them."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import httpx

from tests.cast import Browser, Employee, World
from tests.drill.figures import tell
from tests.drill.people import new_force
from tests.drill.running import RealBrowser, over_http, running
from tests.web.admin.configured import filled, publish

_PUBLICATIONS, _WORKERS, _TRIES, _PROMISED = 30, 2, 64, 2.0
_BEAT, _PATIENCE = 0.01, 30.0  # seconds
_BRANDING = "/admin/branding"


async def administrator(world: World, browser: Browser) -> Browser:
    """Give the force of a browser an administrator, who signs in there."""
    ada = Employee("Ada Ash", "admin", f"ada@{browser.host}.example.org")
    await world.hire(browser.host, ada)
    await browser.sign_in_as(ada)
    return browser


async def published(ada: Browser, workers: Mapping[str, httpx.AsyncClient], number: int) -> dict[str, list[float]]:
    """Publish so many names, one after the other, and return after how many seconds each worker first said each.

    The time runs from before the publication is asked for. Raises TimeoutError for a worker that never says it.
    """
    seconds: dict[str, list[float]] = {worker: [] for worker in workers}
    for nth in range(number):
        name = f"Drill Police {nth}"
        form = await filled(ada, _BRANDING)
        assert (await ada.submit(_BRANDING, **{**form, "name": name})).status_code == 303
        began = time.perf_counter()
        waiting = asyncio.gather(*(_until_said(client, name, began) for client in workers.values()))
        await publish(ada, "A new name")
        for worker, each in zip(workers, await waiting, strict=True):
            seconds[worker].append(each)
    return seconds


async def _until_said(client: httpx.AsyncClient, name: str, began: float) -> float:
    while name not in (await client.get("/")).text:
        if time.perf_counter() - began > _PATIENCE:
            raise TimeoutError
        await asyncio.sleep(_BEAT)
    return time.perf_counter() - began


async def _each_worker(world: World, slug: str, stack: AsyncExitStack) -> dict[str, httpx.AsyncClient]:
    """Return a client with one open connection to each web worker, by the worker's process."""
    found: dict[str, httpx.AsyncClient] = {}
    for _nth in range(_TRIES):
        client = await stack.enter_async_context(over_http(world, slug))
        answer = await client.get("/")
        found.setdefault(_served_by(world.settings.port, answer), client)
        if len(found) == _WORKERS:
            return found
    raise LookupError(found.keys())


def _served_by(port: int, answer: httpx.Response) -> str:
    """Return the process that holds the other end of the connection of an answer, as the kernel knows it."""
    _host, ours = answer.extensions["network_stream"].get_extra_info("client_addr")
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _number, local, remote, *rest = line.split()
        if (int(local.rpartition(":")[2], 16), int(remote.rpartition(":")[2], 16)) == (port, ours):
            return _holder(f"socket:[{rest[6]}]")
    raise LookupError(ours)


def _holder(socket: str) -> str:
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(link.readlink()) == socket:
                return link.parts[2]
        except OSError:  # it has ended or closed it meanwhile
            continue
    raise LookupError(socket)


async def _measured() -> dict[str, object]:
    async with running(web_workers=_WORKERS) as world, AsyncExitStack() as stack:
        slug = await new_force(world)
        ada = await administrator(world, RealBrowser(world, slug))
        workers = await _each_worker(world, slug, stack)
        seconds = await published(ada, workers, _PUBLICATIONS)
        still = {_served_by(world.settings.port, await client.get("/")) for client in workers.values()}
        assert still == workers.keys(), "each went on asking the same worker"
    slowest = [round(max(each) * 1000) for each in seconds.values()]
    return {"publications": _PUBLICATIONS, "workers": len(seconds), "slowest_ms": slowest, "most_ms": max(slowest)}


if __name__ == "__main__":
    figures = asyncio.run(_measured())
    most = figures["most_ms"]
    tell(
        figures,
        held={"every worker serves what was published within 2 s": isinstance(most, int) and most < _PROMISED * 1000},
    )
