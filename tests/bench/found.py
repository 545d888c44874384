"""Everything that one run of the bench measured."""

from msgspec import Struct

from tests.bench.dispatch import Sent
from tests.bench.ingest import Poured
from tests.bench.load import Measured


class Found(Struct, frozen=True):
    """Figures in the order they were measured in: rounds of pages, batches of events, rounds of notifications."""

    pages: list[dict[str, Measured]]
    poured: list[Poured]
    sent: list[Sent]
    worker_mib: float
    worker_mib_after_batches: float

    def of(self, page: str) -> list[Measured]:
        """Return what was measured of one page."""
        return [measured[page] for measured in self.pages]

    @property
    def wrong(self) -> dict[str, str]:
        """The first wrong answer of each page that gave one, or gave none at all."""
        every = [(page, measured) for measured_round in self.pages for page, measured in measured_round.items()]
        return {
            page: f"{m.wrong} wrong, {m.right} right: {m.first_wrong}" for page, m in every if m.wrong or not m.right
        }
