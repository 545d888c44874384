"""`make bench`: every figure, in rounds one after the other so that ratios hold on a busy machine; then a table."""

import sys
import tempfile
from pathlib import Path

from tests.bench import dispatch, ingest, pages, people
from tests.bench.dispatch import Sent
from tests.bench.found import Found
from tests.bench.ingest import Poured
from tests.bench.load import Measured, Plan
from tests.bench.record_system import Client
from tests.bench.stage import Stage, migrated, service, settled_mib
from tests.bench.table import tell

_ROUNDS, _BATCHES, _DISPATCHES = 3, 3, 2


def run(folder: Path) -> Found:
    """Set the stage, measure everything, and clear up."""
    with migrated(folder) as stage:
        clients = people.arrive(stage)
        _say("People arrive")
        with service(stage) as web:
            there = people.populate(stage, clients)
            reading = pages.readers(stage, there)
            with pages.rivals(stage, web, reading[0].get("/messages")) as ways:
                plans = pages.plans(stage, there, ways, reading)
                rounds = [{name: _page(stage, name, plan) for name, plan in plans.items()} for _ in range(_ROUNDS)]
            small = settled_mib(web)
            poured = [_poured(stage, web, clients[people.POURED], number) for number in range(_BATCHES)]
            large = settled_mib(web)
            sent = [_sent(stage, clients[people.POURED], number) for number in range(_DISPATCHES)]
    return Found(rounds, poured, sent, small, large)


def _page(stage: Stage, name: str, plan: Plan) -> Measured:
    found = pages.measured(stage, name, plan)
    _say(f"{name}: {found.per_cpu_second:,.0f} per CPU-second")
    return found


def _poured(stage: Stage, web: int, client: Client, number: int) -> Poured:
    found = ingest.pour(stage, web, client, number)
    _say(f"ingest: {found.per_second:,.0f} events per second")
    return found


def _sent(stage: Stage, client: Client, number: int) -> Sent:
    dispatch.queue_up(stage, client, f"N{number}")
    found = dispatch.send(stage)
    _say(f"dispatch: {found.per_second:,.0f} per second")
    return found


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        found = run(Path(temporary))
    sys.exit(tell(found))
