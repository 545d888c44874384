"""What a force publishes is served by every web worker, whichever took the form, although none of them starts anew."""

from typing import Any

import httpx
import pytest

from tests.cast import World
from tests.drill.people import new_force
from tests.drill.publishing import administrator, published
from trackmycrime.app import create_app
from trackmycrime.domain.tenancy import registry as registries

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_worker_serves_what_one_of_them_published(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    slug = await new_force(world)
    ada = await administrator(world, world.browser(slug))
    monkeypatch.setattr(registries, "_FRESH_FOR", 3600.0)  # so that only what the database announces can tell them
    apps: dict[str, Any] = {f"worker {nth}": create_app(world.settings, pool=2) for nth in range(2)}
    workers = {
        name: httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ada.origin)
        for name, app in apps.items()
    }
    try:
        seconds = await published(ada, workers, 3)
    finally:
        for app in apps.values():
            await app.close()
    assert {name: len(each) for name, each in seconds.items()} == {"worker 0": 3, "worker 1": 3}
