"""Two forces' victims at a narrow door, some of whom leave half-way: nobody is given another's page."""

import pytest

from tests.isolation.crowd import gather
from tests.isolation.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_nobody_in_a_crowd_reads_another_s_page(stage: Stage) -> None:
    crowd = await gather(stage, 600)
    assert (crowd.foreign, crowd.incomplete, crowd.stuck) == (0, 0, 0)
    assert crowd.requests == 600
    assert crowd.cancelled >= 40, "most of those who leave have not been answered yet"
