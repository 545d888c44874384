"""A passkey in a real browser: made in the settings with a finger, then nothing is typed; and a card and an app beside it."""

import re
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pyotp.totp import TOTP

from tests.journeys.conftest import Service
from tests.journeys.test_main_job import begin_to_sign_in, sign_in_victim
from tests.web.common.browser import PICTURES, TRIED, Tab, faults, screenshot, tab

pytestmark = pytest.mark.xdist_group("service")
_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def phone(page: Page) -> Generator[None]:
    """Give the browser an authenticator that says yes at once, for as long as the block lasts."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    told = session.send("WebAuthn.addVirtualAuthenticator", {"options": _PHONE})
    yield
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": told["authenticatorId"]})


def good(opened: Tab, name: str, size: str = "1280") -> None:
    assert faults(opened) == [], name
    if PICTURES:
        screenshot(opened.page, Path(PICTURES) / f"kent-{name}-{size}.png")


def test_with_a_passkey_nothing_is_typed(service: Service, chromium: Browser) -> None:
    victim = service.person("victim")
    with tab(chromium) as opened, phone(opened.page):
        page = opened.page
        sign_in_victim(page, victim)
        page.get_by_role("link", name="Settings").click()
        page.get_by_role("link", name="How you sign in").click()
        good(opened, "sign-in-ways-empty")
        page.get_by_role("link", name="Add a passkey").click()
        good(opened, "passkey")
        page.get_by_label("Your password", exact=True).fill(victim["password"])
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("This browser cannot make a passkey")).to_be_hidden()
        good(opened, "passkey-make")
        page.get_by_label("What to call it").fill("My phone")
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_text("Your passkey has been added")).to_be_visible()
        expect(page.get_by_role("heading", name="My phone")).to_be_visible()
        good(opened, "sign-in-ways")

        page.goto(service.url("kent", "/sign-out"))
        page.goto(service.url("kent", "/sign-in?as=somebody-else"))
        good(opened, "sign-in-passkey")
        page.get_by_label("This is a shared device").check()
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/messages")
        expect(page.get_by_text("You can now sign in with a passkey that was added.")).to_be_visible()
        expect(page.get_by_text("when you do nothing for 5 minutes")).to_be_visible()
        page.goto(service.url("kent", "/sign-out"))
        page.goto(service.url("kent", "/sign-in"))
        expect(page.get_by_label("Crime reference number")).to_be_visible()

        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/messages")
        page.goto(service.url("kent", "/settings/sign-in"))
        page.get_by_role("link", name="Remove My phone").click()
        good(opened, "sign-in-removal")
        page.get_by_label("Your password", exact=True).fill(victim["password"])
        page.get_by_role("button", name="Remove it").click()
        expect(page.get_by_text("It has been removed")).to_be_visible()
        page.goto(service.url("kent", "/sign-out"))
        page.goto(service.url("kent", "/sign-in"))
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_text("The details you entered do not match").first).to_be_visible()


def test_where_there_is_none_one_is_told_so_and_can_go_on(service: Service, chromium: Browser) -> None:
    with tab(chromium) as opened, phone(opened.page):  # which has no passkey of this site
        page = opened.page
        page.goto(service.url("kent", "/sign-in"))
        page.get_by_label("Last name").fill("Somebody")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_text("You are not signed in. You can try again, or use your password.")).to_be_visible()
        expect(page.get_by_label("Last name")).to_have_value("Somebody")
    with tab(chromium, scripts=False) as opened:
        opened.page.goto(service.url("kent", "/sign-in"))
        expect(opened.page.get_by_role("button", name="Use a passkey")).to_have_count(0)
        expect(opened.page.get_by_role("button", name="Sign in")).to_have_count(1)


@pytest.mark.parametrize("size", TRIED)
def test_the_pages_of_card_and_app(service: Service, chromium: Browser, size: str) -> None:
    victim = service.person("victim")
    with tab(chromium, size=size) as opened:
        page = opened.page
        sign_in_victim(page, victim)
        page.goto(service.url("kent", "/settings/sign-in/card"))
        good(opened, "card", size)
        page.get_by_label("Your password", exact=True).fill(victim["password"])
        page.get_by_role("button", name="Show me the codes").click()
        expect(page.locator("code")).to_have_count(10)
        good(opened, "card-codes", size)
        page.emulate_media(media="print")
        printed = page.locator("body").inner_text()
        assert len(re.findall(r"[A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4}", printed)) == 10
        for told in ("olice", victim["crime_reference"], "Sign", "TrackMyCrime", "Crime"):
            assert told not in printed, "the paper says nothing of what it is for"
        page.emulate_media(media="screen")
        page.goto(service.url("kent", "/settings/sign-in/app"))
        good(opened, "app", size)
        page.get_by_label("Your password", exact=True).fill(victim["password"])
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("img", name="Squares for the camera of your app")).to_be_visible()
        good(opened, "app-set-up", size)
        page.goto(service.url("kent", "/sign-in?with=card"))
        page.goto(service.url("kent", "/settings/sign-in"))
        good(opened, "sign-in-ways-card", size)
    with tab(chromium, size=size) as opened:
        opened.page.goto(service.url("kent", "/sign-in?with=card"))
        expect(opened.page.get_by_label("A code from your card")).to_be_visible()
        good(opened, "sign-in-with-card", size)


def test_on_a_new_device_the_code_of_the_app_is_asked_for(service: Service, chromium: Browser) -> None:
    victim = service.person("victim", "lincolnshire")
    with tab(chromium) as hers, tab(chromium, size="320") as new:
        page = hers.page
        sign_in_victim(page, victim)
        page.goto(service.url("lincolnshire", "/settings/sign-in/app"))
        page.get_by_label("Your password", exact=True).fill(victim["password"])
        page.get_by_role("button", name="Continue").click()
        app = TOTP(page.locator(".tmc-key").inner_text().replace(" ", ""))
        step = int(time.time()) // 30
        page.get_by_label("The code that your app shows now").fill(app.generate_otp(step - 1))
        page.get_by_role("button", name="Turn it on").click()
        expect(page.get_by_text("Your app has been set up")).to_be_visible()

        begin_to_sign_in(new.page, victim)
        new.page.wait_for_url("**/sign-in/code")
        assert faults(new) == []
        new.page.get_by_label("Code", exact=True).fill(app.generate_otp(step))
        new.page.get_by_role("button", name="Sign in").click()
        new.page.wait_for_url("**/messages")

        page.goto(service.url("lincolnshire", "/settings/sign-in"))
        page.get_by_role("link", name="Remove Authenticator app").click()
        page.get_by_label("Your password", exact=True).fill(victim["password"])
        page.get_by_role("button", name="Remove it").click()
        expect(page.get_by_text("It has been removed")).to_be_visible()
