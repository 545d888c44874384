"""A reader of the outbound feed misses nothing and sees nothing twice, whatever is written at the same moment."""

import pytest

from tests.cast import World
from tests.drill.outbound import LIMITS, read_while_written
from trackmycrime.store import feed

pytestmark = pytest.mark.asyncio(loop_scope="session")
_STATEMENT, _CONDITION = "_AFTER", "and f.transaction < pg_snapshot_xmin(pg_current_snapshot())"


async def test_every_reader_gets_every_committed_fact_once_and_in_the_same_order(world: World) -> None:
    found = await read_while_written(world)

    assert len(found.committed) > 300
    assert len(found.undone) > 10
    for given in found.given:
        assert given == found.committed
    assert len(found.given) == len(LIMITS)
    assert all(found.meanwhile)


async def test_a_cursor_that_does_not_wait_for_open_transactions_skips_facts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement: str = getattr(feed, _STATEMENT)
    assert _CONDITION in statement
    monkeypatch.setattr(feed, _STATEMENT, statement.replace(_CONDITION, ""))

    found = await read_while_written(world, 4)

    assert any(set(given) < set(found.committed) for given in found.given)
