"""Whoever does nothing is warned before they are signed out: by eye, by ear and by keyboard; and what they type is not lost."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Service
from tests.journeys.test_main_job import sign_in_victim
from tests.web.common.browser import faults, tab

pytestmark = pytest.mark.xdist_group("service")


def test_the_warning_is_announced_answered_by_keyboard_and_then_true(service: Service, chromium: Browser) -> None:
    with tab(chromium) as opened:
        page = opened.page
        page.clock.install()
        sign_in_victim(page, service.person("victim"))
        warning = page.get_by_role("alertdialog", name="You will be signed out soon")
        message = page.get_by_label("Your message")
        message.fill("Half a sentence")
        page.clock.fast_forward("12:55")
        expect(warning).to_be_hidden()
        page.clock.fast_forward("00:10")
        expect(warning).to_be_visible()
        expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
        opened.errors.clear()
        assert faults(opened) == []
        page.keyboard.press("Tab")
        expect(warning.get_by_role("link", name="Sign out")).to_be_focused()
        page.keyboard.press("Tab")
        with page.expect_response("**/signed-in") as told:
            page.keyboard.press("Enter")
        assert told.value.status == 204
        expect(warning).to_be_hidden()
        expect(message).to_be_focused()
        expect(message).to_have_value("Half a sentence")

        page.clock.fast_forward("13:05")
        with page.expect_response("**/signed-in"):
            page.keyboard.press("Escape")
        expect(warning).to_be_hidden()
        page.clock.fast_forward("14:05")
        page.wait_for_url("**/sign-out")
        expect(page.get_by_role("heading", name="You have signed out")).to_be_visible()
        page.go_back()
        expect(page.get_by_text("Half a sentence")).to_have_count(0)
        assert "/messages" not in page.url


def test_typing_tells_the_service_that_somebody_is_there(service: Service, chromium: Browser) -> None:
    with tab(chromium) as opened:
        page = opened.page
        page.clock.install()
        sign_in_victim(page, service.person("victim"))
        page.get_by_label("Your message").fill("A long message")
        with page.expect_response("**/signed-in") as told:
            page.clock.fast_forward("01:10")
        assert told.value.status == 204


def test_without_scripts_the_page_says_when_it_ends(service: Service, chromium: Browser) -> None:
    with tab(chromium, scripts=False) as opened:
        sign_in_victim(opened.page, service.person("victim"))
        said = "For your safety we sign you out when you do nothing for 15 minutes."
        expect(opened.page.get_by_text(said)).to_be_visible()
        expect(opened.page.get_by_role("alertdialog")).to_have_count(0)
