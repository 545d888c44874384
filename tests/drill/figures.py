"""What every drill ends with: its figures on the last line, and a failure when one is not what it has to be."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from tests.cast import World
from tests.stage import migrated, settings_of, world_of


def on_stage[T](act: Callable[[World], Awaitable[T]]) -> T:
    """Carry out `act` on a service and a database of its own, which end with it."""
    with tempfile.TemporaryDirectory() as folder, migrated(Path(folder) / "postgres") as server:
        (Path(folder) / "home").mkdir()
        settings = settings_of(server, Path(folder) / "home")

        async def run() -> T:
            async with world_of(settings) as world:
                return await act(world)

        return asyncio.run(run())


def tell(figures: Mapping[str, object], *, held: Mapping[str, bool]) -> None:
    """Print what was found, with what has to hold and whether it does, and end with 1 unless all of it does."""
    for promise, kept in held.items():
        sys.stdout.write(f"{'held  ' if kept else 'BROKEN'}  {promise}\n")
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    sys.exit(0 if all(held.values()) else 1)
