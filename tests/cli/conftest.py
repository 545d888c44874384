"""What the tests of the commands share: waiting with a deadline, and looking at real processes."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

type WaitFor = Callable[[Callable[[], object]], None]


@pytest.fixture
def wait_for() -> WaitFor:
    """Give a function that looks again and again until a condition holds, and fails after 20 seconds."""

    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline, "it never happened"
            time.sleep(0.02)

    return wait


@pytest.fixture
def descendants() -> Callable[[int], set[int]]:
    """Give a function that returns the ids of all living processes below one."""

    def below(pid: int) -> set[int]:
        parents = {int(path.name): _parent(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
        found: set[int] = set()
        while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
            found |= more
        return found

    return below


@pytest.fixture
def is_alive() -> Callable[[int], bool]:
    """Give a function that says whether a process still runs; one that nobody has waited for yet does not."""
    return lambda pid: _parent(Path("/proc") / str(pid)) is not None


def _parent(process: Path) -> int | None:
    try:
        state, parent = (process / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else int(parent)
