"""One campaign of Schemathesis against the real server: a force to attack, a force beside it, and what came of it."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.cast import DOMAIN, Victim, World, crime, event
from tests.drill.people import new_force
from tests.server import serving

ROOT = Path(__file__).parents[2]
OTHER_ENVIRONMENT = ROOT / ".local" / "fuzz" / "bin" / "schemathesis"
OPERATIONS = ("getToken", "pushEvents", "readEvents", "compareCrime")
OWN = ("FUZZ/1/26", "FUZZ/2/26", "FUZZ/3/26")
ELSEWHERE = "ELSEWHERE/1/26"
OBJECTS = ("foreign token", "foreign crime", "foreign feed")
BROKEN = 500
_WIDEST = 400


class Fuzzed(Struct, frozen=True):
    """What came of a campaign: answers by operation and status, object checks by what they tried, and what was wrong."""

    statuses: dict[str, dict[int, int]]
    objects: dict[str, int]
    faults: str

    @property
    def requests(self) -> int:
        """How many requests Schemathesis made."""
        return sum(sum(counts.values()) for counts in self.statuses.values())

    @property
    def server_errors(self) -> int:
        """How many answers were a server error."""
        return sum(number for counts in self.statuses.values() for status, number in counts.items() if status >= BROKEN)

    @property
    def fewest(self) -> int:
        """How often the operation that succeeded least did."""
        return min(self.statuses.get(operation, {}).get(200, 0) for operation in OPERATIONS)


async def fuzz(world: World, folder: Path, *, examples: int, seconds: int = 0, seed: int = 1) -> Fuzzed:
    """Attack a new force's API with at most so many examples for each operation at a time.

    For `seconds` with a seed; without them once, the same each time.
    """
    brief = await _stage(world, folder)
    with serving(world.settings, folder / "serve.log") as url:
        brief["url"] = url
        (folder / "brief.json").write_text(json.dumps(brief))
        faults = _attack(folder, url, brief["ours"]["host"], seconds, examples, seed)
    return _outcome(folder, faults)


async def _stage(world: World, folder: Path) -> dict[str, Any]:
    """Put two forces on board with crimes, events and a record system each, and say what the attacker may know."""
    sites: dict[str, dict[str, str]] = {}
    for who, references in (("ours", OWN), ("other", (ELSEWHERE,))):
        slug = await new_force(world)
        victim = Victim("Vera", "Vane", references[0], f"{slug}@example.org")
        await world.push(slug, [crime(reference, [victim.as_event()]) for reference in references])
        await world.push(slug, [event("update.published", references[0], text=f"Only {slug} may read this.")])
        await world.register(slug, victim)
        writer = world.browser(slug)
        await writer.sign_in(victim)
        for number in range(4):
            await writer.submit("/messages", message=f"Only {slug} may read this, {number}.")
        client_id, secret = await world.client(slug)
        sites[who] = {"host": f"{slug}.{DOMAIN}", "client_id": client_id, "client_secret": secret}
    return {**sites, "references": OWN, "elsewhere": ELSEWHERE, "tally": str(folder / "tally.jsonl")}


def _attack(folder: Path, url: str, host: str, seconds: int, examples: int, seed: int) -> str:
    config = Path(__file__).with_name("schemathesis.toml")
    words = (
        *("--config-file", config, "run", f"{url}/api/openapi.json", "--url", url, "-H", f"Host: {host}"),
        *("--max-examples", examples, "--no-color"),
        *(("--max-time", seconds, "--seed", seed) if seconds else ("--generation-deterministic",)),
    )
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "TMC_FUZZ_BRIEF": str(folder / "brief.json"),
    }
    done = subprocess.run(
        [str(OTHER_ENVIRONMENT), *map(str, words)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 180,
    )
    return (
        "" if done.returncode == 0 else "\n".join(line[:_WIDEST] for line in (done.stdout + done.stderr).splitlines())
    )


def _outcome(folder: Path, faults: str) -> Fuzzed:
    """Read what the hooks counted, and whether the server lived through it."""
    told = [json.loads(line) for line in (folder / "tally.jsonl").read_text().splitlines()]
    statuses: dict[str, Counter[int]] = {}
    for operation, status in told:
        if operation not in OBJECTS:
            statuses.setdefault(operation, Counter())[status] += 1
    log = (folder / "serve.log").read_text()
    if log.count("Spawning worker") != 1:
        faults += "\na worker of the server died"
    return Fuzzed(
        {operation: dict(sorted(counts.items())) for operation, counts in statuses.items()},
        {kind: sum(name == kind for name, _what in told) for kind in OBJECTS},
        faults,
    )
