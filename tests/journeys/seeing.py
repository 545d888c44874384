"""Looking at one state of a page after the other: each is judged, counted and, where pictures are wanted, kept."""

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.web.common.browser import PICTURES, Tab, faults, screenshot

_NOTED = re.compile(r"status of (403|404|410|422|429|503)")  # the browser notes that a page is a refusal


class Eye:
    """Looks at the pages of one tab; `found` is what was wrong, `seen` which states there were."""

    def __init__(self, opened: Tab, mark: str) -> None:
        self._opened, self._mark = opened, mark
        self.found: list[str] = []
        self.seen: list[str] = []

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self._opened.page

    def look(self, state: str, *, at: str) -> None:
        """Judge the page that is open, which is in this state when it shows `at`."""
        self.page.locator(at).first.wait_for()
        self._opened.errors[:] = [error for error in self._opened.errors if not _NOTED.search(error)]
        self.found += [f"{state}, {self._mark}: {fault}" for fault in faults(self._opened)]
        self._opened.errors.clear()
        self.seen.append(state)
        if PICTURES:
            screenshot(self.page, Path(PICTURES) / f"state-{state.replace(' ', '-')}-{self._mark}.png")
