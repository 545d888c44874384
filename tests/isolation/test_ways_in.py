"""Passkeys, apps and cards let in whoever has them, and nobody with one thing wrong."""

import pytest

from tests.isolation import ways_in
from tests.isolation.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_each_way_lets_its_owner_in(stage: Stage) -> None:
    assert {way for way, done in (await ways_in.right(stage)).items() if not done} == set()


@pytest.mark.parametrize("group", list(ways_in.GROUPS))
async def test_with_one_thing_wrong_nobody_comes_in(stage: Stage, group: str) -> None:
    assert await ways_in.refused(stage, group) == []
