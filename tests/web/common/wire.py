"""What a page costs a phone on a slow network: the bytes that came over the wire, and when its largest part was seen."""

from typing import Any

from msgspec import Struct
from playwright.sync_api import Page

KIB = 1024
# what Lighthouse and WebPageTest call slow 4G, with a longer way; and a processor a quarter as fast as this one
_SLOW_4G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
_CPU_TIMES_SLOWER = 4
_LARGEST = """() => new Promise(seen => {
  new PerformanceObserver(list => seen(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true})
})"""


class Cost(Struct, frozen=True):
    """What opening a page cost: bytes as they came, headers and all, and milliseconds until its largest part was seen."""

    wire: int
    largest_ms: float


class Phone:
    """A page as a phone opens it; only where it is `slow` do its times mean anything."""

    def __init__(self, page: Page, *, slow: bool) -> None:
        self._page, self._wire = page, 0
        tools = page.context.new_cdp_session(page)
        tools.on("Network.loadingFinished", self._finished)
        tools.send("Network.enable")
        if slow:
            tools.send("Network.emulateNetworkConditions", _SLOW_4G)
            tools.send("Emulation.setCPUThrottlingRate", {"rate": _CPU_TIMES_SLOWER})

    def _finished(self, told: dict[str, Any]) -> None:
        self._wire += int(told["encodedDataLength"])

    def open(self, address: str) -> Cost:
        """Open an address, with all that it asks for, and return what that cost."""
        self._wire = 0
        answer = self._page.goto(address)
        assert answer, address
        assert answer.ok, (address, answer.status)
        self._page.wait_for_load_state("networkidle")
        return Cost(self._wire, float(self._page.evaluate(_LARGEST)))
