"""The API holds against its own document: nothing breaks, every operation is reached, no force sees another's."""

from pathlib import Path

import pytest

from tests.cast import World
from tests.fuzz.campaign import OPERATIONS, fuzz

pytestmark = pytest.mark.asyncio(loop_scope="session")

HERE = Path(__file__).parent


async def test_the_api_holds_against_its_own_document(world: World, tmp_path: Path) -> None:
    fuzzed = await fuzz(world, tmp_path, examples=30)
    assert not fuzzed.faults, fuzzed.faults
    assert fuzzed.server_errors == 0
    assert fuzzed.fewest >= 5, fuzzed.statuses
    assert set(fuzzed.statuses) == {*OPERATIONS, "other methods"}
    assert min(fuzzed.objects.values()) >= 5, fuzzed.objects
    assert fuzzed.requests >= 500


async def test_what_fuzzes_is_locked_and_names_no_registry() -> None:
    lock = (HERE / "requirements.lock").read_text()
    assert "://" not in lock
    assert (HERE / "requirements.in").read_text().split(">=")[0] + "==" in lock
