"""Writing in a real browser: what is typed is kept by the server, danger is asked about, and news does not move the page."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import Service
from tests.journeys.records import RecordSystem
from tests.journeys.test_main_job import sign_in_victim
from tests.web.common.browser import PICTURES, TRIED, faults, screenshot, tab

pytestmark = pytest.mark.xdist_group("service")


def picture(page: Page, name: str) -> None:
    if PICTURES:
        screenshot(page, Path(PICTURES) / f"writing-{name}.png")


def test_what_is_typed_is_there_after_signing_in_again_and_gone_when_sent(service: Service, chromium: Browser) -> None:
    begun, victim = f"I have thought of something {uuid.uuid4().hex[:6]}", service.person("victim", "gwent")
    with tab(chromium) as hers:
        sign_in_victim(hers.page, victim)
        with hers.page.expect_response("**/messages/drafts") as kept:
            hers.page.get_by_label("Your message").fill(begun)
        assert kept.value.status == 204
        hers.page.context.clear_cookies()
        sign_in_victim(hers.page, victim)
        expect(hers.page.get_by_label("Your message")).to_have_value(begun)
        expect(hers.page.get_by_text("It has not been sent.")).to_be_visible()
        picture(hers.page, "draft")
        hers.page.get_by_role("button", name="Send message").click()
        expect(hers.page.get_by_text("Your message has been sent")).to_be_visible()
        expect(hers.page.get_by_label("Your message")).to_have_value("")
        assert hers.errors == []


def test_what_is_on_its_way_to_be_kept_does_not_come_back_behind_what_was_sent(
    service: Service, chromium: Browser
) -> None:
    text, victim = f"Sent at once {uuid.uuid4().hex[:6]}", service.person("victim", "gwent")
    with tab(chromium) as hers:
        sign_in_victim(hers.page, victim)
        held: list[Route] = []
        hers.page.route("**/messages/drafts", lambda route: held.append(route))  # noqa: PLW0108 - it takes no built-in
        with hers.page.expect_request("**/messages/drafts"):
            hers.page.get_by_label("Your message").fill(text)
        hers.page.get_by_role("button", name="Send message").click()
        expect(hers.page.get_by_text("Your message has been sent")).not_to_be_visible()
        held[0].continue_()
        expect(hers.page.get_by_text("Your message has been sent")).to_be_visible()
        expect(hers.page.get_by_label("Your message")).to_have_value("")
        assert hers.page.get_by_text(text).count() == 1
        assert hers.errors == []


def test_an_update_is_announced_and_the_page_stays_as_it_is(service: Service, chromium: Browser) -> None:
    victim, text = service.person("victim"), f"The camera was read {uuid.uuid4().hex[:6]}"
    half = f"Half a sentence {uuid.uuid4().hex[:6]}"
    with tab(chromium) as hers:
        sign_in_victim(hers.page, victim)
        hers.page.get_by_label("Your message").fill(half)
        crime = victim["crime_reference"]
        now = datetime.now(UTC).isoformat()
        update: dict[str, object] = {
            "id": uuid.uuid4().hex,
            "type": "update.published",
            "time": now,
            "crime": crime,
            "text": text,
        }
        assert RecordSystem(service, "kent").push([update])["accepted"] == 1
        announced = hers.page.get_by_role("status").filter(has_text="There is a new update.")
        expect(announced).to_be_visible(timeout=20_000)
        picture(hers.page, "news")
        assert text not in hers.page.content()
        expect(hers.page.get_by_label("Your message")).to_have_value(half)
        hers.page.get_by_role("link", name="Show it now").click()
        expect(hers.page.get_by_text(text)).to_be_visible()
        expect(hers.page.get_by_label("Your message")).to_have_value(half)
        hers.page.get_by_label("Your message").fill("")
        with hers.page.expect_response("**/messages/drafts") as forgotten:
            hers.page.get_by_label("Your message").press("Space")
        assert forgotten.value.status == 204
        assert hers.errors == []


@pytest.mark.parametrize("size", TRIED)
def test_danger_is_asked_about_once_and_stops_nobody(service: Service, chromium: Browser, size: str) -> None:
    text = f"He is outside my house {uuid.uuid4().hex[:6]}"
    with tab(chromium, size=size) as hers:
        sign_in_victim(hers.page, service.person("victim", "humberside"))
        hers.page.get_by_label("Your message").fill(text)
        hers.page.get_by_role("button", name="Send message").click()
        expect(hers.page.get_by_role("alert")).to_contain_text("in danger now?")
        expect(hers.page.get_by_label("Your message")).to_have_value(text)
        call = hers.page.get_by_role("alert").get_by_role("link", name="999").bounding_box()
        assert call
        assert min(call["width"], call["height"]) >= 44, "a thumb hits it"
        picture(hers.page, f"danger-{size}")
        hers.errors[:] = [
            error for error in hers.errors if "422" not in error
        ]  # the browser notes that the form came back
        assert faults(hers) == []
        hers.page.get_by_role("button", name="Send message").click()
        expect(hers.page.get_by_text("Your message has been sent")).to_be_visible()
        expect(hers.page.get_by_text(text)).to_be_visible()
