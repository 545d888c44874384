"""Fuzzing: four minutes of whatever the API's own document allows and forbids, with real crimes among it."""

import sys
import tempfile
from pathlib import Path

from tests.drill.figures import on_stage, tell
from tests.fuzz.campaign import Fuzzed, fuzz

_SECONDS = 170


def campaign(seed: int) -> Fuzzed:
    """Fuzz for as long as the drill may take."""
    with tempfile.TemporaryDirectory() as folder:
        return on_stage(lambda world: fuzz(world, Path(folder), examples=1000, seconds=_SECONDS, seed=seed))


if __name__ == "__main__":
    found = campaign(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    sys.stdout.write(found.faults + "\n")
    tell(
        {
            "requests": found.requests,
            "server_errors": found.server_errors,
            "fewest_successes": found.fewest,
            "statuses": found.statuses,
            "objects": found.objects,
        },
        held={
            "Schemathesis finds no fault": found.faults == "",
            "no answer is a server error": found.server_errors == 0,
            "every operation succeeded at least 5 times": found.fewest >= 5,
            "what belongs to another force was tried at least 5 times in each way": min(found.objects.values()) >= 5,
        },
    )
