"""Every route is in the ledger and works; every foreign id in it is answered as if it did not exist."""

import pytest

from tests.isolation import matrix
from tests.isolation.ledger import differences, running
from tests.isolation.ledger_nation import LEDGER
from tests.isolation.matrix import Reach
from tests.isolation.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

# One of each sort; the drill asks in every role of both forces, with every id and place by itself.
FEW = (
    "visitor",
    "vera of a",
    "rita of a",
    "officer of a",
    "hub of a",
    "admin of a",
    "record_system of a",
    "operator of console",
    "vera of b",
    "officer of b",
)


async def test_the_ledger_is_what_the_service_serves(stage: Stage) -> None:
    assert differences(LEDGER, stage.world.app) == {"not in the ledger": [], "not in the service": [], "twice": []}
    assert len(running(stage.world.app)) == len(LEDGER) >= 73


async def test_every_route_works_for_whom_it_is_for(stage: Stage) -> None:
    run = await matrix.begin(stage)
    await matrix.controls(run, LEDGER)
    assert run.breaches == []


@pytest.mark.parametrize("title", FEW)
async def test_nobody_comes_upon_what_is_not_theirs(stage: Stage, title: str) -> None:
    before = stage.requests
    assert await matrix.whole(stage, title, reach=Reach.ALONG) == []
    assert stage.requests - before > 100
