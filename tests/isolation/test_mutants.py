"""Each guard of the code taken away in turn: the suite must notice every one."""

import pytest

from tests.isolation.mutants import MUTANTS, false_alarms, unnoticed
from tests.isolation.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_nothing_is_noticed_where_nothing_was_taken_away(stage: Stage) -> None:
    assert await false_alarms(stage) == []


async def test_every_guard_of_the_code_is_missed_when_it_is_gone(stage: Stage) -> None:
    assert len(MUTANTS) >= 80
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    silent = {mutant.name: found for mutant in MUTANTS if (found := await unnoticed(stage, mutant))}
    assert silent == {}
