"""Pages for everybody: by keyboard alone, with wider text, in the system's colours."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Service
from tests.journeys.test_main_job import sign_in_victim
from tests.journeys.test_pages import PUBLIC, VICTIM
from tests.web.common.browser import Tab, faults, sideways_scroll, tab

pytestmark = pytest.mark.xdist_group("pages")

# WCAG 2.2, 1.4.12
_SPACED = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} p {margin-bottom: 2em !important}"
_CUT = """() => [...document.querySelectorAll('main *, header *, nav *, footer *')].filter(e => {
  const style = getComputedStyle(e)
  return style.overflow === 'hidden' && style.position !== 'absolute' && e.clientHeight > 4
    && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
}).map(e => e.className || e.tagName)"""
# What has the focus: its name, whether the eye finds it, and whether it is on the screen at all.
_FOCUS = """() => {
  const e = document.activeElement
  if (!e || e === document.body) return null
  const style = getComputedStyle(e), box = e.getBoundingClientRect()
  const label = e.labels && e.labels[0] ? getComputedStyle(e.labels[0], '::before') : style
  const seen = [style, label].some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none')
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  return {name: (e.id || e.textContent || e.name || e.tagName).trim().slice(0, 40), seen, inside}
}"""
_MOST_STOPS = 400
KEYBOARD = ("/", "/sign-in", "/help", "/support")


def stops(page: Page) -> list[str]:
    """Go through a page with the Tab key, and return what the eye cannot find or what holds the focus."""
    found: list[str] = []
    names: list[str] = []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        if focus is None:
            return found
        names.append(focus["name"])
        found += [f"{focus['name']!r} {what}" for what in ("seen", "inside") if not focus[what]]
        if names[-3:] == [focus["name"]] * 3 and len(names) > 3:
            return [*found, f"{focus['name']!r} holds the focus"]
    return [*found, "the focus never leaves the page"]


def opened_at(opened: Tab, service: Service, path: str) -> Page:
    opened.page.goto(service.url("kent", path))
    opened.page.wait_for_load_state("load")
    return opened.page


def test_the_keyboard_reaches_everything_and_the_eye_follows(service: Service, chromium: Browser) -> None:
    found: list[str] = []
    for size in ("1280", "320"):
        with tab(chromium, size=size) as hers:
            for path in KEYBOARD:
                found += [f"{path} at {size}: {fault}" for fault in stops(opened_at(hers, service, path))]
            sign_in_victim(hers.page, service.person("victim"))
            for path in VICTIM:
                found += [f"{path} at {size}: {fault}" for fault in stops(opened_at(hers, service, path))]
    assert found == []


def test_a_message_is_written_and_sent_by_keyboard(service: Service, chromium: Browser) -> None:
    with tab(chromium, size="375") as hers:
        sign_in_victim(hers.page, service.person("victim"))
        hers.page.get_by_label("Your message").focus()
        hers.page.keyboard.type("I wrote this without a mouse.")
        send = hers.page.get_by_role("button", name="Send message")
        for _ in range(_MOST_STOPS):
            hers.page.keyboard.press("Tab")
            if send.evaluate("button => button === document.activeElement"):
                break
        hers.page.keyboard.press("Enter")
        expect(hers.page.get_by_text("Your message has been sent").first).to_be_visible()
        expect(hers.page.get_by_text("I wrote this without a mouse.").first).to_be_visible()


def test_wider_text_cuts_nothing_off(service: Service, chromium: Browser) -> None:
    found: list[str] = []
    for size in ("1280", "320"):
        with tab(chromium, size=size, policed=False) as hers:
            sign_in_victim(hers.page, service.person("victim"))
            for path in (*PUBLIC, *VICTIM):
                if path == "/sign-out":
                    continue
                page = opened_at(hers, service, path)
                page.add_style_tag(content=_SPACED)
                found += [f"{path} at {size}: {cut} is cut off" for cut in page.evaluate(_CUT)]
                found += [f"{path} at {size}: sideways scroll of {px} px" for px in [sideways_scroll(page)] if px]
    assert found == []


@pytest.mark.parametrize("size", ["1280", "375"])
def test_the_systems_colours(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size, forced_colours=True) as hers:
        sign_in_victim(hers.page, service.person("victim"))
        found: list[str] = []
        for path in VICTIM:
            opened_at(hers, service, path)
            found += [f"{path} at {size}: {fault}" for fault in faults(hers)]
        own = hers.page.goto(service.url("kent", "/messages"))
        assert own
        borders = hers.page.locator(".tmc-entry--sent .tmc-entry__body").first.evaluate(
            "e => getComputedStyle(e).borderTopStyle"
        )
        assert borders == "solid"
        assert found == []
