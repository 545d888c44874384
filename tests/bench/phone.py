"""What the first page costs on a slow phone: Messages with twenty entries, and signing in, for the first time and again.

    .venv/bin/python -m tests.bench.phone          # a minute and a half

Chromium at 375 px, 400 ms and 1.6 Mbit/s away, with a processor a quarter as fast; the service as it is served, with its
own compression and caching. The last line is for machines.
"""

import json
import statistics
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from playwright.sync_api import Browser, BrowserContext, StorageState, ViewportSize

from tests.bench.people import ENTRIES, READ, TEXT, in_world, victims
from tests.bench.record_system import Client, push
from tests.bench.stage import Stage, migrated, service
from tests.cast import PASSWORD, Victim, World, configuration, crime, event, moment
from tests.web.common.browser import SIZES, browser
from tests.web.common.wire import KIB, Cost, Phone
from trackmycrime.kit.actor import service as machine

_ROUNDS = 5
_MOST_MS, _MOST_KIB = 1500, 40


class Found(Struct, frozen=True):
    """Every opening of one page: with nothing kept by the browser, and right after that."""

    first: list[Cost]
    again: list[Cost]


def main() -> int:
    """Set the stage, open the pages, and print the table."""
    with tempfile.TemporaryDirectory() as folder, migrated(Path(folder)) as stage:
        client = in_world(stage, _on_board)
        with service(stage):
            victim = _arrive(stage, client)
            with browser() as chromium:  # whose event loop nothing of ours can run beside
                found = _opened(chromium, stage, victim)
    return _tell(found)


def _opened(chromium: Browser, stage: Stage, victim: Victim) -> dict[str, Found]:
    with _phone(chromium) as context:
        _sign_in(context, stage, victim)
        signed_in = context.storage_state()
    return {
        "Messages, 20 entries": _measured(chromium, _address(stage, "/messages"), signed_in),
        "Sign in": _measured(chromium, _address(stage, "/sign-in"), None),
    }


async def _on_board(world: World) -> Client:
    await world.onboarding.provision(machine("bench"), configuration(READ, "Benchford Police"))
    return Client(*await world.client(READ))


def _arrive(stage: Stage, client: Client) -> Victim:
    victim = victims(1, "PH")[0]
    told = [
        event("update.published", victim.reference, time=moment(20 - n), text=TEXT.format(number=n))
        for n in range(ENTRIES)
    ]
    push(stage.settings, client, READ, [crime(victim.reference, [victim.as_event()], time=moment(30)), *told])

    async def registered(world: World) -> None:
        await world.register(READ, victim)

    in_world(stage, registered)
    return victim


def _address(stage: Stage, path: str) -> str:
    return f"http://{READ}.{stage.settings.domain}{path}"


@contextmanager
def _phone(chromium: Browser, kept: StorageState | None = None) -> Generator[BrowserContext]:
    width, height = SIZES["375"]
    size = ViewportSize(width=width, height=height)
    context = chromium.new_context(viewport=size, device_scale_factor=2, is_mobile=True, storage_state=kept)
    try:
        yield context
    finally:
        context.close()


def _sign_in(context: BrowserContext, stage: Stage, victim: Victim) -> None:
    page = context.new_page()
    page.goto(_address(stage, "/sign-in"))
    page.get_by_label("Crime reference number").fill(victim.reference)
    page.get_by_label("Last name").fill(victim.last_name)
    for label, number in (("Day", victim.born.day), ("Month", victim.born.month), ("Year", victim.born.year)):
        page.get_by_label(label).fill(str(number))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/messages")


def _measured(chromium: Browser, address: str, kept: StorageState | None) -> Found:
    found = Found([], [])
    for _round in range(_ROUNDS):
        with _phone(chromium, kept) as context:
            phone = Phone(context.new_page(), slow=True)
            found.first.append(phone.open(address))
            found.again.append(phone.open(address))
    return found


def _tell(found: Mapping[str, Found]) -> int:
    told: dict[str, float] = {}
    line = "{:<22} {:<12} {:>8} {:>8} {:>8}\n"
    sys.stdout.write(line.format("", "visit", "LCP ms", "KB", "target"))
    for name, visits in found.items():
        for visit, costs in (("first", visits.first), ("again", visits.again)):
            largest = statistics.median(cost.largest_ms for cost in costs)
            wire = max(cost.wire for cost in costs) / KIB
            key = f"{name.split(',')[0].lower().replace(' ', '_')}_{visit}"
            told |= {f"{key}_lcp_ms": round(largest), f"{key}_kb": round(wire, 1)}
            target = f"{_MOST_MS}, {_MOST_KIB}"
            sys.stdout.write(line.format(name, visit, f"{largest:.0f}", f"{wire:.1f}", target))
    sys.stdout.write(json.dumps(told) + "\n")
    return 0 if all(value <= (_MOST_MS if name.endswith("ms") else _MOST_KIB) for name, value in told.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
