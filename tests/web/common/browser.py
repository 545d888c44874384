"""A real browser on our pages: Debian's Chromium, driven by Playwright, and what every page must hold in it."""

import os
import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python  # pyright: ignore[reportMissingTypeStubs]  it has none
from msgspec import Struct
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, StorageState, sync_playwright

# The shell alone draws the same pages with three quarters of the work: it has no windows of its own.
_CHROMIUM = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# width and height in CSS pixels: a desk, a phone, and the narrowest screen that pages must fit
SIZES: Mapping[str, tuple[int, int]] = {"1280": (1280, 900), "375": (375, 812), "320": (320, 640)}
PICTURES = os.environ.get("TRACKMYCRIME_PICTURES", "")
# Whatever holds on a desk and at 320 holds on the telephone between them; it is there for who looks at pictures.
TRIED = tuple(size for size in SIZES if PICTURES or size != "375")

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = "tags => axe.run(document, {iframes: false, runOnly: tags, resultTypes: ['violations']})"

_RUN_TOGETHER = re.compile(r"\w+[a-zŵŷâêîôû][.!?][A-ZŴŶ][a-z]+")

# upstream: the button of the enhanced file upload is named by its text plus a hidden comma
_KNOWN = {("label-content-name-mismatch", ".govuk-file-upload-button")}


class Finding(Struct, frozen=True):
    """One element that breaks one rule of accessibility."""

    rule: str
    target: str
    advice: str


@contextmanager
def browser() -> Generator[Browser]:
    """Start Chromium and end it with the block."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=next(filter(os.path.exists, _CHROMIUM), None), args=list(_ARGUMENTS)
        )
        try:
            yield chromium
        finally:
            chromium.close()


class Tab:
    """A page in its own context, with every error the console heard; a breach of the security policy is one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", self._crashed)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)

    def _crashed(self, error: Error) -> None:
        self.errors.append(str(error))


@contextmanager
def tab(
    chromium: Browser,
    *,
    size: str = "1280",
    scripts: bool = True,
    forced_colours: bool = False,
    policed: bool = True,
    kept: StorageState | None = None,
) -> Generator[Tab]:
    """Open an empty page of one of SIZES, with its own cookies and without animations.

    Without `policed` a test may add styles of its own, which our security policy forbids. `kept` are another page's cookies.
    """
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=scripts,
        reduced_motion="reduce",
        forced_colors="active" if forced_colours else "none",
        bypass_csp=not policed,
        storage_state=kept,
    )
    try:
        yield Tab(context.new_page())
    finally:
        context.close()


def violations(page: Page) -> list[Finding]:
    """Return what axe finds wrong with the page that is open, by WCAG 2.2 AA and good practice."""
    page.evaluate(_AXE)
    found = page.evaluate(_RUN_AXE, _AXE_TAGS)["violations"]
    findings = [
        Finding(rule=violation["id"], target=" ".join(map(str, node["target"])), advice=node["failureSummary"])
        for violation in found
        for node in violation["nodes"]
    ]
    return [finding for finding in findings if (finding.rule, finding.target) not in _KNOWN]


def sideways_scroll(page: Page) -> int:
    """Return by how many CSS pixels the page is wider than its window; more than 0 is a fault."""
    return int(page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"))


def stored_by(page: Page) -> list[str]:
    """Return the names of what the page left in the browser's storage; anything is a fault."""
    return list(page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"))


def faults(opened: Tab) -> list[str]:
    """Return all that is wrong with the page that is open, one line each; a good page gives none."""
    page = opened.page
    page.wait_for_load_state("load")
    lines = [f"console: {error}" for error in opened.errors]
    lines += [f"axe {finding.rule} at {finding.target}: {finding.advice}" for finding in violations(page)]
    lines += [f"sideways scroll of {pixels} px" for pixels in [sideways_scroll(page)] if pixels]
    lines += [f"left in storage: {name}" for name in stored_by(page)]
    lines += [f"two sentences run together: {words}" for words in _RUN_TOGETHER.findall(page.inner_text("body"))]
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1 or headings[0].strip() not in page.title():
        lines.append(f"the title {page.title()!r} does not carry the one heading of the page: {headings}")
    return lines


def screenshot(page: Page, path: Path) -> None:
    """Keep a picture of the whole page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
